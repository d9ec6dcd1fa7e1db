internal import DurableFiles
internal import SystemPackage

/// The generations of a keyring on disk; see `Keyring` for why there are any. Everything here blocks.
struct KeyringGenerations: Sendable {
    let root: FilePath
    var remove: @Sendable (FilePath) throws -> Void = { try Durably.removeTree($0) }

    /// Makes the first, empty generation unless there is one.
    func prepare() throws {
        try Durably.makeFolders(root, permissions: .ownerReadWriteExecute)
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        guard try currentNumber() == nil else { return }
        try GnuPGHome.prepare(path(1), files: Self.configuration)
        try turn(to: 1)
    }

    /// The home to verify with.
    func current() throws -> FilePath { path(try number()) }

    /// Lets `change` work on a copy of the current generation and makes the copy current. When it throws, or at a
    /// crash, the current generation stays.
    func change<Result>(_ change: (FilePath) throws -> Result) throws -> Result {
        try self.change(holding: try lock(), change)
    }

    func change<Result>(holding lock: KeyringLock, _ change: (FilePath) throws -> Result) throws -> Result {
        defer { withExtendedLifetime(lock) {} }
        let old = try number()
        let new = path(old + 1)
        try remove(new)  // of a change that a crash cut off
        let result: Result
        do {
            try copy(path(old), to: new)
            result = try change(new)
            try Durably.syncFilesystem(new)
            try turn(to: old + 1)
        } catch {
            // The turn may have come about before it failed: then the copy is all there is to verify with.
            if (try? currentNumber()) == old { try? remove(new) }
            throw error
        }
        sweep(before: old)
        return result
    }

    /// What cannot be removed harms nobody, and is tried again after the next change.
    private func sweep(before oldest: Int) {
        let names = (try? Folder(opening: root).entries().map(\.name)) ?? []
        for name in names where Self.number(of: name).map({ $0 < oldest }) ?? false {
            try? remove(root.appending(name))
        }
    }

    /// That of the current generation, which is there. Without it no signer is known, and all uploads would be ignored.
    private func number() throws -> Int {
        guard let number = try currentNumber() else {
            throw OpenPGPFailure(operation: "read the keyring \(root)", cause: "it has no current generation")
        }
        if try isThere(path(number)) { return number }
        // Two changes since may have taken it away.
        guard try currentNumber() == number else { return try self.number() }
        throw OpenPGPFailure(
            operation: "read the keyring \(root)",
            cause: "its file current says \(number), and there is no such generation (Backup in docs/operations.md)")
    }

    private func isThere(_ home: FilePath) throws(FileFailure) -> Bool {
        do {
            _ = try Folder(opening: home)
            return true
        } catch  where error.isMissing {
            return false
        }
    }

    private func turn(to number: Int) throws(FileFailure) {
        try Durably.write(Array("\(number)\n".utf8), to: root.appending("current"), permissions: .ownerReadWrite)
    }

    private func copy(_ old: FilePath, to new: FilePath) throws {
        try GnuPGHome.prepare(new, files: Self.configuration)
        let keys = try read(old.appending(Self.keyFile))
        guard let keys else { return }
        try Durably.write(keys, to: new.appending(Self.keyFile), permissions: .ownerReadWrite)
    }

    private func currentNumber() throws -> Int? {
        try read(root.appending("current")).flatMap { Int(String(decoding: $0, as: UTF8.self).dropLast()) }
    }

    private func path(_ number: Int) -> FilePath { root.appending("\(Self.prefix)\(number)") }

    private static func number(of name: String) -> Int? {
        name.hasPrefix(prefix) ? Int(name.dropFirst(prefix.count)) : nil
    }

    /// Waits until nobody else changes the keyring, in this process or another.
    func lock() throws -> KeyringLock { try KeyringLock(root) }

    private func read(_ path: FilePath) throws(FileFailure) -> [UInt8]? {
        do {
            let folder = try Folder(opening: path.removingLastComponent())
            return try folder.openFile(path.lastComponent?.string ?? "").readAll(limit: Self.sizeLimit)
        } catch  where error.isMissing {
            return nil
        }
    }

    private static let prefix = "generation-"
    private static let keyFile = "pubring.kbx"
    /// In bytes: a hundred thousand persons' keys.
    private static let sizeLimit = 1 << 30

    /// Without the trust database and its locks: who may do what is not GnuPG's to know here. Signatures by others on
    /// a key are dropped, as anybody can add thousands.
    static let configuration = [
        "gpg.conf": """
        batch
        no-tty
        no-greeting
        no-autostart
        no-auto-key-retrieve
        no-auto-check-trustdb
        no-permission-warning
        no-random-seed-file
        lock-never
        trust-model always
        disable-dirmngr
        import-options self-sigs-only

        """
    ]
}
