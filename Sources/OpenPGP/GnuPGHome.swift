internal import DurableFiles
internal import SystemPackage

/// Makes GnuPG homes: folders nobody else may enter, with a configuration of ours.
enum GnuPGHome {
    /// Makes `home` (0700) unless it is there, and writes the configuration files (name and text) into it.
    static func prepare(_ home: FilePath, files: [String: String]) throws(FileFailure) {
        try Durably.makeFolders(home, permissions: .ownerReadWriteExecute)
        for (name, text) in files.sorted(by: { $0.key < $1.key }) {
            try Durably.write(Array(text.utf8), to: home.appending(name), permissions: .ownerReadWrite)
        }
    }
}
