internal import ArchiveModel
internal import Catalog
internal import DurableFiles
internal import Logging
internal import SystemPackage

extension ArchivePublisher {
    /// Brings the trees to where the catalog says that archives are: those of hidden and deleted ones out of sight, those of
    /// restored ones back. One rename each; a crash leaves the old place or the new one, and the next pass looks again.
    ///
    /// A deleted archive's tree is removed after `poolGrace`. An archive that fails stops no other.
    func moveWithdrawn() async throws {
        for archive in try await catalog.archivesToMove(now: clock()) {
            do {
                if archive.presence == .shown {
                    try await bringBack(archive)
                    try await catalog.noteMoved(archive, lookAgain: nil)
                } else if try await withdraw(archive) {
                    try await catalog.noteMoved(archive, lookAgain: nextLook(at: archive))
                }
            } catch {
                logger.error("not moved", metadata: ["archive": "\(archive.reference)", "cause": "\(error)"])
            }
        }
    }

    /// Seconds after which a tree is looked for once more: what was begun before the archive was withdrawn is over by then.
    private static let secondLook: Int64 = 3600

    private func nextLook(at archive: Archive) -> Int64? {
        let looks = [archive.presenceSince + Self.secondLook] + (removal(of: archive).map { [$0] } ?? [])
        return looks.filter { $0 >= clock() }.min().map { $0 + 1 }
    }

    /// When the tree of a deleted archive goes, in Unix seconds.
    private func removal(of archive: Archive) -> Int64? {
        archive.presence == .deleted ? archive.presenceSince + configuration.poolGrace.components.seconds : nil
    }

    private func place(of archive: Archive) -> FilePath { configuration.withdrawn.appending("\(archive.id)") }

    /// - Returns: `false` when another process is at the tree.
    private func withdraw(_ archive: Archive) async throws -> Bool {
        let (tree, place) = (ArchiveTree(of: archive, configuration), place(of: archive))
        if try await BlockingWork.run({ Self.exists(tree.root) }) {
            let moved: Void? = try await ArchiveLock.holding(tree.root) {
                try await BlockingWork.run {
                    try Durably.makeFolders(configuration.withdrawn, permissions: .ownerReadWriteExecute)
                    try Self.move(tree.root, to: place)
                }
                logger.notice("withdrawn", metadata: ["archive": "\(archive.reference)"])
            }
            guard moved != nil else { return false }
        }
        if let removal = removal(of: archive), removal < clock() {
            try await BlockingWork.run { if Self.exists(place) { try Durably.removeTree(place) } }
            try await catalog.forgetPool(of: archive)
        }
        return true
    }

    private func bringBack(_ archive: Archive) async throws {
        let (root, place) = (ArchiveTree(of: archive, configuration).root, place(of: archive))
        guard try await BlockingWork.run({ Self.exists(place) }) else { return }
        try await BlockingWork.run {
            // An empty folder is one that somebody has only locked.
            try Durably.move(place, to: root, replacing: true)
        }
        logger.notice("restored", metadata: ["archive": "\(archive.reference)"])
    }

    /// What a publication under way has left after an earlier pass is a part of what that pass has moved.
    private static func move(_ tree: FilePath, to place: FilePath) throws(FileFailure) {
        do {
            try Durably.move(tree, to: place)
        } catch {
            guard error.alreadyExists else { throw error }
            try Durably.removeTree(tree)
        }
    }

    /// The archive's tree is still out of sight: what is published now would stand in its way.
    func isWithdrawn(_ archive: Archive) -> Bool { Self.exists(place(of: archive)) }

    private static func exists(_ path: FilePath) -> Bool { (try? Folder(opening: path)) != nil }
}
