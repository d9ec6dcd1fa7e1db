import ArchiveModel
import Catalog
import Foundation
import OpenPGP
import Synchronization
import SystemPackage
import Testing

@testable import Maintenance

/// Which keys leave the keyring.
@Suite struct StrangeKeyTests {
    /// A keyring with the keys of a person, a builder and a stranger, and one that was blocked.
    private struct Place {
        let fixture: MaintenanceFixture
        let home: FilePath
        let keyring: Keyring
        let keys: [Fingerprint]
        let strange: StrangeKeys

        static func with(_ body: (Place) async throws -> Void) async throws {
            let home = FilePath("/tmp/slipway-strange-\(UInt32.random(in: 0 ... .max))")
            let signing = try SigningKeys(home: home.appending("keys"))
            defer { try? FileManager.default.removeItem(atPath: home.string) }
            do {
                try await body(Place(signing, home.appending("keyring")))
            } catch {
                try? await signing.stop()
                throw error
            }
            try await signing.stop()
        }

        private init(_ signing: SigningKeys, _ home: FilePath) async throws {
            fixture = try await MaintenanceFixture()
            self.home = home
            keyring = try Keyring(home: home)
            var keys: [Fingerprint] = []
            for name in ["person", "builder", "stranger", "blocked"] {
                let key = try await signing.makeKey(userID: name)
                _ = try await keyring.add(signing.exportPublic(key, armored: false))
                keys.append(key)
            }
            self.keys = keys
            strange = StrangeKeys(catalog: fixture.catalog, keyring: keyring)
        }

        /// How often the keyring was changed.
        var changes: Int {
            get throws {
                let text = try String(contentsOfFile: home.appending("current").string, encoding: .utf8)
                return try #require(Int(text.dropLast()))
            }
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

    private typealias Answer = @Sendable () throws -> Set<Fingerprint>

    /// One answer after the other.
    private static func saying(_ answers: [Answer]) -> Answer {
        let rest = Mutex(answers[...])
        return { try rest.withLock { $0.removeFirst() }() }
    }

    @Test func whatIsRegisteredMeanwhileIsNeverTakenOut() async throws {
        try await Place.with { place in
            let (keys, keyring) = (place.keys, place.keyring)
            let registered = Self.saying([{ [keys[0]] }, { [keys[0], keys[2]] }])
            let before = try place.changes
            let removed = try await StrangeKeys(keyring: keyring, registered: registered).remove()
            let after = try place.changes
            #expect(removed == 2 && after == before + 1, "not even to be put back")
            let left = try await keyring.fingerprints()
            #expect(left == [keys[0], keys[2]])
        }
    }

    /// A stop, a full disk: wherever it fails, a key that is registered is there.
    @Test func whatFailsAfterTheLastLookTakesNothingOut() async throws {
        struct Trouble: Error {}
        try await Place.with { place in
            let (keys, keyring) = (place.keys, place.keyring)
            let registered = Self.saying([{ [keys[0]] }, { throw Trouble() }])
            await #expect(throws: Trouble.self) {
                try await StrangeKeys(keyring: keyring, registered: registered).remove()
            }
            let left = try await keyring.fingerprints()
            #expect(left == Set(keys))
        }
    }

    /// Its key would be gone otherwise, and the registration know nothing of it.
    @Test func whoAddsAKeyDuringTheLastLookAddsItAfterTheRemoval() async throws {
        try await Place.with { place in
            let (keys, keyring) = (place.keys, place.keyring)
            let added = try await keyring.export(keys[2])
            let (asked, ask) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup { group in
                group.addTask {
                    for await _ in asked { _ = try await keyring.add(added) }
                }
                let removed = try await keyring.remove {
                    ask.yield()
                    ask.finish()
                    // Long enough for the other to be through, if it were not kept waiting.
                    try await Task.sleep(for: .milliseconds(500))
                    return [keys[2]]
                }
                #expect(removed == [keys[2]])
                try await group.waitForAll()
            }
            let left = try await keyring.fingerprints()
            #expect(left == Set(keys))
        }
    }
}
