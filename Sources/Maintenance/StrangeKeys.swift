internal import ArchiveModel
public import Catalog
public import OpenPGP

/// Takes out of the keyring what is nobody's: keys that a registration left which failed in the end, of a builder that has another by
/// now, and whatever came in before that was looked after. Every signature is checked with the whole keyring.
///
/// In the keyring are the keys of people and builders, and nothing else: archives are signed with those of another home (`SigningKeys`),
/// and upstream's keys lie in the sources. A key that is blocked or revoked is somebody's still, and stays.
public struct StrangeKeys: Sendable {
    private let registered: @Sendable () async throws -> Set<Fingerprint>
    private let keyring: Keyring

    public init(catalog: Catalog, keyring: Keyring) {
        self.init(keyring: keyring) { try await catalog.registeredKeys() }
    }

    init(keyring: Keyring, registered: @escaping @Sendable () async throws -> Set<Fingerprint>) {
        (self.keyring, self.registered) = (keyring, registered)
    }

    /// Whoever registers a key enters it into the keyring once more afterwards (`KeyFile.enter`), or only then. So it is registered when
    /// it is asked for last, with the keyring locked, and stays; or it is entered after the removal.
    /// - Returns: how many were removed.
    /// - Throws: `Conflict` when the catalog knows none of the keys: then it is another service's.
    public func remove() async throws -> Int {
        let all = try await keyring.fingerprints()
        let strange = all.subtracting(try await registered())
        guard !strange.isEmpty else { return 0 }
        guard strange.count < all.count else {
            throw Conflict(
                "The catalog knows none of the \(all.count) keys of the keyring: they are left. Is it the right one?")
        }
        return try await keyring.remove { strange.subtracting(try await registered()) }.count
    }
}
