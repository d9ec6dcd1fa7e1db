import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// One way for a build's result to be wrong.
struct BadResult: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var draft = BuiltDraft()
    var leaveOut: [String] = []
    let codes: Set<String>

    init(_ what: String, _ codes: Set<String>, _ change: (inout BadResult) -> Void) {
        testDescription = what
        self.codes = codes
        change(&self)
    }

    static let all: [BadResult] = [
        BadResult("another source", ["not-the-build", "source-disagrees"]) {
            ($0.draft.source, $0.draft.packageSource) = ("goodbye", "goodbye")
        },
        BadResult("another version", ["not-the-build", "source-disagrees"]) { $0.draft.version = "2.10-9" },
        BadResult("package of another source", ["source-disagrees"]) { $0.draft.packageSource = "goodbye" },
        BadResult("package for another machine", ["unexpected-architecture"]) { $0.draft.architecture = "i386" },
        BadResult("package damaged", ["wrong-digest", "deb-not-an-archive"]) {
            $0.draft.alterDeb = { [UInt8(ascii: "x")] + $0.dropFirst() }
        },
        BadResult("no package at all", ["nothing-built", "not-published"]) { $0.draft.ending = "udeb" },
        BadResult("a file of 1970", ["deb-time-out-of-range"]) { $0.draft.date = "@0" },
        BadResult("a file of the day after tomorrow", ["deb-time-out-of-range"]) { $0.draft.date = "+2 days" },
        BadResult("package missing", ["missing-file"]) { $0.leaveOut = ["hello_2.10-3_amd64.deb"] },
        BadResult("another package in the .buildinfo", ["digests-disagree"]) { $0.draft.recorded = [1, 2, 3] },
    ]
}

@Suite struct BuildResultTests {
    /// A world whose build for amd64 is under way.
    private func building() async throws -> (world: World, build: Int64) {
        let world = try await World()
        try await world.send(Draft(), session: "source")
        let order = try await world.catalog.claimBuild(
            by: "local", able: BuildAbility(architectures: [Architecture("amd64")!]), lease: 1 << 40, now: 2)
        return (world, try #require(order).record.id)
    }

    private func letters(_ world: World) async throws -> [Letter] {
        try await world.letters().filter { $0.identity != "upload-1-accepted" }
    }

    @Test func theResultIsPublishedAndTheBuildSucceeds() async throws {
        let (world, build) = try await building()
        let records = try await world.send(BuiltDraft().files(), session: "build", path: "builds/\(build)")
        #expect(records.map(\.verdict.findings) == [[]])
        #expect(records.map(\.verdict.outcome) == [.accepted])
        #expect(try await world.catalog.build(build)?.state == .succeeded)
        #expect(try await world.catalog.file(named: FileName("hello_2.10-3_amd64.deb")!, inArchive: World.tools) != nil)
        #expect(try world.sessions(.landed) + world.sessions(.kept) == [])
        #expect(try await letters(world).isEmpty, "nobody is mailed for a build that succeeds")
    }

    /// What a blocked builder signs changes nothing, not even the build.
    @Test func aBlockedBuildersResultIsRefused() async throws {
        let (world, build) = try await building()
        let key = try #require(try await world.catalog.builderKey("local"))
        try await world.catalog.setBlocked(true, key: key)
        let records = try await world.send(BuiltDraft().files(), session: "build", path: "builds/\(build)")
        #expect(records.map(\.codes) == [["blocked-key"]])
        #expect(records.map(\.verdict.outcome) == [.rejected])
        #expect(try await world.catalog.build(build)?.state == .building, "it is another builder's")
        #expect(try await letters(world).isEmpty)
    }

    /// Beside others it is left out, and said so.
    @Test func aPackageOfTheInstallerIsNotPublished() async throws {
        let (world, build) = try await building()
        var draft = BuiltDraft()
        draft.more = ["hello_2.10-3_amd64.udeb"]
        let record = try #require(try await world.send(draft.files(), session: "b", path: "builds/\(build)").first)
        #expect(record.codes == ["not-published"], "\(record.verdict.findings)")
        #expect(record.verdict.outcome == .accepted)
        let udeb = try await world.catalog.file(named: FileName("hello_2.10-3_amd64.udeb")!, inArchive: World.tools)
        #expect(udeb == nil)
    }

    @Test(arguments: BadResult.all)
    func aWrongResultFailsTheBuild(_ bad: BadResult) async throws {
        let (world, build) = try await building()
        var files = try await bad.draft.files()
        for name in bad.leaveOut { files[name] = nil }
        let record = try #require(try await world.send(files, session: "b", path: "builds/\(build)").first)
        #expect(record.codes == bad.codes, "\(record.verdict.findings)")
        #expect(record.verdict.outcome == .rejected)
        #expect(try await world.catalog.build(build)?.state == .failed)
        #expect(try await letters(world).map(\.recipient.address) == ["alice@example.org"])
    }

    /// A rebuild's packages are taken for that build, and no others for it.
    @Test(arguments: ["2.10-3+b1", "2.10-3", "2.10-3+b2"])
    func aRebuildsResultHasItsVersion(_ version: String) async throws {
        let (world, first) = try await building()
        try await world.send(BuiltDraft().files(), session: "first", path: "builds/\(first)")
        let build = try await world.rebuild("hello")
        var draft = BuiltDraft()
        (draft.version, draft.packageVersion) = (version, version)
        draft.sourceVersion = version == "2.10-3" ? nil : "2.10-3"
        draft.prepare = "echo anew > anew"
        let record = try #require(try await world.send(draft.files(), session: "b", path: "builds/\(build)").first)
        let isRight = version == "2.10-3+b1"
        #expect(record.verdict.outcome == (isRight ? .accepted : .rejected), "\(record.verdict.findings)")
        #expect(isRight || record.codes.contains("not-the-build"))
        #expect(try await world.catalog.build(build)?.state == (isRight ? .succeeded : .failed))
    }

    @Test func noOtherBuildHasARebuildsVersion() async throws {
        let (world, build) = try await building()
        var draft = BuiltDraft()
        (draft.version, draft.packageVersion, draft.sourceVersion) = ("2.10-3+b1", "2.10-3+b1", "2.10-3")
        let record = try #require(try await world.send(draft.files(), session: "b", path: "builds/\(build)").first)
        #expect(record.codes == ["not-the-build"])
    }

    @Test func aPersonMayNotSendResults() async throws {
        let (world, build) = try await building()
        var draft = BuiltDraft()
        draft.signer = .alice
        let record = try #require(try await world.send(draft.files(), session: "b", path: "builds/\(build)").first)
        #expect(record.codes.isSuperset(of: ["no-such-target", "not-source-only"]))
        #expect(try await world.catalog.build(build)?.state == .building, "nothing happens to the build")
    }

    @Test func aResultNobodyWaitsForIsRefused() async throws {
        let (world, build) = try await building()
        try await world.send(BuiltDraft().files(), session: "b1", path: "builds/\(build)")
        let record = try await world.send(BuiltDraft().files(), session: "b2", path: "builds/\(build)").first
        #expect(record?.codes == ["build-not-awaited"])
        #expect(try await world.catalog.build(build)?.state == .succeeded)
    }
}

extension World {
    /// Wants a source of alice's tools built once more, and has it begun.
    /// - Returns: the number of the build.
    fileprivate func rebuild(_ source: String) async throws -> Int64 {
        let alice = try #require(try await catalog.person(named: OwnerName("alice")!))
        let key = try #require(try await catalog.keys(of: alice).first)
        let rebuild = PackageRebuild(
            in: World.tools, [PackageName(source)!], suites: nil, architectures: nil, reason: "for a test", by: alice,
            key)
        let order = CommandOrder(
            signature: "rebuild", signingKey: key, signer: alice, origin: "test", title: "test", text: "", received: 1,
            isDryRun: false, findings: [], steps: [CommandStep(paragraph: "", effect: .rebuild(rebuild), findings: [])])
        let report = try await catalog.carryOut(order, now: 1) { _ in [] }
        #expect(report.isDone, "\(report)")
        let claimed = try await catalog.claimBuild(
            by: "local", able: BuildAbility(architectures: [Architecture("amd64")!]), lease: 1 << 40, now: 2)
        return try #require(claimed).record.id
    }
}
