internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import Logging

/// What is left of sessions when all is decided: how long it stays, and how much of it.
struct KeptSessions: Sendable {
    private struct Session: Sendable {
        let name: FileName
        /// When it came here, in Unix seconds.
        let since: Int64
        let extent: SessionExtent
    }

    let spool: Spool
    let catalog: Catalog
    let limits: IntakeConfiguration
    let log: Logger

    /// Removes what has stayed long enough; and the oldest, when all together is too much: strangers may send files too.
    func expire(now: Int64) async throws {
        var total = SessionExtent()
        for (place, session) in try await onBlockingThread({ try sessions() }).enumerated() {
            total.add(session.extent)
            let isTooMuch =
                total.bytes > limits.keptSize || total.files > limits.keptFiles || place >= limits.keptSessions
            guard try await isOverdue(session, now: now) || isTooMuch else { continue }
            try await onBlockingThread { try spool.remove(session.name, from: .kept) }
            log.info("removed", metadata: ["session": "\(session.name)", "early": "\(isTooMuch)"])
        }
    }

    /// Receipts of strangers' uploads leave, too.
    func forgetStrangers(now: Int64) async throws {
        try await catalog.forgetIgnored(
            decidedBefore: now - limits.ignoredReceiptsAge, butNewest: limits.ignoredReceipts)
    }

    private func isOverdue(_ session: Session, now: Int64) async throws -> Bool {
        let age = now - session.since
        if age < limits.straysAge { return false }
        if age >= limits.rejectedFilesAge { return true }
        return try await !catalog.outcomes(ofSession: session.name.description).contains(.rejected)
    }

    /// The newest first.
    private func sessions() throws -> [Session] {
        try spool.sessions(in: .kept).compactMap { name in
            guard let since = try spool.arrival(of: name, in: .kept), let folder = try spool.session(name, in: .kept)
            else {
                return nil
            }
            return Session(name: name, since: since, extent: try folder.extent())
        }.sorted { ($0.since, $0.name) > ($1.since, $1.name) }
    }
}
