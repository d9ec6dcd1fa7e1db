internal import ArchiveModel
internal import Catalog
internal import DurableFiles

extension ArchivePublisher {
    /// Takes a suite that its archive has no more out of apt's sight, by one rename. A crash leaves it where it was, or in the
    /// place of a next state; either way it waits still, and the next pass goes on. Who calls it holds the archive's lock.
    func remove(_ suite: RemovedSuite, from tree: ArchiveTree) async throws {
        try await BlockingWork.run { try Self.remove(suite.name, from: tree) }
        try await catalog.noteRemoved(suite)
    }

    private static func remove(_ suite: SuiteName, from tree: ArchiveTree) throws(FileFailure) {
        let staging = tree.staging(suite)
        do {
            try Durably.removeTree(staging)  // of a publication that was cut off
            try Durably.move(tree.suite(suite), to: staging)
            try Durably.removeTree(staging)
        } catch  where error.isMissing {}  // it was never published, or is gone by now
    }
}
