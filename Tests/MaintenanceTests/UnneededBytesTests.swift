import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Foundation
import Maintenance
import SystemPackage
import Testing

/// Bytes that nobody needs leave the store, and no others.
@Suite struct UnneededBytesTests {
    private static let later = Int64(Date().timeIntervalSince1970) + 30 * 86_400

    /// All of the store is looked through.
    private static func remove(_ fixture: MaintenanceFixture, now: Int64 = later) async throws -> Int {
        let bytes = UnneededBytes(catalog: fixture.catalog, store: fixture.store, grace: .seconds(14 * 86_400))
        var removed = 0
        for round in Int64(0)..<16 { removed += try await bytes.remove(round: round, now: now) }
        return removed
    }

    @Test func whatNoRowMentionsGoesAfterItsGrace() async throws {
        let fixture = try await MaintenanceFixture()
        let (stray, used) = (try fixture.put("a crash left this"), try fixture.put("accepted"))
        try await fixture.accept(used, "hello", in: MaintenanceFixture.tools)
        #expect(try await Self.remove(fixture, now: Int64(Date().timeIntervalSince1970)) == 0, "it is young")
        #expect(try await Self.remove(fixture) == 1)
        #expect(try fixture.store.names() == [used])
        #expect(try await Self.remove(fixture) == 0)
        #expect(try !fixture.store.contains(stray))
    }

    /// As after a start with an empty catalog, or an old one.
    @Test func aStoreThatTheCatalogDoesNotKnowIsLeft() async throws {
        let fixture = try await MaintenanceFixture()
        let names = try (0..<21).map { try fixture.put("accepted elsewhere \($0)") }
        await #expect(throws: Conflict.self) {
            try await fixture.catalog.removeStrangers(among: names) { try fixture.store.remove($0) }
        }
        #expect(try fixture.store.names().count == 21)
    }

    /// The acceptance and the removal come one after the other: whoever is second sees what the first did.
    @Test func nothingIsAcceptedWhoseBytesAreRemoved() async throws {
        let fixture = try await MaintenanceFixture()
        for number in 0..<20 {
            let sha256 = try fixture.put("bytes \(number)")
            async let accepted = (try? await fixture.accept(sha256, "p\(number)", in: MaintenanceFixture.tools)) != nil
            async let removed = fixture.catalog.removeStrangers(among: [sha256]) { [store = fixture.store] in
                try store.remove($0)
            }
            let (isAccepted, gone) = (await accepted, try await removed)
            #expect(isAccepted == (gone == 0), "\(number)")
            #expect(try fixture.store.contains(sha256) == isAccepted)
        }
    }

    /// What another archive has, or had, stays.
    @Test func whatOnlyADeletedArchiveHadGoes() async throws {
        let fixture = try await MaintenanceFixture()
        let other = ArchiveReference("~alice/debian/other")!
        try await fixture.makeArchive(other)
        let (own, shared) = (try fixture.put("own"), try fixture.put("shared"))
        try await fixture.accept(own, "own", in: MaintenanceFixture.tools)
        try await fixture.accept(shared, "shared", in: MaintenanceFixture.tools)
        try await fixture.accept(shared, "shared", in: other)
        try await fixture.delete(MaintenanceFixture.tools, now: Self.later)
        #expect(try await Self.remove(fixture, now: Self.later + 86_400) == 0, "its grace is not over")
        #expect(try await Self.remove(fixture, now: Self.later + 15 * 86_400) == 1)
        #expect(try fixture.store.names() == [shared])
        try await fixture.delete(other, now: Self.later + 15 * 86_400)
        #expect(try await Self.remove(fixture, now: Self.later + 30 * 86_400) == 1)
        #expect(try fixture.store.names() == [])
    }

    /// While the grace of the one runs, that of the other ends.
    @Test func whatTwoDeletedArchivesHadGoesWithTheLater() async throws {
        let fixture = try await MaintenanceFixture()
        let other = ArchiveReference("~alice/debian/other")!
        try await fixture.makeArchive(other)
        let shared = try fixture.put("shared")
        for place in [MaintenanceFixture.tools, other] { try await fixture.accept(shared, "shared", in: place) }
        try await fixture.delete(MaintenanceFixture.tools, now: Self.later)
        try await fixture.delete(other, now: Self.later + 10 * 86_400)
        #expect(try await Self.remove(fixture, now: Self.later + 15 * 86_400) == 0)
        #expect(try await Self.remove(fixture, now: Self.later + 25 * 86_400) == 1)
    }
}

extension MaintenanceFixture {
    /// Stores a text.
    /// - Returns: its SHA-256.
    fileprivate func put(_ text: String) throws -> String {
        let source = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(text.utf8).write(to: source)
        defer { try? FileManager.default.removeItem(at: source) }
        let folder = try Folder(opening: .init(source.deletingLastPathComponent().path))
        let stored = try store.add(from: folder.openFile(source.lastPathComponent), hashing: MadeUpHashing())
        return stored.sha256
    }

    /// As the intake does: the bytes are looked for in the transaction.
    fileprivate func accept(_ sha256: String, _ name: String, in reference: ArchiveReference) async throws {
        try await accept(name, in: reference, sha256: sha256) { [store] in
            guard try store.contains(sha256) else { throw Conflict("Its bytes are gone.") }
        }
    }

    fileprivate func makeArchive(_ reference: ArchiveReference) async throws {
        try await catalog.createArchive(
            NewArchive(
                reference, kind: .ppa, description: "", signingKey: Self.key,
                suites: [(name: SuiteName("bookworm")!, architectures: nil)]), now: 1)
    }

    fileprivate func delete(_ reference: ArchiveReference, now: Int64) async throws {
        let order = CommandOrder(
            signature: "delete \(reference)", signingKey: Self.key, signer: alice, origin: "test", title: "test",
            text: "", received: now, isDryRun: false, findings: [],
            steps: [CommandStep(paragraph: "", effect: .delete(reference, by: alice), findings: [])])
        #expect(try await catalog.carryOut(order, now: now) { _ in [] }.isDone)
    }
}

/// Tells texts apart, and looks like SHA-256.
private final class MadeUpHashing: ContentHashing {
    private var state: UInt64 = 1_469_598_103_934_665_603

    func update(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes { state = (state ^ UInt64(byte)) &* 1_099_511_628_211 }
    }

    func sha256() -> String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits + String(repeating: "0", count: 48)
    }
}
