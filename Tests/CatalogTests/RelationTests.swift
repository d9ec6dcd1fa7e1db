import ArchiveModel
import Catalog
import DebianControl
import Testing

/// Archives that need others, or break them: what is refused, what builds and users get of it, and what people are told.
@Suite struct RelationTests {
    /// alice has a, b and c, bob has d; all are for bookworm.
    private static func fixture() async throws -> CatalogFixture {
        let fixture = try await CatalogFixture()
        try await fixture.catalog.addPerson(
            OwnerName("bob")!, mail: MailAddress("bob@example.org")!, keys: [], now: 1)
        for reference in ["~alice/debian/a", "~alice/debian/b", "~alice/debian/c", "~bob/debian/d"] {
            try await fixture.catalog.createArchive(CatalogFixture.newArchive(reference), now: 1)
        }
        return fixture
    }

    struct Row: CustomTestStringConvertible {
        let testDescription: String
        /// Before: `a>b` depends, `a!b` breaks.
        let before: [String]
        let order: String
        let codes: [String]

        init(_ name: String, _ order: String, _ codes: String..., after before: [String] = []) {
            (testDescription, self.before, self.order, self.codes) = (name, before, order, codes)
        }
    }

    static let rows = [
        Row("a dependency", "a>b"), Row("two", "a>b,c", after: ["b>c"]),
        Row("a cycle of two", "a>b", "dependency-cycle", after: ["b>a"]),
        Row("a cycle of three", "a>b", "dependency-cycle", after: ["b>c", "c>a"]),
        Row("a cycle by somebody else's", "a>d", "dependency-cycle", after: ["d>a"]),
        Row("itself", "a>a", "related-to-itself"), Row("breaks itself", "a!a", "related-to-itself"),
        Row("one that it breaks", "a>b", "broken-combination", after: ["a!b"]),
        Row("one that breaks it", "a>b", "broken-combination", after: ["b!a"]),
        Row("two of which one breaks the other", "a>b,c", "broken-combination", after: ["b!c"]),
        Row("the same, further away", "a>b,d", "broken-combination", after: ["b>c", "c!d"]),
        Row("breaks what it needs", "a!b", "broken-combination", after: ["a>b"]),
        Row("breaks what it needs through another", "a!c", "broken-combination", after: ["a>b", "b>c"]),
        Row("breaks what needs it", "a!b", after: ["b>a"]),
        Row("not there", "a>z", "no-archive"),
    ]

    @Test(arguments: rows)
    func rules(_ row: Row) async throws {
        let fixture = try await Self.fixture()
        for order in row.before { #expect(try await fixture.relate(order).isDone) }
        #expect(try await fixture.catalog.preview(fixture.order(row.order)).map(\.code) == row.codes)
        #expect(try await fixture.relate(row.order).isDone == row.codes.isEmpty, "asked where it is done, too")
    }

    @Test func onlyItsOwnerSaysWhatAnArchiveNeeds() async throws {
        let fixture = try await Self.fixture()
        let bob = try unwrapped(await fixture.catalog.person(named: OwnerName("bob")!))
        let order = RelationOrder(
            of: ArchiveReference("~alice/debian/a")!, .depends, [ArchiveReference("~bob/debian/d")!], by: bob)
        #expect(try await fixture.catalog.preview(order).map(\.code) == ["no-right"])
        #expect(try await !fixture.carryOut(fixture.order([.relate(order)])).isDone)
    }

    @Test func anotherDistributionsArchiveAndOneWithoutACommonSuiteAreRefused() async throws {
        let fixture = try await Self.fixture()
        for (distribution, suite) in [("ubuntu", "noble"), ("debian", "trixie")] {
            try await fixture.catalog.describe([
                SuiteDescription(
                    distribution: DistributionName(distribution)!, name: SuiteName(suite)!,
                    architectures: [CatalogFixture.amd64], components: [.main], baseSources: "")
            ])
            try await fixture.catalog.createArchive(
                NewArchive(
                    ArchiveReference("~alice/\(distribution)/other\(suite)")!, kind: .ppa, description: "",
                    signingKey: CatalogFixture.aliceKey, suites: [(name: SuiteName(suite)!, architectures: nil)]),
                now: 1)
        }
        let order = RelationOrder(
            of: ArchiveReference("~alice/debian/a")!, .depends,
            [ArchiveReference("~alice/ubuntu/othernoble")!, ArchiveReference("~alice/debian/othertrixie")!],
            by: fixture.alice)
        #expect(try await fixture.catalog.preview(order).map(\.code) == ["other-distribution", "no-suite"])
    }

    @Test func onlyPPAsAreRelated() async throws {
        let fixture = try await Self.fixture()
        try await fixture.catalog.createArchive(
            NewArchive(
                ArchiveReference("~alice/debian/e")!, kind: .external, description: "",
                signingKey: CatalogFixture.aliceKey, suites: [(name: fixture.suite.name, architectures: nil)]), now: 1)
        #expect(try await fixture.catalog.preview(fixture.order("a>e")).map(\.code) == ["not-a-ppa"])
        #expect(try await fixture.catalog.preview(fixture.order("e!a")).map(\.code) == ["not-a-ppa"])
    }

    @Test func thereAreBounds() async throws {
        let fixture = try await Self.fixture()
        for number in 0..<(ArchiveRelations.neededLimit + 2) {
            try await fixture.catalog.createArchive(CatalogFixture.newArchive("~alice/debian/n\(number)"), now: 1)
            if number > 0 { _ = try await fixture.relate("n\(number)>n\(number - 1)") }
        }
        let last = ArchiveRelations.neededLimit
        #expect(try await fixture.relations("n\(last)").needed.count == last)
        let refused = try await fixture.catalog.preview(fixture.order("n\(last + 1)>n\(last)"))
        #expect(refused.map(\.code) == ["too-many-relations"])
        let many = (0...RelationOrder.othersLimit).map { "n\($0)" }.joined(separator: ",")
        #expect(try await fixture.catalog.preview(fixture.order("a!\(many)")).map(\.code) == ["too-many-relations"])
        // Nobody is held to what strangers make depend on theirs: it is the strangers' builds that wait.
        #expect(try await fixture.relate("n0>a").isDone)
        try await fixture.accept(fixture.source("hello", "1.0", in: fixture.known("n\(last)")))
        #expect(try await fixture.claim() == nil)
        let waiting = try await fixture.catalog.builds(states: [.wanted])
        #expect(waiting.first?.cause?.contains("more than 64 others") == true)
        #expect(try await fixture.relate("n\(last)>n0").isDone)
        #expect(try await fixture.claim() != nil)
    }

    @Test func aBuildDrawsOnAllThatIsPublishedThere() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.relate("b>c")
        _ = try await fixture.relate("a>b,d")
        try await fixture.publish("c")
        try await fixture.publish("d")
        try await fixture.accept(fixture.source("hello", "1.0", in: fixture.known("a")))
        let order = try #require(try await fixture.claim())
        #expect(order.needed.map(\.reference.description) == ["~bob/debian/d", "~alice/debian/c"])
        #expect(order.needed.first?.components == [.main])
        #expect(try await fixture.relations("a").needed.map(\.reference.description).first == "~alice/debian/b")
    }

    /// Builds wait for an archive that is taken down, say so, and go on when it is there again; others do not wait.
    @Test(arguments: [true, false])
    func aBuildWaitsForWhatIsNotThere(_ isThrough: Bool) async throws {
        let fixture = try await Self.fixture()
        if isThrough { _ = try await fixture.relate("b>d") }
        _ = try await fixture.relate(isThrough ? "a>b" : "a>d")
        let d = try await fixture.known("d").reference
        _ = try await fixture.carryOut(fixture.order([.takeDown(d)], signature: "down"))
        try await fixture.accept(fixture.source("hello", "1.0", in: fixture.known("a")))
        try await fixture.accept(fixture.source("other", "1.0"))
        #expect(try await fixture.claim()?.record.package == PackageName("other")!)
        #expect(try await fixture.claim() == nil)
        let cause = try await fixture.catalog.build(1)?.cause
        #expect(cause?.hasPrefix("It waits for ~bob/debian/d, which its archive depends on") == true)
        let letters = try await fixture.notices("dependency-")
        #expect(letters.map(\.recipient.address) == Array(repeating: "alice@example.org", count: isThrough ? 2 : 1))
        _ = try await fixture.carryOut(fixture.order([.restore(d)], signature: "up"))
        #expect(try await fixture.claim()?.record.package == PackageName("hello")!)
    }

    /// Whose archive it was does not have to ask those who need it; they hear of it.
    @Test func whoNeedsTwoThatBreakIsTold() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.relate("d>b")
        #expect(try await fixture.relate("b>c").isDone)
        #expect(try await fixture.notices("broken-").isEmpty)
        #expect(try await fixture.relate("d!a").isDone)
        #expect(try await fixture.relate("b>a").isDone, "who needs b has no say in what b needs")
        let letters = try await fixture.notices("broken-")
        #expect(letters.map(\.recipient.address) == ["bob@example.org"])
        guard case .notice(let notice)? = letters.first?.content else { throw Missing() }
        #expect(notice.title == "~bob/debian/d breaks ~alice/debian/a")
    }

    @Test func usersGetAllOfThemInOneFile() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.relate("a>b,d")
        _ = try await fixture.relate("a!c")
        _ = try await fixture.carryOut(
            fixture.order([.takeDown(fixture.known("d").reference)], signature: "down"))
        let file = try await fixture.catalog.sourcesFile(
            of: fixture.known("a"), addresses: ArchiveAddresses(url: "https://ppa.example.org")
        ) { _ in "key" }
        #expect(
            file.description == """
                # Not to be used together with ~alice/debian/c.
                # It depends on ~bob/debian/d, which is not there at present.

                Types: deb deb-src
                URIs: https://ppa.example.org/~alice/debian/a
                Suites: bookworm
                Components: main
                Signed-By:
                 key

                Types: deb deb-src
                URIs: https://ppa.example.org/~alice/debian/b
                Suites: bookworm
                Components: main
                Signed-By:
                 key

                """)
    }
}

extension CatalogFixture {
    func known(_ name: String) async throws -> Archive {
        let owner = name == "d" ? "bob" : "alice"
        return try unwrapped(await catalog.archive(ArchiveReference("~\(owner)/debian/\(name)")!))
    }

    func relations(_ name: String) async throws -> ArchiveRelations {
        try await catalog.relations(of: known(name))
    }

    /// `a>b,c`: a depends on b and c; `a!b`: it breaks b.
    func order(_ text: String) async throws -> RelationOrder {
        let kind: RelationKind = text.contains(">") ? .depends : .breaks
        let parts = text.split { $0 == ">" || $0 == "!" }
        let references = (parts[0].split(separator: ",") + parts[1].split(separator: ",")).map { name in
            ArchiveReference("~\(name == "d" ? "bob" : "alice")/debian/\(name)")!
        }
        let owner = try unwrapped(references[0].owner.map { $0 })
        let person = try unwrapped(await catalog.person(named: owner))
        return RelationOrder(of: references[0], kind, Array(references.dropFirst()), by: person)
    }

    func relate(_ text: String) async throws -> CommandReport {
        try await carryOut(order([.relate(order(text))], signature: text))
    }

    func notices(_ prefix: String) async throws -> [Letter] {
        try await catalog.letters(limit: 99).compactMap(\.letter).filter { $0.identity.hasPrefix(prefix) }
    }

    func publish(_ name: String) async throws {
        let snapshot = try unwrapped(await catalog.snapshot(ofSuite: known(name).suites[0].id))
        try await catalog.notePublished(snapshot, now: 3)
    }

    func claim() async throws -> BuildOrder? {
        try await catalog.claimBuild(by: "w", able: BuildAbility(architectures: [Self.amd64]), lease: 99, now: 5)
    }
}
