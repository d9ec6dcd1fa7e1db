public import ArchiveModel
public import SystemPackage

/// The public keys of all registered persons, in GnuPG homes of their own.
///
/// On disk: `generation-<n>/` is a complete GnuPG home, `current` has the newest one's number, `lock` keeps
/// changers apart.
///
/// gpg replaces its keyring by two renames, and between them there is none: a gpg that only reads and takes no locks
/// (twice as fast with two at a time) would take every signer for unknown. So a generation is never changed once it is
/// current: a change copies it, works on the copy and then changes the number. Whoever verifies meanwhile has the old
/// generation, which stays until the next change but one, and asks again when the number changed.
public struct Keyring: Sendable {
    /// In bytes: a key with a thousand signatures of others stays below it.
    public static let keySizeLimit = 1 << 20

    let generations: KeyringGenerations
    private let workers = GPGWorkers(count: 1)

    /// Makes the keyring in `home` unless it is there. Throws `OpenPGPFailure`.
    public init(home: FilePath) throws {
        generations = KeyringGenerations(root: home)
        try generations.prepare()
    }

    /// Adds public keys, armored or not, or updates them (a new expiry, a revocation).
    ///
    /// Verifications begun afterwards know them. Throws `KeyRefusal` when there is no key in it or a private one, and
    /// then nothing has changed; otherwise `OpenPGPFailure`.
    public func add(_ keyData: [UInt8]) async throws -> [ImportedKey] {
        guard keyData.count <= Self.keySizeLimit else {
            throw KeyRefusal.tooLarge(size: keyData.count, limit: Self.keySizeLimit)
        }
        return try await changing { context in
            try context.importKeys(keyData).compactMap { try context.key($0) }
        }
    }

    /// Nothing happens when the key is not there.
    public func remove(_ fingerprint: Fingerprint) async throws { try await remove([fingerprint]) }

    /// All of them, as one change. Nothing happens about those that are not there.
    public func remove(_ fingerprints: Set<Fingerprint>) async throws {
        try await changing { context in for key in fingerprints { try context.delete(key) } }
    }

    /// Removes those of which `isToGo` says so, as one change. It is asked when nobody else can change the keyring until they are gone:
    /// who adds a key after it was asked adds it after the removal.
    ///
    /// The lock is held while `isToGo` runs, and no thread with it: so it may ask whom it likes but this keyring, of which it would wait
    /// for itself. Threads of gpg's own wait for the lock.
    public func remove(_ isToGo: () async throws -> Set<Fingerprint>) async throws -> Set<Fingerprint> {
        // Not ours, which may wait for the lock with somebody's change.
        let worker = GPGWorkers(count: 1)
        let lock = try await worker.run(in: generations.root) { [generations] _ in try generations.lock() }
        let going = try await isToGo()
        guard !going.isEmpty else { return [] }
        try await worker.run(in: generations.root) { [generations] context in
            try generations.change(holding: lock) { home in
                try context.use(home: home)
                for key in going { try context.delete(key) }
            }
        }
        return going
    }

    public func keys() async throws -> [ImportedKey] {
        try await asking { try await workers.run(in: $0) { try $0.keys() } }
    }

    public func key(_ fingerprint: Fingerprint) async throws -> ImportedKey? {
        try await asking { try await workers.run(in: $0) { try $0.key(fingerprint) } }
    }

    public func fingerprints() async throws -> Set<Fingerprint> {
        Set(try await keys().map(\.fingerprint))
    }

    /// The public key; empty when it is not there.
    public func export(_ fingerprint: Fingerprint, armored: Bool = true) async throws -> [UInt8] {
        try await asking { try await workers.run(in: $0) { try $0.export(fingerprint, armored: armored) } }
    }

    /// The home to verify with; changes with every change of the keyring.
    func currentHome() throws -> FilePath { try generations.current() }

    /// How often the keyring is asked while it is exchanged: many keys may come at once, to a busy machine.
    private static let tries = 20

    /// Asks gpg by the current home, and again when that was exchanged meanwhile: it may be gone by now, and then gpg says anything.
    func asking<Answer>(_ ask: (FilePath) async throws -> Answer) async throws -> Answer {
        for _ in 0..<Self.tries {
            let home = try currentHome()
            do {
                let answer = try await ask(home)
                if try currentHome() == home { return answer }
            } catch {
                guard try currentHome() != home else { throw error }
            }
        }
        throw OpenPGPFailure(operation: "ask the keyring", cause: "it changes all the time")
    }

    private func changing<Result: Sendable>(
        _ change: @escaping @Sendable (GPGContext) throws -> Result
    ) async throws -> Result {
        try await workers.run(in: generations.root) { [generations] context in
            try generations.change { home in
                try context.use(home: home)
                return try change(context)
            }
        }
    }
}
