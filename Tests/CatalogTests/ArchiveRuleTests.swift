import ArchiveModel
import Catalog
import DebianControl
import Testing

/// What an archive says of itself, held against what is published in it, and against copies.
@Suite struct ArchiveRuleTests {
    @Test func anArchitectureWithPackagesStays() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        var settings = ArchiveSettings()
        settings.architectures = [Architecture("i386")!]
        #expect(try await fixture.catalog.contradictions(to: settings, in: fixture.archive).isEmpty)
        try await fixture.build(["hello"], "1.0")
        #expect(
            try await fixture.catalog.contradictions(to: settings, in: fixture.archive).map(\.packages)
                == [["hello 1.0, bookworm"]])
        settings.architectures?.append(CatalogFixture.amd64)
        #expect(try await fixture.catalog.contradictions(to: settings, in: fixture.archive).isEmpty)
        _ = try await fixture.catalog.change(fixture.archive.reference, settings)
        let changed = try #require(try await fixture.catalog.archive(fixture.archive.reference))
        #expect(changed.suites[0].architectures.map(\.description) == ["i386", "amd64"])
    }

    /// `Older-Than` is contradicted only where the suite has the source, and nothing higher of it.
    @Test(arguments: [("0.9", ["Newer-Than"]), ("1.0", ["Newer-Than", "Older-Than"]), ("1.1", ["Older-Than"])])
    func publishedVersionsAreHeldAgainstTheBase(published: String, fields: [String]) async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", published))
        try await fixture.accept(fixture.source("own", "1"))
        try await fixture.setBase("hello", ["0.8", "1.0"])
        let bookworm = ArchiveSettings.Bound.suite(SuiteName("bookworm")!)
        var found: Set<String> = []
        for field in [\ArchiveSettings.newerThan, \.olderThan] {
            var settings = ArchiveSettings()
            settings[keyPath: field] = bookworm
            let contradictions = try await fixture.catalog.contradictions(to: settings, in: fixture.archive)
            #expect(contradictions.allSatisfy { $0.packages == ["hello \(published), bookworm"] })
            found.formUnion(contradictions.map(\.field))
        }
        #expect(found == Set(fields))
    }

    @Test func aCopyKeepsTheRulesToo() async throws {
        let fixture = try await CatalogFixture()
        let other = try await fixture.catalog.createArchive(CatalogFixture.newArchive("~alice/debian/other"), now: 1)
        try await fixture.accept(fixture.source("hello", "1.0"))
        try await fixture.setBase("hello", ["1.0"])
        var settings = ArchiveSettings()
        settings.newerThan = .suite(SuiteName("bookworm")!)
        settings.needsName = true
        _ = try await fixture.catalog.change(other.reference, settings)
        #expect(
            try await fixture.catalog.preview(fixture.copyOf("hello")).map(\.code)
                == ["ppa-version-not-newer", "ppa-version-without-name"])
        #expect(try await !fixture.carryOut(fixture.order([.copy(fixture.copyOf("hello"))])).isDone)
    }

    /// Judged before the rule was there, accepted after.
    @Test func whatIsAcceptedKeepsTheRulesOfThatMoment() async throws {
        let fixture = try await CatalogFixture()
        let source = fixture.source("hello", "1.0")
        var settings = ArchiveSettings()
        settings.needsName = true
        _ = try await fixture.catalog.change(fixture.archive.reference, settings)
        await #expect(throws: Conflict.self) { try await fixture.accept(source) }
    }
}

extension CatalogFixture {
    fileprivate func setBase(_ name: String, _ versions: [String]) async throws {
        let sources = versions.map { BaseSource(PackageName(name)!, PackageVersion($0)!, component: .main) }
        guard let suite = try await catalog.suites().first else { throw Missing() }
        try await catalog.setBase(Set(sources), of: suite, now: 1)
    }
}
