internal import ArchiveModel
public import Catalog
public import OpenPGP

/// Takes out of the keyring what is nobody's: keys that a registration left which failed in the end, of a builder that has another by
/// now, and whatever came in before that was looked after. Every signature is checked with the whole keyring.
///
/// In the keyring are the keys of people and builders, and nothing else: archives are signed with those of another home (`SigningKeys`),
/// and upstream's keys lie in the sources. A key that is blocked or revoked is somebody's still, and stays.
public struct StrangeKeys: Sendable {
    private let catalog: Catalog
    private let keyring: Keyring

    public init(catalog: Catalog, keyring: Keyring) {
        self.catalog = catalog
        self.keyring = keyring
    }

    /// Whoever registers a key enters it into the keyring once more afterwards (`KeyFile.enter`), or only then: so one of the two sees
    /// the other, whichever comes first.
    /// - Returns: how many were removed.
    /// - Throws: `Conflict` when the catalog knows none of the keys: then it is another service's.
    public func remove() async throws -> Int {
        let all = try await keyring.fingerprints()
        let strange = all.subtracting(try await catalog.registeredKeys())
        guard !strange.isEmpty else { return 0 }
        guard strange.count < all.count else {
            throw Conflict(
                "The catalog knows none of the \(all.count) keys of the keyring: they are left. Is it the right one?")
        }
        var former: [Fingerprint: [UInt8]] = [:]
        for key in strange { former[key] = try await keyring.export(key, armored: false) }
        try await keyring.remove(strange)
        let registered = try await catalog.registeredKeys().intersection(strange)
        for key in registered { _ = try await keyring.add(former[key] ?? []) }
        return strange.count - registered.count
    }
}
