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

    /// Where homes are that live as long as one look.
    static let throwaways = FilePath("/tmp")

    /// A home without a key, for keys of strangers; it is gone afterwards.
    static func withThrowaway<Value>(_ purpose: String, _ body: (FilePath) throws -> Value) throws -> Value {
        let home = throwaways.appending("slipway-\(purpose)-\(UInt64.random(in: 0..<UInt64.max))")
        defer { try? Durably.removeTree(home) }
        try prepare(home, files: KeyringGenerations.configuration)
        return try body(home)
    }
}
