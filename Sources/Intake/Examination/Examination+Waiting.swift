internal import ArchiveModel
internal import Catalog
internal import DebianControl

extension Examination {
    /// What would wait, as far as it may. What waits already, with as much as before, goes on waiting.
    func withinLimits(_ examined: Examined, _ evidence: Evidence) async throws -> Examined {
        let received = evidence.arrival.received
        let size = try await onBlockingThread { try received.session.extent().bytes }
        var held = examined
        held.heldBytes = size
        if let before = try await catalog.heldBytes(of: received.identity), before >= size { return held }
        let findings = limits.waiting.findings(
            size, own: try await catalog.waitingExtent(of: evidence.arrival.signer, besides: received.identity),
            all: try await catalog.waitingExtent(of: nil, besides: received.identity),
            file: evidence.path.name.description)
        return findings.isEmpty ? held : evidence.rejected(examined.verdict.findings + findings)
    }
}
