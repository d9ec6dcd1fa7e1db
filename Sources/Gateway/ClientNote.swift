internal import ArchiveModel
internal import DurableFiles
internal import FTPProtocol
internal import SystemPackage

/// From where commands came is kept beside them: the command log has it for ever.
extension Folder {
    /// Once a session.
    func note(_ client: ClientAddress?) throws(FileFailure) {
        guard let client else { return }
        do throws(FileFailure) {
            let file = try createFile(
                ClientAddress.fileName, permissions: [.ownerReadWrite, .groupReadWrite])
            try file.write(Array(client.description.utf8))
        } catch {
            guard error.alreadyExists else { throw error }
        }
    }
}

extension VirtualFile {
    /// By its name, as the intake tells: `.commands` and `.dak-commands`.
    var isOfCommands: Bool {
        name.description.hasSuffix(".commands") || name.description.hasSuffix(".dak-commands")
    }
}
