internal import DebianControl

extension Desk {
    /// Work that is done at another desk, for whose place the session stands in the other's queue. Meanwhile its place here is
    /// others', unless so many wait there already: then nobody else is let in here, who would only be one more of them.
    nonisolated func visiting<Value: Sendable>(
        _ other: Desk, atMost limit: Int, _ session: FileName, _ work: @Sendable () async throws -> Value
    ) async rethrows -> Value {
        guard await other.waitingCount < limit else { return try await other.admitting(session, work) }
        return try await steppingAside(session) { try await other.admitting(session, work) }
    }
}
