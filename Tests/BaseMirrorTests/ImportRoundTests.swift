import ArchiveModel
import BaseMirror
import Catalog
import DebianControl
import DurableFiles
import SystemPackage
import Testing

@testable import Maintenance

/// From a wish in the catalog to files in the store and a published source, with a real apt.
@Suite struct ImportRoundTests {
    /// alice's tools on a mirror's bookworm, which has hello 2.10.
    fileprivate struct Place {
        let mirror: Mirror
        let catalog: Catalog
        let round: WishRound<ImportWork>
        static let tools = ArchiveReference("~alice/debian/tools")!
        static let key = Fingerprint(String(repeating: "A", count: 40))!

        init(_ mirror: Mirror, now: Int64 = 5, architectures: [String] = ["amd64"]) async throws {
            self.mirror = mirror
            catalog = try Catalog(path: mirror.folder.appending("slipway.sqlite").string)
            let suite = SuiteDescription(
                distribution: DistributionName("debian")!, name: SuiteName("bookworm")!,
                architectures: architectures.map { Architecture($0)! }, components: [.main],
                baseSources: mirror.aptSources)
            try await catalog.describe([suite])
            try await catalog.addPerson(
                OwnerName("alice")!, mail: MailAddress("alice@example.org")!, keys: [Self.key], now: 1)
            try await catalog.createArchive(
                NewArchive(
                    Self.tools, kind: .ppa, description: "", signingKey: Self.key,
                    suites: [(name: SuiteName("bookworm")!, architectures: nil)]), now: 1)
            round = try Self.round(mirror, catalog, now: now)
            let base = BaseMirror(root: mirror.folder.appending("base"))
            _ = try await base.reading(suite.name, in: suite.distribution, from: suite.baseSources) {
                try await catalog.setBase($0, of: suite, now: 1)
            }
        }

        func want(withBinaries: Bool = true) async throws {
            let alice = try #require(try await catalog.person(named: OwnerName("alice")!))
            let wanted = PackageImport(
                to: Self.tools, suites: nil, from: nil, packages: [.init(name: PackageName("hello")!)],
                withBinaries: withBinaries, by: alice, Self.key, quotas: QuotaRule())
            try await carryOut(.importPackages(wanted))
        }

        func carryOut(_ effect: CommandEffect, signature: String = "s") async throws {
            let alice = try #require(try await catalog.person(named: OwnerName("alice")!))
            let order = CommandOrder(
                signature: signature, signingKey: Self.key, signer: alice, origin: signature, title: "t", text: "",
                received: 1, isDryRun: false, findings: [],
                steps: [CommandStep(paragraph: "", effect: effect, findings: [])])
            #expect(try await catalog.carryOut(order, now: 2) { _ in [] }.isDone)
        }

        func published() async throws -> [String] {
            let suite = try #require(try await catalog.archive(Self.tools)).suites[0]
            let snapshot = try #require(try await catalog.snapshot(ofSuite: suite.id))
            return snapshot.sources.map { "\($0.dsc.name)" } + snapshot.binaries.map { "\($0.file.name)" }
        }
    }

    @Test func aSourceAndItsPackagesArePublishedAsTheBaseHasThem() async throws {
        try await Mirror.with { mirror in
            try await mirror.publishPackages()
            let place = try await Place(mirror, architectures: ["amd64", "i386"])
            try await place.want()
            let results = try await place.round.run()
            #expect(
                results.map(\.ending) == [
                    .ended(.done("hello 2.10 is in ~alice/debian/tools, bookworm, with 3 packages."))
                ])
            #expect(
                try await place.published().sorted() == [
                    "hello-data_2.10_all.deb", "hello_2.10+b1_i386.deb", "hello_2.10.dsc", "hello_2.10_amd64.deb",
                ])
            try await mirror.run(
                "for file in debian/pool/hello*2.10*; do sum=$(sha256sum $file | cut -c1-64); cmp $file files/${sum:0:2}/$sum; done"
            )
            #expect(try await place.round.run().isEmpty)
        }
    }

    @Test func aMirrorThatIsAwayIsTriedAgainAndThenGivenUp() async throws {
        try await Mirror.with { mirror in
            try await mirror.publishPackages()
            let place = try await Place(mirror)
            try await place.want()
            try await mirror.run("mv debian away")
            let first = try await place.round.run()
            guard case .postponed? = first.first?.ending else { throw Mirror.ScriptFailure("\(first)") }
            #expect(try await place.round.run().isEmpty, "it is not due")
            let due = try #require(try await place.catalog.nextWish(WantedImport.self, now: 5 + 60))
            #expect(due.history.attempts == 1)
            let later = try await Place.round(mirror, place.catalog, now: 5 + 60).run()
            guard case .ended(.refused(let words))? = later.first?.ending else {
                throw Mirror.ScriptFailure("\(later)")
            }
            #expect(words.hasPrefix("It was tried 2 times."))
            let letters = try await place.catalog.letters(limit: 9)
            #expect(letters.map(\.recipient) == ["alice@example.org"])
        }
    }

    @Test func aFullDiskHoldsItUp() async throws {
        try await Mirror.with { mirror in
            try await mirror.publishPackages()
            let place = try await Place(mirror)
            try await place.want()
            for now in [Int64(5), 10_000, 20_000] {
                let results = try await Place.round(mirror, place.catalog, now: now, freeDisk: .max / 2).run()
                guard case .postponed(let cause)? = results.first?.ending else {
                    throw Mirror.ScriptFailure("\(results)")
                }
                #expect(cause.contains("no room"))
            }
            let room = try await Place.round(mirror, place.catalog, now: 30_000).run()
            guard case .ended(.done)? = room.first?.ending else { throw Mirror.ScriptFailure("\(room)") }
        }
    }

    /// Its size is known when the mirror has been asked, and before a byte of it is fetched.
    @Test func whatIsLargerThanTheRoomIsNotFetched() async throws {
        try await Mirror.with { mirror in
            try await mirror.publishPackages()
            try await mirror.run("mkdir fetched")
            let wanted = WantedSource(
                SourceVersion(PackageName("hello")!, PackageVersion("2.10")!), from: SuiteName("bookworm")!,
                of: DistributionName("debian")!, baseSources: mirror.aptSources, architectures: [])
            let base = BaseMirror(root: mirror.folder.appending("imports"))
            await #expect(throws: NoRoomToFetch.self) {
                _ = try await base.fetch(
                    wanted, into: mirror.folder.appending("fetched"), limit: 1 << 30, room: { 10 })
            }
            try await mirror.run("test -z \"$(ls fetched)\"")
        }
    }

    @Test func whatABaseHasNoMoreIsGivenUpAtOnce() async throws {
        try await Mirror.with { mirror in
            try await mirror.publishPackages()
            let place = try await Place(mirror)
            try await place.want()
            try await mirror.publishPackages(version: "2.11")
            let results = try await place.round.run()
            #expect(results.map(\.ending) == [.ended(.refused("The base has no hello 2.10 any more."))])
        }
    }

    /// The mirror is away: had it been asked, the import would be postponed.
    @Test func whatWouldBeRefusedIsNotFetched() async throws {
        try await Mirror.with { mirror in
            try await mirror.publishPackages()
            let place = try await Place(mirror)
            try await place.want()
            try await mirror.run("mv debian away")
            let tools = try #require(try await place.catalog.archive(Place.tools))
            try await place.catalog.setState(.closed, of: try #require(tools.suites.first))
            let results = try await place.round.run()
            guard case .ended(.refused)? = results.first?.ending else { throw Mirror.ScriptFailure("\(results)") }
        }
    }

    @Test func whatATakenDownArchiveWantsWaitsWithIt() async throws {
        try await Mirror.with { mirror in
            try await mirror.publishPackages()
            let place = try await Place(mirror)
            try await place.want()
            try await place.carryOut(.takeDown(Place.tools), signature: "down")
            #expect(try await place.round.run().isEmpty)
            try await place.carryOut(.restore(Place.tools), signature: "up")
            #expect(try await place.round.run().count == 1)
        }
    }

    /// What a former run left when it was killed.
    @Test func aRoundBeginsWithAnEmptyFolder() async throws {
        try await Mirror.with { mirror in
            try await mirror.publishPackages()
            let place = try await Place(mirror)
            try await place.want(withBinaries: false)
            try await mirror.run("mkdir -p imports/fetched/x; echo half >imports/fetched/hello_2.10.dsc")
            _ = try await place.round.run()
            #expect(try await place.published() == ["hello_2.10.dsc"])
            #expect(try await place.catalog.builds(states: [.wanted]).count == 1)
        }
    }
}

extension ImportRoundTests.Place {
    fileprivate static func round(
        _ mirror: Mirror, _ catalog: Catalog, now: Int64, freeDisk: Int64 = 0
    ) throws -> WishRound<ImportWork> {
        var wishes = WishConfiguration(folder: mirror.folder.appending("imports"))
        (wishes.freeDisk, wishes.attempts) = (freeDisk, 2)
        return WishRound(
            ImportWork(ImportConfiguration(wishes), quotas: QuotaRule()), catalog: catalog,
            store: try ContentStore(root: mirror.folder.appending("files")), configuration: wishes,
            quotas: QuotaRule(), now: { now })
    }
}
