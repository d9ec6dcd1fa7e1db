import ArchiveModel
import Catalog
import DebianControl
import Testing

/// What the catalog knows of a base, and what it does about newer versions there.
@Suite struct BaseTests {
    private func base(_ sources: (String, String)..., isExtra: Bool = false) throws -> Set<BaseSource> {
        Set(
            try sources.map { name, version in
                BaseSource(
                    try #require(PackageName(name)), try #require(PackageVersion(version)), component: .main,
                    isExtra: isExtra)
            })
    }

    private func suite(_ fixture: CatalogFixture) async throws -> SuiteDescription {
        try #require(try await fixture.catalog.suites().first)
    }

    private func unknown(_ fixture: CatalogFixture, _ sources: (String, String)...) async throws -> Set<String> {
        let asked = try sources.map {
            SourceVersion(try #require(PackageName($0.0)), try #require(PackageVersion($0.1)))
        }
        let found = try await fixture.catalog.unknown(Set(asked), in: fixture.suite, of: fixture.archive)
        return Set(found.map { "\($0.name) \($0.version)" })
    }

    @Test func thePictureFollowsTheMirror() async throws {
        let fixture = try await CatalogFixture()
        let suite = try await suite(fixture)
        #expect(try await unknown(fixture, ("hello", "1.9")).isEmpty, "never read is not the same as empty")
        let first = try base(("hello", "1.10"), ("hello", "1.9"), ("bye", "1"))
        #expect(
            try await fixture.catalog.setBase(first, of: suite, now: 5) == BaseChange(sources: 3, added: 3, removed: 0))
        #expect(
            try await unknown(fixture, ("hello", "1.9"), ("hello", "1.11"), ("own", "1")) == ["hello 1.11", "own 1"])
        try await fixture.accept(fixture.source("own", "1"))
        #expect(try await unknown(fixture, ("own", "1"), ("own", "2")) == ["own 2"])
        let second = try base(("hello", "1.10"), ("bye", "2"))
        #expect(
            try await fixture.catalog.setBase(second, of: suite, now: 6) == BaseChange(sources: 2, added: 1, removed: 2)
        )
        #expect(
            try await fixture.catalog.setBase(second, of: suite, now: 7) == BaseChange(sources: 2, added: 0, removed: 0)
        )
        #expect(try await unknown(fixture, ("bye", "1"), ("bye", "2"), ("hello", "1.9")) == ["bye 1", "hello 1.9"])
    }

    /// More than one transaction takes.
    @Test func aLargeBaseComesWhole() async throws {
        let fixture = try await CatalogFixture()
        let sources = Set((0..<2500).flatMap { (try? base(("p\($0)x", "1"))) ?? [] })
        let suite = try await suite(fixture)
        #expect(
            try await fixture.catalog.setBase(sources, of: suite, now: 5)
                == BaseChange(sources: 2500, added: 2500, removed: 0))
        #expect(
            try await fixture.catalog.setBase([], of: suite, now: 5) == BaseChange(sources: 0, added: 0, removed: 2500))
    }

    @Test(arguments: NewerInBaseAction.allCases)
    func aNewerVersionInTheBaseIsToldOnce(_ action: NewerInBaseAction) async throws {
        let fixture = try await CatalogFixture()
        let suite = try await suite(fixture)
        for (name, version) in [("hello", "1.9"), ("own", "1"), ("same", "2"), ("extra", "1")] {
            try await fixture.accept(fixture.source(name, version))
        }
        try await fixture.catalog.setNewerInBase(action, of: fixture.archive)
        let sources = try base(("hello", "1.10"), ("hello", "1.11"), ("same", "2"))
            .union(base(("extra", "5"), isExtra: true))
        try await fixture.catalog.setBase(sources, of: suite, now: 5)
        let told = try await fixture.catalog.settleNewerInBase(now: 6)
        let lines = told.flatMap(\.packages).map { "\($0.name) \($0.version) \($0.baseVersion)" }
        #expect(lines == (action == .nothing ? [] : ["hello 1.9 1.11"]))
        #expect(told.allSatisfy { $0.areDeleted == (action == .delete) })
        #expect(try await fixture.catalog.settleNewerInBase(now: 7).isEmpty, "once a version")
        let others = ["source extra 1", "source own 1", "source same 2"]
        let expected = action == .delete ? others : (others + ["source hello 1.9"]).sorted()
        let live = try await fixture.live().sorted()
        #expect(live == expected)
        let letters = try await fixture.catalog.letters(limit: 99).filter { $0.identity.hasPrefix("newer-in-base") }
        let recipients = letters.map { "\($0.recipient)" }
        #expect(recipients == (action == .nothing ? [] : ["\(fixture.alice.mail)"]))
        let waiting = try await fixture.catalog.waitingWishes(WantedImport.self).map {
            "\($0.source.name) \($0.source.version)"
        }
        #expect(waiting == (action == .update ? ["hello 1.11"] : []))
        try await fixture.catalog.setBase(try base(("hello", "1.12")), of: suite, now: 8)
        let isThere = action == .tell || action == .update
        #expect(try await fixture.catalog.settleNewerInBase(now: 9).count == (isThere ? 1 : 0))
    }

    @Test func everybodyOfATeamIsTold() async throws {
        let fixture = try await CatalogFixture()
        let team = try #require(OwnerName("tools"))
        try await fixture.catalog.addTeam(team, now: 1)
        for name in ["bob", "carol", "dora"] {
            let owner = try #require(OwnerName(name))
            let mail = try #require(MailAddress("\(name)@example.org"))
            try await fixture.catalog.addPerson(owner, mail: mail, keys: [], now: 1)
            if name != "dora" {
                try await fixture.catalog.add(
                    try #require(try await fixture.catalog.person(named: owner)), toTeam: team)
            }
        }
        let archive = try await fixture.catalog.createArchive(CatalogFixture.newArchive("~tools/debian/own"), now: 1)
        try await fixture.accept(fixture.source("hello", "1", in: archive))
        try await fixture.catalog.setBase(try base(("hello", "2")), of: suite(fixture), now: 5)
        _ = try await fixture.catalog.settleNewerInBase(now: 6)
        let letters = try await fixture.catalog.letters(limit: 99).filter { $0.identity.hasPrefix("newer-in-base") }
        #expect(Set(letters.map { "\($0.recipient)" }) == ["bob@example.org", "carol@example.org"])
    }

    /// While it waits for its mirror, its owner changes their mind.
    @Test(arguments: ["rule", "package"])
    func anUpdateIsNotMadeOfWhatItsOwnerDoesNotWantAnyMore(_ changed: String) async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1"))
        try await fixture.catalog.setNewerInBase(.update, of: fixture.archive)
        try await fixture.catalog.setBase(try base(("hello", "2")), of: suite(fixture), now: 5)
        _ = try await fixture.catalog.settleNewerInBase(now: 6)
        let wanted = try #require(try await fixture.catalog.nextWish(WantedImport.self, now: 6))
        #expect(try await fixture.catalog.preview(wanted, quotas: QuotaRule()) == nil)
        switch changed {
        case "rule": try await fixture.catalog.setNewerInBase(.nothing, of: fixture.archive)
        default: _ = try await fixture.carryOut(fixture.order([.removePackages(fixture.removal("hello"))]))
        }
        guard case .refused(let cause)? = try await fixture.catalog.preview(wanted, quotas: QuotaRule()) else {
            Issue.record("It would be published.")
            return
        }
        #expect(cause.contains(changed == "rule" ? "does not follow" : "no older hello"))
    }

    @Test func aBaseThatCannotBeReadIsInTheDigest() async throws {
        let fixture = try await CatalogFixture()
        let suite = try await suite(fixture)
        try await fixture.catalog.setBaseFault("No such host.", of: suite, now: 5)
        #expect(
            try await fixture.catalog.digestOfLastDay(now: 5, disks: []).failures
                == ["The base of debian/bookworm cannot be read: No such host."])
        try await fixture.catalog.setBase([], of: suite, now: 6)
        #expect(try await fixture.catalog.digestOfLastDay(now: 7, disks: []).failures.isEmpty)
    }
}
