import ArchiveModel
import Catalog
import Synchronization
import Testing

/// Which files of deleted archives nobody needs any more.
@Suite struct UnneededFilesTests {
    private static let other = ArchiveReference("~alice/debian/other")!
    private static let record = CatalogFixture.file("hello_1.0_amd64.buildinfo", bytes: "made on a Monday")

    private static func delete(_ reference: ArchiveReference, _ fixture: CatalogFixture, now: Int64) async throws {
        let effect = CommandEffect.delete(reference, by: fixture.alice)
        let order = fixture.order([effect], signature: "delete \(reference)")
        #expect(try await fixture.catalog.carryOut(order, now: now) { _ in [] }.isDone)
    }

    /// - Returns: what was removed.
    private static func remove(
        _ fixture: CatalogFixture, at now: Int64, limit: Int = 1000
    ) async throws -> Set<String> {
        let gone = Gone()
        _ = try await fixture.catalog.removeFiles(ofDeletedBefore: now - 10, limit: limit, now: now) { gone.add($0) }
        return gone.all
    }

    /// The copy is of what that build made.
    @Test func whatWasMadeWithACopiedPackageStaysWithTheCopy() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.catalog.createArchive(CatalogFixture.newArchive(Self.other.description), now: 1)
        try await fixture.accept(fixture.source("hello", "1.0"))
        try await fixture.build(["hello"], "1.0", records: [Self.record])
        let copy = PackageCopy(
            from: fixture.archive.reference, fixture.suite.name, to: Self.other, fixture.suite.name, packages: nil,
            withBinaries: true, by: fixture.alice, CatalogFixture.aliceKey, quotas: QuotaRule())
        #expect(try await fixture.carryOut(fixture.order([.copy(copy)], signature: "copy")).isDone)
        try await Self.delete(fixture.archive.reference, fixture, now: 2)
        #expect(try await Self.remove(fixture, at: 20) == [])
        try await Self.delete(Self.other, fixture, now: 21)
        let gone = try await Self.remove(fixture, at: 40)
        #expect(gone.contains(Self.record.sha256) && gone.count == 4)
    }

    /// It proves who has made the source, wherever that is by now: in a copy of a copy, too.
    @Test func theSignedTextStaysWithTheCopies() async throws {
        let fixture = try await CatalogFixture()
        let third = ArchiveReference("~alice/debian/third")!
        for reference in [Self.other, third] {
            try await fixture.catalog.createArchive(CatalogFixture.newArchive(reference.description), now: 1)
        }
        let text = CatalogFixture.file("hello_1.0_source.changes", bytes: "signed by alice")
        try await fixture.accept(fixture.source("hello", "1.0", builds: [], records: [text]))
        for (from, to) in [(fixture.archive.reference, Self.other), (Self.other, third)] {
            let copy = PackageCopy(
                from: from, fixture.suite.name, to: to, fixture.suite.name, packages: nil, withBinaries: false,
                by: fixture.alice, CatalogFixture.aliceKey, quotas: QuotaRule())
            #expect(try await fixture.carryOut(fixture.order([.copy(copy)], signature: "copy \(to)")).isDone)
        }
        try await Self.delete(fixture.archive.reference, fixture, now: 2)
        try await Self.delete(Self.other, fixture, now: 3)
        #expect(try await Self.remove(fixture, at: 20) == [], "the third has it")
        try await Self.delete(third, fixture, now: 21)
        let gone = try await Self.remove(fixture, at: 40)
        #expect(gone.contains(text.sha256) && gone.count == 3)
    }

    /// The next round begins where the one before stopped.
    @Test func aRoundRemovesNoMoreThanItsLimit() async throws {
        let fixture = try await CatalogFixture()
        for name in ["first", "second", "third"] { try await fixture.accept(fixture.source(name, "1.0")) }
        try await Self.delete(fixture.archive.reference, fixture, now: 2)
        let rounds = [
            try await Self.remove(fixture, at: 20, limit: 4), try await Self.remove(fixture, at: 21, limit: 4),
            try await Self.remove(fixture, at: 22, limit: 4),
        ]
        #expect(rounds.map(\.count) == [4, 2, 0])
        #expect(rounds[0].isDisjoint(with: rounds[1]))
    }
}

/// What was removed.
private final class Gone: Sendable {
    private let names = Mutex<Set<String>>([])
    var all: Set<String> { names.withLock { $0 } }
    func add(_ name: String) { names.withLock { _ = $0.insert(name) } }
}
