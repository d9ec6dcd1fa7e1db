internal import ArchiveModel
internal import Catalog
internal import DurableFiles
internal import Logging

extension ArchivePublisher {
    /// Removes from every archive's pool what no publication has needed for `poolGrace`. An archive that fails stops no
    /// other; one that is being published, or waits for it, is left for the next time.
    public func sweepPools() async throws {
        for archive in try await catalog.archives() where archive.presence == .shown {
            do {
                try await sweepPool(of: archive)
            } catch {
                logger.error("pool not swept", metadata: ["archive": "\(archive.reference)", "cause": "\(error)"])
            }
        }
    }

    /// A file may be needed again between the catalog's answer and its removal: then its publication is pending, waits
    /// for the lock, and links it anew. A suite that stands beside a published one was left by a crash: who writes one
    /// holds the lock.
    func sweepPool(of archive: Archive) async throws {
        let tree = ArchiveTree(of: archive, configuration)
        _ = try await ArchiveLock.holding(tree.root) {
            let cutoff = clock() - configuration.poolGrace.components.seconds
            let ended = try await catalog.poolFilesEnded(before: cutoff, in: archive)
            try await BlockingWork.run {
                try Self.remove(ended, from: Folder(opening: tree.root))
                for suite in archive.suites { try Self.removeStaging(of: suite.name, in: tree) }
            }
            if !ended.isEmpty { try await catalog.forgetPoolFiles(endedBefore: cutoff, in: archive) }
        }
    }

    private static func removeStaging(of suite: SuiteName, in tree: ArchiveTree) throws(FileFailure) {
        do { try Durably.removeTree(tree.staging(suite)) } catch  where error.isMissing {}  // nothing is published yet
    }

    private static func remove(_ places: [PoolPlace], from archive: Folder) throws(FileFailure) {
        for place in places {
            do { try archive.remove(place.path) } catch  where error.isMissing {}
        }
        for folder in Set(places.map(\.folder)) { try? archive.removeFolder(folder) }  // unless something is left in it
    }
}
