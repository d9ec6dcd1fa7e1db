internal import ArchiveModel
public import Catalog
internal import DebianControl
public import DurableFiles
public import SourceTree

/// Makes sources once more that archives want without a change.
///
/// It takes rows that the catalog has as wanted, trusts nothing of what is unpacked, and leaves files in the content store and one
/// transaction for each: published, or refused with words. A crash leaves the row wanted, and perhaps files that nothing refers
/// to. Who does the same at the same time makes the same bytes, and one of the two transactions finds the other's.
public struct SourceRebuildRound: Sendable {
    private let catalog: Catalog
    private let store: ContentStore
    private let unpacker: SourceUnpacker
    private let configuration: SourceRebuildConfiguration
    private let quotas: QuotaRule
    private let now: @Sendable () -> Int64

    /// - Parameter now: Unix seconds.
    public init(
        catalog: Catalog, store: ContentStore, unpacker: SourceUnpacker, configuration: SourceRebuildConfiguration,
        quotas: QuotaRule, now: @escaping @Sendable () -> Int64
    ) {
        (self.catalog, self.store, self.unpacker) = (catalog, store, unpacker)
        (self.configuration, self.quotas, self.now) = (configuration, quotas, now)
    }

    /// What became of one.
    public struct Result: Sendable {
        public let wanted: WantedSourceRebuild
        public let ending: ImportRound.Ending
    }

    /// All that is due, one after the other.
    public func run() async throws -> [Result] {
        var results: [Result] = []
        while let wanted = try await catalog.dueSourceRebuild(now: now()) {
            try Task.checkCancellation()
            try await catalog.noteTurn(of: wanted)
            results.append(Result(wanted: wanted, ending: try await carryOut(wanted)))
        }
        return results
    }

    /// One that fails by a fault of ours keeps no other from its turn.
    private func carryOut(_ wanted: WantedSourceRebuild) async throws -> ImportRound.Ending {
        do {
            return .ended(try await makeAndPublish(wanted))
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch let mistake as RebuildMistake {
            return try await giveUp(wanted, mistake.description)
        } catch let conflict as Conflict {
            return try await giveUp(wanted, conflict.description)
        } catch {
            guard wanted.attempts + 1 < configuration.attempts else {
                return try await giveUp(wanted, "It was tried \(wanted.attempts + 1) times. \(error)")
            }
            let pause = configuration.pause(after: wanted.attempts + 1)
            try await catalog.postpone(wanted, until: now() + pause, because: "\(error)")
            return .postponed("\(error)")
        }
    }

    private func giveUp(_ wanted: WantedSourceRebuild, _ cause: String) async throws -> ImportRound.Ending {
        try await catalog.giveUp(wanted, because: cause, now: now())
        return .ended(.refused(cause))
    }

    private func makeAndPublish(_ wanted: WantedSourceRebuild) async throws -> ImportOutcome {
        if let refusal = try await catalog.refusal(of: wanted, quotas: quotas) { throw RebuildMistake(refusal) }
        try refuseWithoutRoom(wanted)
        let made = try await make(wanted)
        try await refuseMistakes(in: made, wanted)
        return try await catalog.publish(made, for: wanted, quotas: quotas, now: now()) { [store] in
            try store.contains($0)
        }
    }

    /// What is made is about as large as what it is made of: nothing is packed that the archive has no room for.
    private func refuseWithoutRoom(_ wanted: WantedSourceRebuild) throws {
        guard let limit = quotas.limit(of: wanted.archive) else { return }
        let packed = wanted.files.filter { !NamedUploadFile($0.name).kind.isUpstreams }.reduce(0) { $0 + $1.size }
        guard packed > limit.free(besides: wanted.archive.bytes) else { return }
        throw RebuildMistake("\(wanted.archive.reference) has no room for \(packed >> 20) MiB more.")
    }

    private func make(_ wanted: WantedSourceRebuild) async throws -> ImportedSource {
        let former = toUnpack(try control(of: wanted), dsc: wanted.dsc, wanted.files, wanted)
        let reading = RemadeReading(wanted, store)
        let entry = NoChangeEntry(wanted).text
        switch try await unpacker.remake(former, as: wanted.version, entry: entry, { try reading.read($0) }) {
        case .made(let made): return made
        case .refused(let findings): throw RebuildMistake(findings)
        }
    }

    /// As the tree of an upload is looked at: so what was made is what apt and builders will see.
    private func refuseMistakes(in made: ImportedSource, _ wanted: WantedSourceRebuild) async throws {
        let findings = try await unpacker.findings(in: toUnpack(made.source, dsc: made.dsc, made.files, wanted))
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw RebuildMistake(errors) }
    }

    /// It was read when it came.
    private func control(of wanted: WantedSourceRebuild) throws -> SourceControl {
        do {
            return try SourceControl(wanted.control)
        } catch {
            throw RebuildMistake(error.mistakes.map(\.description).joined(separator: " "))
        }
    }

    private func toUnpack(
        _ control: SourceControl, dsc: CatalogFile, _ files: [CatalogFile], _ wanted: WantedSourceRebuild
    ) -> SourceToUnpack {
        SourceToUnpack(
            dsc: dsc.name, control: control, distribution: [wanted.suite.name.text],
            files: files.map { [store] file in .init(name: file.name) { try store.open(file.sha256) } })
    }
}

extension RebuildMistake {
    init(_ findings: [Finding]) { self.init(findings.map(\.sentence).joined(separator: " ")) }
}
