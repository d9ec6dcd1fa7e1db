import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// Packages that people upload.
@Suite struct UploadedPackageTests {
    /// A world whose PPA takes packages, and has the source of hello.
    private static func world(source: Draft = Draft(), hasSource: Bool = true) async throws -> World {
        let world = try await World()
        try await world.catalog.setTakesBinaries(true, of: try await world.archive())
        if hasSource { try await world.send(source, session: "source") }
        return world
    }

    private static func built(_ change: (inout BuiltDraft) -> Void = { _ in }) -> BuiltDraft {
        var draft = BuiltDraft()
        draft.signer = .alice
        change(&draft)
        return draft
    }

    private static func send(_ draft: BuiltDraft, to world: World, session: String = "b") async throws -> UploadRecord {
        try #require(try await world.send(draft.files(), session: session).first { $0.identity.session == session })
    }

    private static func live(_ world: World) async throws -> [String] {
        let suite = try #require(try await world.archive().suite(SuiteName("bookworm")!))
        let snapshot = try #require(try await world.catalog.snapshot(ofSuite: suite.id))
        return snapshot.binaries.map(\.file.name.description)
    }

    private static func builds(_ world: World) async throws -> [String] {
        try await world.catalog.builds(limit: 10).reversed().map { "\($0.architecture) \($0.state.rawValue)" }
    }

    /// A source with its packages.
    private static func mixed(_ change: (inout Draft) -> Void = { _ in }) async throws -> Draft {
        let deb = try await built().deb()
        var draft = Draft()
        draft.architecture = "source amd64"
        draft.more = ["hello_2.10-3_amd64.deb": deb]
        draft.editChanges = { "Binary: hello\nDescription:\n hello - greets\n" + $0 }
        change(&draft)
        return draft
    }

    @Test func areTakenBesideTheirSource() async throws {
        let world = try await Self.world()
        let record = try await Self.send(Self.built(), to: world)
        #expect(record.verdict.outcome == .accepted, "\(record.verdict.findings)")
        #expect(try await Self.live(world) == ["hello_2.10-3_amd64.deb"])
        #expect(try await Self.builds(world) == ["amd64 cancelled", "i386 wanted"])
        #expect(try await world.letters().last?.identity == "upload-\(record.id)-accepted")
        #expect(try await world.catalog.records(ofUpload: record.id).count == 2, "the .changes and the .buildinfo")
    }

    @Test func areTakenWithTheirSource() async throws {
        let world = try await Self.world(hasSource: false)
        let record = try await world.send(try await Self.mixed())
        #expect(record.verdict.outcome == .accepted, "\(record.verdict.findings)")
        #expect(try await Self.live(world) == ["hello_2.10-3_amd64.deb"])
        #expect(try await Self.builds(world) == ["i386 wanted"])
    }

    @Test func elsewhereOnlySourcesAreTaken() async throws {
        let world = try await World()
        try await world.send(Draft(), session: "source")
        #expect(try await Self.send(Self.built(), to: world).codes.contains("not-source-only"))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let codes: Set<String>
        var draft: BuiltDraft

        init(_ what: String, _ codes: Set<String>, _ change: (inout BuiltDraft) -> Void) {
            (testDescription, self.codes) = (what, codes)
            draft = UploadedPackageTests.built(change)
        }
    }

    static let rows = [
        Row("of a source that is not here", ["source-not-here"]) { $0.version = "2.10-9" },
        Row("of another source", ["source-disagrees"]) { $0.packageSource = "goodbye" },
        Row("for another machine", ["no-architecture"]) { $0.architecture = "riscv64" },
        Row("damaged", ["deb-not-an-archive", "wrong-digest"]) {
            $0.alterDeb = { [UInt8(ascii: "x")] + $0.dropFirst() }
        },
        Row("other than the .buildinfo says", ["digests-disagree"]) { $0.recorded = [1, 2, 3] },
        Row("other than the signed .buildinfo says", ["digests-disagree"]) {
            ($0.recorded, $0.signsBuildinfo) = ([1, 2, 3], true)
        },
        Row("with a pipe", ["deb-special-file"]) { $0.prepare = "mkfifo pipe" },
        Row("with a file of 1970", ["deb-time-out-of-range"]) { $0.date = "1970-01-02" },
        Row("with a file of next week", ["deb-time-out-of-range"]) { $0.date = "7 days" },
    ]

    @Test(arguments: rows)
    func areRefused(_ row: Row) async throws {
        let world = try await Self.world()
        let record = try await Self.send(row.draft, to: world)
        #expect(record.verdict.outcome == .rejected)
        #expect(record.codes == row.codes, "\(record.verdict.findings)")
        #expect(try await Self.live(world) == [])
    }

    @Test func aSignedBuildinfoIsReadAsWell() async throws {
        let world = try await Self.world()
        let record = try await Self.send(Self.built { $0.signsBuildinfo = true }, to: world)
        #expect(record.verdict.outcome == .accepted, "\(record.verdict.findings)")
    }

    @Test func whatRunsAsAnotherUserIsToldOf() async throws {
        let world = try await Self.world()
        let record = try await Self.send(
            Self.built { $0.prepare = "chmod 4755 file" }, to: world)
        #expect(record.codes == ["deb-set-id"])
        #expect(record.verdict.outcome == .accepted)
    }

    @Test func partsOfSourcesThatNobodyHasAreToldOf() async throws {
        let world = try await Self.world()
        let suite = try #require(try await world.catalog.suites().first { $0.name.text == "bookworm" })
        let known = BaseSource(
            try #require(PackageName("golang-x")), try #require(PackageVersion("1.0-1")), component: .main)
        let draft = Self.built {
            $0.fields = "Built-Using: golang-x (= 1.0-1), golang-y (= 2)\nStatic-Built-Using: hello (= 2.10-3)\n"
        }
        try await world.catalog.setBase([known], of: suite, now: 1)
        let record = try await Self.send(draft, to: world)
        #expect(record.codes == ["built-using-unknown"])
        #expect(record.verdict.outcome == .accepted)
        #expect(record.verdict.findings.map(\.got) == ["golang-y (= 2)"])
    }

    @Test func theSamePackageIsNotTakenTwice() async throws {
        let world = try await Self.world()
        _ = try await Self.send(Self.built(), to: world)
        let other = Self.built { $0.prepare = "echo y >file" }
        let again = try await Self.send(other, to: world, session: "again")
        #expect(again.codes == ["file-differs-from-published", "version-taken"], "\(again.verdict.findings)")
    }

    @Test func anOlderPackageIsRefused() async throws {
        let world = try await Self.world()
        _ = try await Self.send(Self.built { $0.packageVersion = "3" }, to: world)
        let older = Self.built { $0.packageVersion = "1" }
        #expect(try await Self.send(older, to: world, session: "older").codes == ["version-not-newer"])
    }

    @Test func whatOneBuildMakesComesAsAWhole() async throws {
        var source = Draft()
        source.sourceArchitecture = "any all"
        let world = try await Self.world(source: source)
        #expect(try await Self.send(Self.built(), to: world).codes == ["packages-incomplete"])
    }

    /// The build goes on without them.
    @Test func packagesForAllAreNotMadeOnceMore() async throws {
        var source = Draft()
        source.sourceArchitecture = "any all"
        let world = try await Self.world(source: source)
        let record = try await Self.send(Self.built { $0.architecture = "all" }, to: world)
        #expect(record.verdict.outcome == .accepted, "\(record.verdict.findings)")
        #expect(try await world.catalog.builds(limit: 10).allSatisfy { $0.state == .wanted && !$0.buildsAll })
    }

    @Test func newNamesOfPackagesWait() async throws {
        let world = try await Self.world()
        try await world.catalog.setNew(true, of: try await world.archive())
        let held = try await Self.send(Self.built { $0.package = "hello-extra" }, to: world)
        #expect(held.verdict.outcome == .held, "\(held.verdict.findings)")
        #expect(held.verdict.waitsFor.first?.contains("(hello-extra)") == true)
    }
}
