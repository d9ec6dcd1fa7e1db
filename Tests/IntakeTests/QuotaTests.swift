import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// What an archive may hold.
@Suite struct QuotaTests {
    private func world(quota: Int64?) async throws -> World {
        try await World(configure: { $0.quotas.ofPPAs = quota })
    }

    private func next(_ version: String) -> Draft {
        var next = Draft()
        (next.version, next.includesOrig) = (version, false)
        return next
    }

    private func warnings(_ world: World) async throws -> [Letter] {
        try await world.letters().filter { $0.identity.hasPrefix("quota-") }
    }

    @Test func whatDoesNotFitIsRefused() async throws {
        let world = try await world(quota: 500)
        let record = try await world.send(Draft())
        #expect(record.codes == ["quota-exceeded"])
        let finding = try #require(record.verdict.findings.first)
        #expect(finding.sentence.contains("has 500 bytes free of its 500 bytes"), "\(finding)")
        #expect(finding.expected == "at most 500 bytes" && finding.remedy != nil)
        #expect(try await world.archive().bytes == 0)
    }

    @Test func whatNearlyFillsItIsToldSo() async throws {
        let world = try await world(quota: nil)
        try await world.send(Draft())
        let bytes = try await world.archive().bytes
        #expect(bytes > 500, "the .dsc and both tarballs")
        try await world.catalog.setQuota(.bytes(bytes + bytes / 2), of: try await world.archive())
        #expect(try await world.send(next("2.10-4"), session: "s2").codes == ["quota-exceeded"])
        try await world.catalog.setQuota(.bytes(bytes * 2), of: try await world.archive())
        let record = try await world.send(next("2.10-5"), session: "s3")
        #expect(record.verdict.outcome == .accepted)
        #expect(record.codes == ["quota-nearly-reached"])
    }

    /// And not again with what comes after it, whoever signs that.
    @Test func theOwnerIsToldOnce() async throws {
        let world = try await World(configure: { $0.quotas.warning = 50 })
        let archive = try await world.archive()
        try await world.catalog.give(UploadRight(), to: OwnerName("bob")!, in: archive)
        try await world.send(Draft())
        try await world.catalog.setQuota(.bytes(try await world.archive().bytes * 5), of: archive)
        var told: [Int] = []
        for version in 4...6 {
            var next = next("2.10-\(version)")
            next.signer = .bob
            #expect(try await world.send(next, session: next.version).verdict.outcome == .accepted)
            told.append(try await warnings(world).count)
        }
        #expect(told == [0, 1, 1])
        let letter = try #require(try await warnings(world).first)
        #expect(letter.recipient.address == "alice@example.org")
        guard case .quota(let report) = letter.content else { throw TestFailure("no report") }
        #expect(report.last == "hello 2.10-5" && report.archive == World.tools && report.used > report.limit / 2)
    }

    @Test func noQuotaIsNoLimit() async throws {
        let world = try await world(quota: 500)
        try await world.catalog.setQuota(.unlimited, of: try await world.archive())
        #expect(try await world.archive().quota == .unlimited)
        #expect(try await world.send(Draft()).codes == [])
        try await world.catalog.setQuota(.standard, of: try await world.archive())
        #expect(try await world.send(next("2.10-4"), session: "s2").codes == ["quota-exceeded"])
    }

    /// The upstream tarball comes in once.
    @Test func whatIsThereAlreadyTakesNoMoreRoom() async throws {
        let world = try await world(quota: nil)
        try await world.send(Draft())
        let bytes = try await world.archive().bytes
        var next = Draft()
        next.version = "2.10-4"
        #expect(try await world.send(next, session: "s2").verdict.outcome == .accepted)
        let after = try await world.archive().bytes
        #expect(after - bytes == bytes - Int64(next.orig.utf8.count))
    }

    /// Its name is the archive's for ever, its bytes are in the pool no more.
    @Test func whatHasLeftThePoolTakesRoomAgain() async throws {
        let world = try await world(quota: nil)
        try await world.send(Draft())
        let archive = try await world.archive()
        try await publishAndSweep(world, after: [.init(name: PackageName("hello")!, version: nil)])
        #expect(try await world.archive().bytes == 0)
        let new = next("2.10-4")
        let dsc = try await Int64(new.files()[new.dscName]?.count ?? 0)
        // Room for its .dsc and .debian.tar.xz, and not for the tarball that the store still has.
        try await world.catalog.setQuota(.bytes(dsc + Int64(new.debian.utf8.count) + 10), of: archive)
        #expect(try await world.send(new, session: "s2").codes == ["quota-exceeded"])
    }

    @Test func whatIsCountedIsWhatIsThere() async throws {
        let world = try await world(quota: nil)
        let first = try await world.send(Draft())
        let order = try await world.catalog.claimBuild(
            by: "local", able: BuildAbility(architectures: [Architecture("amd64")!]), lease: 1 << 40, now: 2)
        let build = try #require(order).record.id
        let built = try await world.send(BuiltDraft().files(), session: "build", path: "builds/\(build)")
        #expect(first.verdict.outcome == .accepted && built.first?.verdict.outcome == .accepted)
        try await publishAndSweep(world, after: [])
        #expect(try await world.archive().bytes == recounted(world))
        try await world.send(next("2.10-4"), session: "s2")
        try await publishAndSweep(world, after: [])
        #expect(try await world.archive().bytes == recounted(world), "the older one has left")
        #expect(try await world.archive().bytes > 0)
    }

    @Test func aBuildThatDoesNotFitFails() async throws {
        let world = try await world(quota: nil)
        let archive = try await world.archive()
        try await world.catalog.give(UploadRight(), to: OwnerName("bob")!, in: archive)
        var draft = Draft()
        draft.signer = .bob
        try await world.send(draft)
        try await world.catalog.setQuota(.bytes(try await world.archive().bytes + 100), of: archive)
        let order = try await world.catalog.claimBuild(
            by: "local", able: BuildAbility(architectures: [Architecture("amd64")!]), lease: 1 << 40, now: 2)
        let build = try #require(order).record.id
        let record = try await world.send(BuiltDraft().files(), session: "build", path: "builds/\(build)").first
        #expect(record?.codes == ["quota-exceeded"])
        let failed = try #require(try await world.catalog.build(build))
        #expect(failed.state == .failed && failed.cause?.contains("100 bytes free") == true)
        let told = try await world.letters().filter { $0.identity.hasPrefix("build-") }.map(\.recipient.address)
        #expect(told == ["bob@example.org", "alice@example.org"])
    }

    /// Two look at the same room, and one takes it.
    @Test func roomIsGivenOnce() async throws {
        let world = try await world(quota: nil)
        var drafts = [Draft(), Draft()]
        drafts[1].source = "goodbye"
        let archive = try await world.archive()
        try world.put(try await drafts[0].files(), session: "s1")
        _ = try await world.service.judge([FileName("s1")!])
        let bytes = try await world.archive().bytes
        try await world.catalog.setQuota(.bytes(bytes * 2), of: archive)
        for number in 1...4 {
            drafts[1].source = "goodbye\(number)"
            try world.put(try await drafts[1].files(), session: "g\(number)")
        }
        let records = try await world.service.judge((1...4).map { FileName("g\($0)")! })
        #expect(records.filter { $0.verdict.outcome == .accepted }.count <= 1)
        #expect(records.allSatisfy { $0.verdict.outcome != .failed })
        #expect(try await world.archive().bytes <= bytes * 2)
    }

    /// What the publisher does: all is published, and what has ended leaves the pool.
    private func publishAndSweep(_ world: World, after removed: [PackageRemoval.Package]) async throws {
        if !removed.isEmpty {
            let removal = PackageRemoval(archive: World.tools, suites: nil, packages: removed)
            let alice = try await world.catalog.person(named: OwnerName("alice")!)
            let order = CommandOrder(
                signature: "removal", signingKey: try await world.archive().signingKey, signer: alice, origin: "test",
                title: "removal", text: "", received: world.now, isDryRun: false, findings: [],
                steps: [CommandStep(paragraph: "", effect: .removePackages(removal), findings: [])])
            _ = try await world.catalog.carryOut(order, now: world.now) { _ in [] }
        }
        let archive = try await world.archive()
        for suite in archive.suites {
            let snapshot = try #require(try await world.catalog.snapshot(ofSuite: suite.id))
            try await world.catalog.notePublished(snapshot, now: world.now)
        }
        try await world.catalog.forgetPoolFiles(endedBefore: world.now + 600, in: archive)
    }

    /// Of every file that a suite shows, once.
    private func recounted(_ world: World) async throws -> Int64 {
        var sizes: [FileName: Int64] = [:]
        for suite in try await world.archive().suites {
            let snapshot = try #require(try await world.catalog.snapshot(ofSuite: suite.id))
            let files = snapshot.sources.flatMap { [$0.dsc] + $0.files } + snapshot.binaries.map(\.file)
            for file in files { sizes[file.name] = file.size }
        }
        return sizes.values.reduce(0, +)
    }
}
