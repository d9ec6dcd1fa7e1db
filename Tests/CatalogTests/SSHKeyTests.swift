import ArchiveModel
import Catalog
import Foundation
import SSHKeys
import Testing

/// Whose SSH keys open the SFTP door.
@Suite struct SSHKeyTests {
    private static let keys = ["laptop", "desk"].map { comment in
        let type = SSHKeyType.ed25519
        func field(_ bytes: [UInt8]) -> [UInt8] { [0, 0, 0, UInt8(bytes.count)] + bytes }
        let secret = [UInt8](repeating: UInt8(comment.utf8.count), count: 32)
        return try! SSHPublicKey(type: type, blob: field(Array(type.rawValue.utf8)) + field(secret), comment: comment)
    }

    @Test func keysAreFoundAsTheyWereAdded() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.catalog.addSSHKeys(Self.keys, to: fixture.alice, now: 7)
        let known = try await fixture.catalog.sshKeys(of: fixture.alice)
        #expect(Set(known.map(\.key)) == Set(Self.keys))
        #expect(known.allSatisfy { $0.person == fixture.alice.name && $0.added == 7 })
        #expect(try await fixture.catalog.sshKeys(of: nil) == known)
        #expect(try await fixture.catalog.admittedSSHKeys(nil) == known)
        let admitted = try await fixture.catalog.admittedSSHKeys(Self.keys[1].fingerprint)
        #expect(admitted.map(\.key) == [Self.keys[1]])
    }

    @Test func aKeyIsSomebodysAlone() async throws {
        let fixture = try await CatalogFixture()
        let bob = try await fixture.addBob()
        try await fixture.catalog.addSSHKeys([Self.keys[0]], to: fixture.alice, now: 7)
        let conflict = Conflict("The SSH key \(Self.keys[0].fingerprint) is registered already, for alice.")
        for person in [fixture.alice, bob] {
            await #expect(throws: conflict) {
                try await fixture.catalog.addSSHKeys([Self.keys[1], Self.keys[0]], to: person, now: 8)
            }
        }
        #expect(try await fixture.catalog.sshKeys(of: nil).map(\.key) == [Self.keys[0]], "all or none")
        #expect(try await fixture.catalog.sshKeys(of: bob) == [])
    }

    @Test func onlyItsPersonLosesAKey() async throws {
        let fixture = try await CatalogFixture()
        let bob = try await fixture.addBob()
        let fingerprint = Self.keys[0].fingerprint
        try await fixture.catalog.addSSHKeys(Self.keys, to: fixture.alice, now: 7)
        await #expect(throws: Conflict("bob has no SSH key \(fingerprint).")) {
            try await fixture.catalog.removeSSHKey(fingerprint, of: bob)
        }
        try await fixture.catalog.removeSSHKey(fingerprint, of: fixture.alice)
        #expect(try await fixture.catalog.admittedSSHKeys(fingerprint) == [])
        #expect(try await fixture.catalog.sshKeys(of: fixture.alice).map(\.key) == [Self.keys[1]])
    }

    @Test func theBlockedAreNotAdmitted() async throws {
        let fixture = try await CatalogFixture()
        let bob = try await fixture.addBob()
        try await fixture.catalog.addSSHKeys([Self.keys[0]], to: fixture.alice, now: 7)
        try await fixture.catalog.addSSHKeys([Self.keys[1]], to: bob, now: 7)
        try await fixture.catalog.setBlocked(true, person: fixture.alice)
        #expect(try await fixture.catalog.admittedSSHKeys(Self.keys[0].fingerprint) == [])
        #expect(try await fixture.catalog.admittedSSHKeys(nil).map(\.person) == [bob.name])
        #expect(try await fixture.catalog.sshKeys(of: nil).count == 2, "they are kept")
        try await fixture.catalog.setBlocked(false, person: fixture.alice)
        #expect(try await fixture.catalog.admittedSSHKeys(nil).count == 2)
    }

    /// sshd's helper opens the catalog so, also when no service runs that would have made SQLite's other files.
    @Test func whoReadsChangesNothing() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("catalog-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("slipway.sqlite").path
        #expect(throws: CatalogFailure.self) { try Catalog(reading: path) }
        #expect(!FileManager.default.fileExists(atPath: path))
        try await Self.makeCatalog(at: path)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name != "slipway.sqlite" {
            try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
        let reading = try Catalog(reading: path)
        #expect(try await reading.admittedSSHKeys(nil).map(\.key) == [Self.keys[0]])
        let alice = try unwrapped(await reading.person(named: OwnerName("alice")!))
        await #expect(throws: (any Error).self) {
            try await reading.addSSHKeys([Self.keys[1]], to: alice, now: 8)
        }
    }

    /// Closes it, too: the queue that wrote last may hold it a moment longer than whoever waits for the write.
    private static func makeCatalog(at path: String) async throws {
        try await fillCatalog(at: path)
        for _ in 0..<1000 where FileManager.default.fileExists(atPath: path + "-wal") {
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    private static func fillCatalog(at path: String) async throws {
        let catalog = try Catalog(path: path)
        let name = OwnerName("alice")!
        try await catalog.addPerson(name, mail: MailAddress("alice@example.org")!, keys: [], now: 1)
        try await catalog.addSSHKeys([keys[0]], to: unwrapped(await catalog.person(named: name)), now: 1)
    }
}

extension CatalogFixture {
    fileprivate func addBob() async throws -> Person {
        let name = OwnerName("bob")!
        try await catalog.addPerson(name, mail: MailAddress("bob@example.org")!, keys: [], now: 1)
        return try unwrapped(await catalog.person(named: name))
    }
}
