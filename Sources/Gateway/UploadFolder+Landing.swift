internal import ArchiveModel
internal import DurableFiles
internal import Synchronization
internal import SystemPackage

/// The end of a session.
extension UploadFolder {
    /// Returns when every file kept so far survives a power cut.
    func makeDurable() async throws {
        guard state.withLock({ !$0.isDurable }) else { return }
        try await jail.groupSync.sync(since: syncFailures)
        state.withLock { $0.isDurable = true }
    }

    /// Hands the folder over to the intake in one rename, or removes it when no file is in it. Nothing else may use the
    /// folder any more. Returns whether it is in `landed` now.
    func land() async throws -> Bool {
        guard let folder = state.withLock({ $0.folder }) else { return false }
        let (name, incoming, landed) = (name.description, jail.incoming, jail.landed)
        let (mayHoldParts, mayBeEmpty) = state.withLock {
            $0.made = [:]
            return ($0.hasStrayParts || !$0.parts.isEmpty, $0.hasRemoved || $0.tally.files == 0)
        }
        if mayHoldParts { try await jail.threads.run { try Self.removeParts(in: folder) } }
        if mayBeEmpty, try await !jail.threads.run({ try folder.holdsFile() }) {
            try await jail.threads.run { try incoming.removeTree(name) }
            return false
        }
        try await makeDurable()
        try await jail.threads.run { try incoming.move(name, to: landed, as: name) }
        try await jail.groupSync.sync(since: syncFailures)
        return true
    }

    /// Removes what transfers cut short have left.
    static func removeParts(in folder: Folder) throws {
        for entry in try folder.entries() where entry.name.hasPrefix(partPrefix) { try folder.remove(entry.name) }
    }
}

extension Folder {
    /// Whether a file stands anywhere beneath.
    func holdsFile() throws(FileFailure) -> Bool {
        for entry in try entries() {
            if entry.name == ClientAddress.fileName { continue }
            guard entry.type == .directory else { return true }
            if try folder(entry.name).holdsFile() { return true }
        }
        return false
    }
}
