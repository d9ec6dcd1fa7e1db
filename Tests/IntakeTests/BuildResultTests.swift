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
