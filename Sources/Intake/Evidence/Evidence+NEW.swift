internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Names that the archive never had wait until its owner or an admin has looked at them, and so does what
/// comes for a frozen suite; where an admin froze it, for an admin.
extension Evidence {
    var waitsInNew: Bool {
        guard !isAdmitted else { return false }
        return suite?.state == .frozen || (!newNames.isEmpty && !RightChecks.skipsNew(self))
    }

    /// An owner's word from before an admin froze the suite is none any more.
    var isAdmitted: Bool {
        let orders = arrival.received.orders
        return suite?.onlyAdminsOpen == true ? orders.isAdmittedByAdmin : orders.isAdmitted
    }

    /// Nothing stands against it; what happens meanwhile in the archive counts when it is admitted.
    func inNew(_ findings: [Finding]) -> Examined {
        guard let archive = arrival.destination.archive?.archive, let suite else {
            return examined(.rejected, findings)
        }
        var examined = self.examined(.held, findings)
        examined.files = files.map { $0.reported(.new) }
        let who = archive.reference.owner == nil || suite.onlyAdminsOpen ? "an admin" : "its owner or an admin"
        examined.verdict.waitsFor = ["\(newWords(archive, suite)): it waits in NEW until \(who) has looked at it."]
        examined.next = ["Then it is judged again, and taken or refused; you are told."]
        examined.waiting = WaitingSource(
            archive: archive.id, suite: suite.name, name: changes.source, version: changes.version)
        return examined
    }

    private func newWords(_ archive: Archive, _ suite: ArchiveSuite) -> String {
        if newNames.isSourceNew { return "\(changes.source) is new in \(archive.reference)" }
        if newNames.isEmpty { return "\(suite.name) of \(archive.reference) is frozen" }
        let shown = newNames.binaries.prefix(Self.namesShown).map(\.description).joined(separator: ", ")
        let more = newNames.binaries.count - Self.namesShown
        return "It makes packages that are new in \(archive.reference) (\(shown)\(more > 0 ? " and \(more) more" : ""))"
    }

    /// Packages named in a sentence.
    private static let namesShown = 10
}
