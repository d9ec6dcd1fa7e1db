internal import ArchiveModel
internal import Catalog
internal import DurableFiles
internal import Logging
internal import Metrics
internal import PackageFiles

extension Judge {
    /// Does what the verdict says.
    func settle(_ examined: Examined, _ received: ReceivedText) async throws -> UploadRecord {
        let (now, identity) = (clock(), received.identity)
        let decide = decision(examined, received)
        @Sendable func withBytes(_ bytes: BytesToStore) -> @Sendable (Int64) throws -> Decision {
            stored(bytes, decide)
        }
        // Others are judged while this one waits for the disk, so that they wait for it together.
        let record = try await desk.steppingAside(received.session.name) {
            switch examined.effect {
            case .none:
                try await catalog.record(identity, received: received.received, now: now, decide: decide)
            case .source(let source, let bytes):
                try await storing(bytes) {
                    try await catalog.accept(
                        source, upload: identity, received: received.received, now: now, decide: withBytes(bytes))
                }
            case .packages(let packages, let bytes):
                try await storing(bytes) {
                    try await catalog.accept(
                        packages, upload: identity, received: received.received, now: now, decide: withBytes(bytes))
                }
            case .build(let binaries, let bytes):
                try await storing(bytes) {
                    try await catalog.accept(
                        binaries, upload: identity, received: received.received, now: now, decide: withBytes(bytes))
                }
            case .failedBuild(let build, let cause, let letters):
                try await failing(build, cause, letters) {
                    try await catalog.record(identity, received: received.received, now: now, decide: decide)
                }
            }
        }
        tell(record)
        return record
    }

    /// The bytes are in the store, durably, before anything says that they were accepted.
    private func storing(
        _ bytes: BytesToStore, _ commit: () async throws -> UploadRecord
    ) async throws -> UploadRecord {
        try await store.add(bytes)
        return try await commit()
    }

    /// What was in the store already may have been removed since, as needless: that is asked in the transaction that needs it.
    private func stored(
        _ bytes: BytesToStore, _ decide: @escaping @Sendable (Int64) -> Decision
    ) -> @Sendable (Int64) throws -> Decision {
        { [store] upload in
            guard try store.contains(bytes) else { throw Conflict("One of its files was removed from the store.") }
            return decide(upload)
        }
    }

    /// A crash between the two leaves a failed build, whose result is then refused as one nobody waits for.
    private func failing(
        _ build: Int64, _ cause: String, _ letters: [Letter], _ commit: () async throws -> UploadRecord
    ) async throws -> UploadRecord {
        try await catalog.failBuild(build, cause: cause, letters: letters, now: clock())
        return try await commit()
    }

    private func tell(_ record: UploadRecord) {
        decided()
        Counter(label: "slipway_uploads", dimensions: [("outcome", record.verdict.outcome.rawValue)]).increment()
        log.info(
            "judged",
            metadata: [
                "upload": "\(record.id)", "file": "\(record.identity.session)/\(record.identity.path)",
                "outcome": "\(record.verdict.outcome)", "package": "\(record.verdict.subject ?? "-")",
                "findings": "\(record.verdict.findings.map(\.code).joined(separator: " "))",
            ])
    }
}
