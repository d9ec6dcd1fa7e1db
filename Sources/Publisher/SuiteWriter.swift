internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import SystemPackage

/// Writes a suite's next state beside the present one, and lets them change places. Every step waits for the disk or
/// computes for long: they are called on `BlockingWork`.
struct SuiteWriter: Sendable {
    let snapshot: SuiteSnapshot
    let tree: ArchiveTree
    let store: ContentStore
    let configuration: PublisherConfiguration
    /// Unix seconds.
    let now: Int64

    var staging: FilePath { tree.staging(snapshot.suite.name) }
    var present: FilePath { tree.suite(snapshot.suite.name) }

    /// Gives the pool the files of what apt has not seen yet (of everything, when `isWhole`), before an index names them.
    func linkPool(isWhole: Bool) throws {
        let places = PoolLink.links(of: snapshot, isWhole: isWhole)
        for folder in Set(places.map(\.place.folder)) {
            try Durably.makeFolders(tree.root.appending(folder), sync: .later)
        }
        for link in places { try store.link(link.sha256, to: tree.pool(link.place), sync: .later) }
    }

    /// Writes the indices and what apt clients with the former `InRelease` still ask for.
    /// - Returns: the `Release` to be signed.
    func writeIndices() throws -> ReleaseDraft {
        try Durably.makeFolders(tree.suites, sync: .later)
        try Durably.removeTree(staging)  // of a publication that was cut off
        let indices = try SuiteIndices(snapshot)
        let entries = try indices.all.flatMap { index in
            try IndexFolder(staging.appending(index.folder), listedAs: index.folder).write(
                index.name, IndexText(index.paragraphs))
        }
        let former = try FormerSuite(present)
        try former?.keepIndices(in: staging, now: now, grace: configuration.indexGrace)
        return ReleaseDraft(
            snapshot, origin: configuration.origin, components: indices.components, entries: entries,
            date: max(now, min((former?.date ?? 0) + 1, now + Self.longestLead)))
    }

    /// A suite published twice within a second gets a later date the second time, or caches would keep the first. apt
    /// refuses a date more than ten seconds ahead of its clock.
    private static let longestLead: Int64 = 5

    /// Whether apt sees this already: a crash came between the switch and the catalog's word, or the change was none.
    func isPublished(_ release: ReleaseDraft) throws -> Bool {
        try FormerSuite(present).map { release.agrees(with: $0.release) } ?? false
    }

    /// Writes the signed files, each with the release's date as its time, and forces everything to the disk.
    func write(_ release: SignedRelease) throws {
        for (name, bytes) in release.files {
            let path = staging.appending(name)
            try Durably.write(bytes, to: path, sync: .later)
            try setModificationTime(of: path, to: release.date)
        }
        try Durably.syncFilesystem(tree.root)
    }

    /// The step that publishes: one rename. Before it apt sees the former state, after it this one.
    func switchOver() throws(FileFailure) {
        do {
            try Durably.exchange(staging, present)
        } catch  where error.isMissing {
            try Durably.move(staging, to: present)  // the suite's first publication
        }
    }

    /// Removes the former state, or a next one that says the same as the present.
    func removeStaging() throws { try Durably.removeTree(staging) }
}
