import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import SystemPackage
import Testing

@testable import Publisher

/// Invariants 3 and 8: apt sees the former state or the next one, whatever happens in between.
@Suite struct SwitchTests {
    @Test func theFormerGenerationStaysByHash() async throws {
        try await World.with { world in
            let publisher = world.publisher { $0.indexGrace = .seconds(600) }
            var generations: [Set<String>] = []
            for version in ["1.0", "1.1", "1.2"] {
                try await world.upload("hello", version)
                _ = try await publisher.publishOnce()
                generations.append(try world.listed())
                if version == "1.1" { #expect(try world.byHash() == generations[0].union(generations[1])) }
                world.pass(601)
            }
            // The first generation went out of date 601 seconds ago, the second just now.
            #expect(try world.byHash() == generations[1].union(generations[2]))
        }
    }

    @Test func indicesOfABusySuiteStayForTheirGrace() async throws {
        try await World.with { world in
            var all: Set<String> = []
            for version in ["1.0", "1.1", "1.2", "1.3"] {
                try await world.upload("hello", version)
                _ = try await world.publisher().publishOnce()
                all.formUnion(try world.listed())
                world.pass(2)
            }
            #expect(try world.byHash() == all)
        }
    }

    @Test func aCrashBeforeTheSwitchLeavesTheFormerState() async throws {
        try await World.with { world in
            _ = try await world.publisher().publishOnce()
            let former = try world.text("dists/bookworm/InRelease")
            try await world.upload("hello", "1.0")
            let cutOff = try await world.publication()
            #expect(try await cutOff.stage())
            #expect(try world.text("dists/bookworm/InRelease") == former)
            _ = try await world.publisher().publishOnce()
            #expect(try world.text("dists/bookworm/InRelease") != former)
            #expect(try world.staging().isEmpty)
        }
    }

    @Test func aCrashAfterTheSwitchRepeatsAndChangesNothing() async throws {
        try await World.with { world in
            _ = try await world.publisher().publishOnce()
            try await world.upload("hello", "1.0")
            let cutOff = try await world.publication()
            #expect(try await cutOff.stage())
            try await cutOff.switchOver()
            let seen = try world.contents()
            #expect(try await world.catalog.suitesAwaitingPublication().count == 1)

            world.pass(60)
            _ = try await world.publisher().publishOnce()
            #expect(try world.contents() == seen)
            #expect(try await world.catalog.suitesAwaitingPublication().isEmpty)
            #expect(
                try await world.catalog.snapshot(ofSuite: cutOff.writer.snapshot.suite.id)?.sources[0].isPending
                    == false)
        }
    }

    @Test func aCrashBeforeTheFormerStateIsRemovedIsSweptByTheNext() async throws {
        try await World.with { world in
            _ = try await world.publisher().publishOnce()
            try await world.upload("hello", "1.0")
            let cutOff = try await world.publication()
            #expect(try await cutOff.stage())
            try await cutOff.switchOver()
            try await world.catalog.notePublished(cutOff.writer.snapshot, now: world.now)
            #expect(try !world.staging().isEmpty)
            try await world.upload("hello", "1.1")
            _ = try await world.publisher().publishOnce()
            #expect(try world.staging().isEmpty)
        }
    }

    @Test func aCrashBeforeTheFormerStateIsRemovedIsSweptWhenNothingFollows() async throws {
        try await World.with { world in
            _ = try await world.publisher().publishOnce()
            try await world.upload("hello", "1.0")
            let cutOff = try await world.publication()
            #expect(try await cutOff.stage())
            try await cutOff.switchOver()
            try await world.catalog.notePublished(cutOff.writer.snapshot, now: world.now)
            let seen = try world.contents().filter { !$0.key.hasPrefix("dists/.") }
            #expect(try !world.staging().isEmpty)
            try await world.publisher().sweepPools()
            #expect(try world.staging().isEmpty)
            #expect(try world.contents() == seen)
        }
    }

    @Test func publishingTheWholeAgainChangesOnlyTheDate() async throws {
        try await World.with { world in
            try await world.upload("hello", "1.0")
            _ = try await world.publisher().publishOnce()
            let first = try world.contents()
            world.pass(60)
            _ = try await world.publisher().publishOnce(archives: [World.tools])
            let second = try world.contents()
            let changed = first.keys.filter { first[$0] != second[$0] }.sorted()
            #expect(changed == ["InRelease", "Release", "Release.gpg"].map { "dists/bookworm/\($0)" })
            #expect(first.count == second.count)
        }
    }

    @Test func theWholeArchiveIsMadeAnewFromCatalogAndStore() async throws {
        try await World.with { world in
            try await world.upload("hello", "1.0")
            _ = try await world.publisher().publishOnce()
            let files = try world.files()
            try Durably.removeTree(world.tree())
            _ = try await world.publisher().publishOnce(archives: [World.tools])
            #expect(try world.files() == files)
        }
    }

    @Test func whatIsAcceptedMeanwhileGoesOnWaiting() async throws {
        try await World.with { world in
            try await world.upload("hello", "1.0")
            let underWay = try await world.publication()
            try await world.upload("world", "1.0")
            try await underWay.run()
            #expect(try await world.catalog.suitesAwaitingPublication().count == 1)
            _ = try await world.publisher().publishOnce()
            #expect(try await world.catalog.suitesAwaitingPublication().isEmpty)
        }
    }

    @Test func anOlderSnapshotTakesNothingBack() async throws {
        try await World.with { world in
            try await world.upload("hello", "1.0")
            let late = try await world.publication()
            try await world.upload("world", "1.0")
            _ = try await world.publisher().publishOnce()
            try await world.catalog.notePublished(late.writer.snapshot, now: world.now)
            #expect(try await world.catalog.suitesAwaitingPublication().isEmpty)
        }
    }

    /// A client that took `InRelease` at any instant finds everything it promises afterwards.
    @Test func aReaderNeverMissesAnIndex() async throws {
        try await World.with { world in
            _ = try await world.publisher().publishOnce()
            try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    for version in 1...8 {
                        try await world.upload("hello", "\(version)")
                        _ = try await world.publisher().publishOnce()
                    }
                    return 0
                }
                group.addTask {
                    var rounds = 0
                    while !Task.isCancelled {
                        for file in try world.listed() { _ = try world.bytes("dists/bookworm/\(file)") }
                        rounds += 1
                        await Task.yield()
                    }
                    return rounds
                }
                _ = try await group.next()
                group.cancelAll()
                #expect(try await group.next() ?? 0 > 8)
            }
        }
    }

    @Test func twoPublicationsInOneSecondHaveTwoDates() async throws {
        try await World.with { world in
            var dates: [Int64] = []
            for version in 1...10 {
                try await world.upload("hello", "\(version)")
                _ = try await world.publisher().publishOnce()
                dates.append(try FormerSuite(world.tree().appending("dists/bookworm"))!.date)
            }
            #expect(dates[..<6].elementsEqual((0..<6).map { world.now + $0 }))
            #expect(dates.max() == world.now + 5, "apt takes no date more than ten seconds ahead")
        }
    }
}

extension World {
    /// The steps of the archive's only suite.
    func publication(of reference: ArchiveReference = tools) async throws -> SuitePublication {
        let archive = try await catalog.archive(reference)!
        return publisher().publication(of: try await catalog.snapshot(ofSuite: archive.suites[0].id)!)
    }

    func staging() throws -> [String] { try files("dists").filter { $0.hasPrefix(".") } }

    /// Every file apt may ask for, and its bytes.
    func contents() throws -> [String: [UInt8]] {
        let paths = try files().filter { !$0.hasPrefix("dists/.") }
        return Dictionary(uniqueKeysWithValues: try paths.map { ($0, try bytes($0)) })
    }
}
