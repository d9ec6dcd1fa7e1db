import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import SystemPackage
import Testing

@testable import Publisher

/// Archives that are taken down, restored and deleted: where their trees are, after each pass.
@Suite struct WithdrawalTests {
    private func withPublished(_ body: (World, Archive, FilePath) async throws -> Void) async throws {
        try await World.with { world in
            try await world.upload("hello", "1.0")
            _ = try await world.publisher().publishOnce()
            let archive = try #require(try await world.catalog.archive(World.tools))
            try await body(world, archive, world.configuration.withdrawn.appending("\(archive.id)"))
        }
    }

    private func isThere(_ path: FilePath) -> Bool { (try? Folder(opening: path)) != nil }

    @Test func aHiddenArchiveIsOutOfSightAndComesBack() async throws {
        try await withPublished { world, _, withdrawn in
            let files = try world.files()
            try await world.order(.takeDown(World.tools))
            _ = try await world.publisher().publishOnce()
            #expect(!isThere(world.tree()) && isThere(withdrawn))
            #expect(try await world.publisher().publishOnce() == [], "and is not published anew")
            let named = try await world.publisher().publishOnce(archives: [World.tools])
            #expect(named.map(\.outcome) == [.notShown(.hidden)])
            try await world.publisher().sweepPools()
            #expect(!isThere(world.tree()))
            try await world.order(.restore(World.tools))
            #expect(try await world.publisher().publishOnce().count == 1)
            #expect(!isThere(withdrawn))
            #expect(try Set(world.files()).isSuperset(of: files.filter { $0.hasPrefix("pool/") }))
        }
    }

    /// After a restored backup every shown archive is published as a whole; one that is not gets its files when it is again.
    @Test func aHiddenArchiveIsWholeAgainWithoutItsTree() async throws {
        try await withPublished { world, _, withdrawn in
            let pool = try world.files("pool")
            try await world.order(.takeDown(World.tools))
            _ = try await world.publisher().publishOnce()
            try Durably.removeTree(withdrawn)
            let other = try await world.makeArchive(ArchiveReference("~alice/debian/other")!)
            let named = try await world.publisher().publishOnce(archives: [World.tools, other.reference])
            #expect(named.map(\.outcome) == [.published([SuiteName("bookworm")!]), .notShown(.hidden)])
            try await world.order(.restore(World.tools))
            try await world.publish()
            #expect(try world.files("pool") == pool)
            let suite = try #require(try await world.catalog.archive(World.tools)?.suites.first)
            #expect(try await world.catalog.snapshot(ofSuite: suite.id)?.isWhole == false)
        }
    }

    @Test func aSuiteWhoseBaseComesBackIsWholeAgain() async throws {
        try await withPublished { world, _, _ in
            let pool = try world.files("pool")
            let suite = try #require(try await world.catalog.suites().first { $0.name.text == "bookworm" })
            let base = [BaseSource(PackageName("hello")!, PackageVersion("1")!, component: .main)]
            try await world.catalog.setBase(Set(base), of: suite, now: world.now)
            var rule = GoneBaseRule()
            (rule.frozenAfter, rule.withdrawnAfter) = (0, 0)
            try await world.catalog.setBaseFault("It is away.", of: suite, now: world.now)
            _ = try await world.catalog.settleGoneBases(rule, now: world.now)
            try Durably.removeTree(world.tree())
            _ = try await world.publisher().publishOnce(archives: [World.tools])
            #expect(try world.files().allSatisfy { !$0.hasPrefix("pool/") })
            try await world.catalog.setBase(Set(base), of: suite, now: world.now)
            try await world.publish()
            #expect(try world.files("pool") == pool)
        }
    }

    /// A publisher that began before the archive was taken down, or restored, and goes on after.
    @Test func whatAPublicationLeavesBehindIsNoHindrance() async throws {
        try await withPublished { world, _, withdrawn in
            try await world.order(.takeDown(World.tools))
            _ = try await world.publisher().publishOnce()
            try Durably.makeFolders(world.tree().appending("dists/bookworm"))
            _ = try await world.publisher().publishOnce()
            #expect(isThere(world.tree()), "what is settled costs no pass anything")
            world.pass(4200)
            _ = try await world.publisher().publishOnce()
            #expect(!isThere(world.tree()))
            try await world.order(.restore(World.tools))
            let waiting = try await world.publisher().waiting()
            _ = await world.publisher().publish(waiting)
            #expect(isThere(withdrawn), "nothing is published beside the tree that is to come back")
            _ = try await world.publisher().publishOnce()
            #expect(try world.files("dists/bookworm").contains("InRelease"))
            #expect(try world.files("pool").count == 2)
        }
    }

    /// It has a folder, from whoever published its empty suites.
    @Test func oneThatNeverHadAFileLeavesTheDiskToo() async throws {
        try await World.with { world in
            _ = try await world.publisher().publishOnce()
            #expect(isThere(world.tree()))
            let archive = try #require(try await world.catalog.archive(World.tools))
            #expect(archive.bytes == 0)
            try await world.order(.delete(World.tools, by: world.person))
            world.pass(86_400 + 600)
            _ = try await world.publisher().publishOnce()
            #expect(!isThere(world.tree()))
            #expect(!isThere(world.configuration.withdrawn.appending("\(archive.id)")))
        }
    }

    @Test func aDeletedArchiveLeavesTheDiskAfterItsGrace() async throws {
        try await withPublished { world, archive, withdrawn in
            #expect(archive.bytes > 0)
            try await world.order(.delete(World.tools, by: world.person))
            _ = try await world.publisher().publishOnce()
            #expect(!isThere(world.tree()) && isThere(withdrawn))
            world.pass(86_400 + 600)
            _ = try await world.publisher().publishOnce()
            #expect(!isThere(withdrawn))
            #expect(try await world.catalog.archive(World.tools)?.bytes == 0)
            world.pass(600)
            #expect(try await world.catalog.archivesToMove(now: world.now).isEmpty, "nobody looks at it any more")
            #expect(try world.store.names().count == 2, "the store keeps what was accepted")
        }
    }
}

extension World {
    /// As a signed command does.
    fileprivate func order(_ effect: CommandEffect) async throws {
        let order = CommandOrder(
            signature: "signature \(nextUpload())", signingKey: key, signer: person, origin: "session", title: "x",
            text: "", received: now, isDryRun: false, findings: [],
            steps: [CommandStep(paragraph: "", effect: effect, findings: [])])
        let report = try await catalog.carryOut(order, now: now) { _ in [] }
        #expect(report.isDone, "\(report)")
    }
}
