import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import PackageFiles
import Synchronization
import SystemPackage
import Testing

@testable import Maintenance
@testable import SourceTree

/// What all queues have in common: turns, faults, and who is told when.
@Suite struct WishRoundTests {
    /// Does what it is told to.
    struct Work: WishWork {
        static let words = WishWords(done: "done", one: "A wish", all: "Wishes")
        let body: @Sendable (WantedSourceRebuild, KeptFiles) async throws -> Void

        func make(_ wanted: WantedSourceRebuild, _ files: KeptFiles) async throws -> ImportedSource {
            try await body(wanted, files)
            throw WishMistake("It is a test.")
        }
    }

    /// alice's tools want odd and even made once more.
    private static func place() async throws -> MaintenanceFixture {
        let fixture = try await MaintenanceFixture()
        for (name, digit) in [("even", "2"), ("odd", "3")] {
            try await fixture.accept(name, sha256: String(repeating: digit, count: 64))
        }
        try await fixture.rebuildBySource()
        try await fixture.wantRebuild()
        return fixture
    }

    private static func round(
        _ fixture: MaintenanceFixture, freeDisk: Int64 = 0,
        _ body: @escaping @Sendable (WantedSourceRebuild, KeptFiles) async throws -> Void
    ) -> WishRound<Work> {
        var configuration = WishConfiguration(folder: fixture.store.root.removingLastComponent().appending("wishes"))
        configuration.freeDisk = freeDisk
        return WishRound(
            Work(body: body), catalog: fixture.catalog, store: fixture.store, configuration: configuration,
            quotas: QuotaRule(), now: { MaintenanceFixture.now })
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let error: any Error
        /// Nil: it is given up.
        let attempts: Int64?
        var dueAfter: Int64 = 0
    }

    static let rows = [
        Row(testDescription: "a mistake", error: WishMistake("x"), attempts: nil),
        Row(testDescription: "a conflict", error: Conflict("x"), attempts: nil),
        Row(testDescription: "no room", error: FullDisk("x"), attempts: 0, dueAfter: 1800),
        Row(
            testDescription: "no room to unpack", error: UnpackFailure("x", isFullDisk: true), attempts: 0,
            dueAfter: 1800),
        Row(
            testDescription: "no room to write", error: FileFailure("write", "/x", .system(.noSpace)), attempts: 0,
            dueAfter: 1800),
        Row(testDescription: "no process", error: UnpackFailure("x"), attempts: 1, dueAfter: 60),
        Row(
            testDescription: "no right", error: FileFailure("write", "/x", .system(.permissionDenied)), attempts: 1,
            dueAfter: 60),
    ]

    @Test(arguments: rows)
    func aFaultIsWhoseItIs(_ row: Row) async throws {
        let fixture = try await Self.place()
        let turns = try await Self.round(fixture) { _, _ in throw row.error }.run()
        #expect(turns.count == 2, "one keeps no other from its turn")
        let waiting = try await fixture.catalog.waitingWishes(WantedSourceRebuild.self)
        #expect(waiting.map(\.history.attempts) == (row.attempts.map { [$0, $0] } ?? []))
        #expect(try await fixture.catalog.letters(limit: 9).count == (row.attempts == nil ? 1 : 0))
        for due in [row.dueAfter - 1, row.dueAfter] where row.attempts != nil {
            let next = try await fixture.catalog.nextWish(
                WantedSourceRebuild.self, now: MaintenanceFixture.now + due)
            #expect((next != nil) == (due == row.dueAfter))
        }
    }

    /// Whoever waits for the first, or for a mail about it, does not wait for the whole queue.
    @Test func eachIsToldBeforeTheNextBegins() async throws {
        let fixture = try await Self.place()
        let events = Mutex<[String]>([])
        let round = Self.round(fixture) { wanted, _ in events.withLock { $0.append("make \(wanted.title)") } }
        try await round.run { turn in events.withLock { $0.append(turn.sentence) } }
        #expect(
            events.withLock { $0 } == [
                "make even 1+build1", "even 1+build1 not done: It is a test.", "make odd 1+build1",
                "odd 1+build1 not done: It is a test.",
            ])
    }

    @Test func onlyOneProcessIsAtIt() async throws {
        let fixture = try await Self.place()
        let inner = Self.round(fixture) { _, _ in }
        let outer = Self.round(fixture) { _, _ in
            let turns = try await inner.run()
            #expect(turns.isEmpty)
        }
        #expect(try await outer.run().count == 2)
        try await fixture.wantRebuild("again")
        #expect(try await inner.run().count == 2, "the lock is let go of")
    }

    /// What is larger than the disk does not wait for ever; what lacked room once has its whole time again.
    @Test func whatFindsNoRoomForAWeekIsGivenUp() async throws {
        let fixture = try await Self.place()
        let catalog = fixture.catalog
        let week = WishConfiguration(folder: "/").roomWait
        let wanted = try #require(try await catalog.nextWish(WantedSourceRebuild.self, now: MaintenanceFixture.now))
        let since = MaintenanceFixture.now - week
        try await catalog.postpone(wanted, until: 0, because: "x", .room(since: since))
        try await catalog.postpone(wanted, until: 0, because: "x", .overtaken)
        let round = Self.round(fixture) { _, _ in throw FullDisk("x") }
        #expect(try await round.run().map(\.ending) == [.postponed("x"), .postponed("x")])
        let waiting = try await catalog.waitingWishes(WantedSourceRebuild.self)
        #expect(waiting.map(\.history.lacksRoomSince) == [MaintenanceFixture.now, MaintenanceFixture.now])
        for (one, since) in zip(waiting, [since + 1, since]) {
            try await catalog.postpone(one, until: 0, because: "x", .room(since: since))
        }
        let endings = try await round.run().map(\.ending)
        let cause = "The service's disk has had no room for it for 168 hours."
        #expect(Set(endings) == [.postponed("x"), .ended(.refused(cause))])
        #expect(try await catalog.waitingWishes(WantedSourceRebuild.self).map(\.history.lacksRoomSince) == [since + 1])
    }

    @Test func nothingIsMadeOnAFullDisk() async throws {
        let fixture = try await Self.place()
        let turns = try await Self.round(fixture, freeDisk: .max / 2) { wanted, _ in
            Issue.record("\(wanted.title) was made")
        }.run()
        #expect(
            turns.map(\.ending)
                == Array(repeating: .postponed("The disk has no room for what would be made."), count: 2))
        #expect(try await fixture.catalog.waitingWishes(WantedSourceRebuild.self).map(\.history.attempts) == [0, 0])
    }

    /// Another process has ended it, or its person has taken it back.
    @Test func whatIsNotWantedAnyMoreIsNotRefused() async throws {
        let fixture = try await Self.place()
        let catalog = fixture.catalog
        let turns = try await Self.round(fixture) { wanted, _ in
            for other in try await catalog.waitingWishes(WantedSourceRebuild.self) {
                try await catalog.giveUp(other, because: "by another", now: MaintenanceFixture.now)
            }
            throw WishMistake("It came too late.")
        }.run()
        #expect(turns.map(\.ending) == [.ended(.withdrawn)])
        #expect(try await catalog.letters(limit: 9).count == 1)
    }

    @Test func whatWasKeptForNothingIsForgotten() async throws {
        let fixture = try await Self.place()
        let texts = ["new", "there before", "somebody's"]
        let files = try texts.map { try Self.file($0, in: fixture) }
        try fixture.store.add(from: files[1].open(), hashing: Hashing(), expecting: files[1].file.sha256)
        let round = Self.round(fixture) { _, kept in
            try kept.keep(files.map(\.file)) { file in
                try files.first { $0.file == file }.map { try $0.open() } ?? files[0].open()
            }
            for file in files { #expect(try fixture.store.contains(file.file.sha256)) }
            // An upload with the same bytes is accepted meanwhile.
            try? await fixture.accept("third", sha256: files[2].file.sha256)
        }
        _ = try await round.run()
        #expect(try files.map { try fixture.store.contains($0.file.sha256) } == [false, true, true])
    }

    /// Nothing of it, and not a part.
    @Test func nothingIsKeptOnAFullDisk() async throws {
        let fixture = try await Self.place()
        let file = try Self.file("new", in: fixture)
        var configuration = WishConfiguration(folder: fixture.store.root)
        configuration.freeDisk = .max / 2
        let kept = KeptFiles(fixture.store, FreeDisk(configuration))
        #expect(throws: FullDisk.self) { try kept.keep([file.file]) { _ in try file.open() } }
        #expect(try fixture.store.names().isEmpty)
    }

    struct Sample: Sendable {
        let file: CatalogFile
        let path: FilePath

        func open() throws -> OwnedDescriptor { try OwnedDescriptor(opening: path) }
    }

    private static func file(_ text: String, in fixture: MaintenanceFixture) throws -> Sample {
        let name = "sample-\(UInt64.random(in: 0..<UInt64.max))"
        let path = fixture.store.root.removingLastComponent().appending(name)
        try Durably.write(Array(text.utf8), to: path, sync: .later)
        let digests = try Digester.digests(of: OwnedDescriptor(opening: path))
        return Sample(
            file: CatalogFile(
                name: FileName(name)!, size: digests.size, md5: digests.md5, sha1: digests.sha1,
                sha256: digests.sha256, sha512: digests.sha512), path: path)
    }
}
