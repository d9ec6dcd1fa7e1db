import ArchiveModel
import Catalog
import Foundation
import Maintenance
import OpenPGP
import SystemPackage
import Testing

/// Which keys leave the keyring.
@Suite struct StrangeKeyTests {
    /// A keyring with the keys of a person, a builder and a stranger, and one that was blocked.
    private struct Place {
        let fixture: MaintenanceFixture
        let keyring: Keyring
        let keys: [Fingerprint]
        let strange: StrangeKeys

        static func with(_ body: (Place) async throws -> Void) async throws {
            let home = FilePath("/tmp/slipway-strange-\(UInt32.random(in: 0 ... .max))")
            let signing = try SigningKeys(home: home.appending("keys"))
            defer { try? FileManager.default.removeItem(atPath: home.string) }
            do {
                try await body(Place(signing, Keyring(home: home.appending("keyring"))))
            } catch {
                try? await signing.stop()
                throw error
            }
            try await signing.stop()
        }

        private init(_ signing: SigningKeys, _ keyring: Keyring) async throws {
            fixture = try await MaintenanceFixture()
            self.keyring = keyring
            var keys: [Fingerprint] = []
            for name in ["person", "builder", "stranger", "blocked"] {
                let key = try await signing.makeKey(userID: name)
                _ = try await keyring.add(signing.exportPublic(key, armored: false))
                keys.append(key)
            }
            self.keys = keys
            strange = StrangeKeys(catalog: fixture.catalog, keyring: keyring)
        }
    }

    @Test func whatIsNobodysGoesAndAllElseStays() async throws {
        try await Place.with { place in
            try await place.fixture.catalog.addKey(place.keys[0], to: place.fixture.alice, now: 1)
            try await place.fixture.catalog.setBuilder("builder", key: place.keys[1])
            try await place.fixture.catalog.addKey(place.keys[3], to: place.fixture.alice, now: 1)
            try await place.fixture.catalog.setBlocked(true, key: place.keys[3])
            var round = MaintenanceRound(catalog: place.fixture.catalog, now: { MaintenanceFixture.now }) { _, _ in nil
            }
            round.strangeKeys = place.strange
            let report = try await round.run()
            #expect(report.removedKeys == 1 && report.faults == [])
            #expect(try await place.keyring.fingerprints() == Set([place.keys[0], place.keys[1], place.keys[3]]))
            #expect(try await place.strange.remove() == 0)
        }
    }

    /// Then it is another service's, or the catalog is a new one.
    @Test func whereNobodysKeyIsKnownAllStay() async throws {
        try await Place.with { place in
            await #expect(throws: Conflict.self) { try await place.strange.remove() }
            let left = try await place.keyring.fingerprints()
            #expect(left.count == 4)
        }
    }
}
