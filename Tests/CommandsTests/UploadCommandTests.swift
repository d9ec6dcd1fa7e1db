import ArchiveModel
import Catalog
import DebianControl
import Testing

/// Commands about uploads that wait: whose they are, what they say, and what is ordered.
@Suite struct UploadCommandTests {
    /// Files of alice's upload 1, delayed; of her upload 2, which waits in NEW; of bob's upload 3; 4 is accepted.
    private static func fixture() async throws -> CommandFixture {
        let fixture = try await CommandFixture()
        let tools = "~alice/debian/tools"
        try await fixture.hold("\(tools)/DELAYED/3-day/hello_1.0_source.changes", of: "alice", .held)
        try await fixture.hold("\(tools)/bye_2.0_source.changes", of: "alice", .held)
        try await fixture.hold("~bob/debian/x/hello_1.0_source.changes", of: "bob", .held)
        try await fixture.hold("\(tools)/done_1.0_source.changes", of: "alice", .accepted)
        return fixture
    }

    struct Row: CustomTestStringConvertible {
        let text: String
        let codes: [String]
        /// The uploads that something is ordered about.
        let uploads: [Int64]
        var isAdmin = false
        var testDescription: String { text + (isAdmin ? " by an admin" : "") }

        init(_ text: String, _ codes: [String] = [], _ uploads: [Int64] = [], isAdmin: Bool = false) {
            (self.text, self.codes, self.uploads, self.isAdmin) = (text, codes, uploads, isAdmin)
        }
    }

    private static func action(_ fields: String) -> String { "Archive: ppa.example.org\n\nAction: \(fields)\n" }

    static let rows: [Row] = [
        Row(action("cancel\nUpload: 1"), [], [1]),
        Row(action("Cancel\nUpload: 1\nReason: a slip"), [], [1]),
        Row(action("reschedule\nUpload: 1\nDelay: 7-day"), [], [1]),
        Row(action("cancel\nUpload: 3"), ["no-right"]),
        Row(action("cancel\nUpload: 3"), [], [3], isAdmin: true),
        Row(action("cancel\nUpload: 4"), ["no-upload"]),
        Row(action("reject\nUpload: 3\nReason: no"), ["no-right"]),
        Row(action("reject\nUpload: 3\nReason: no"), [], [3], isAdmin: true),
        Row(action("reject\nUpload: 1\nReason: no"), [], [1]),
        Row(action("accept\nUpload: 3"), ["no-right"]),
        Row(action("accept\nUpload: 3"), ["not-possible"], isAdmin: true),
        Row(action("accept\nUpload: 1"), ["not-possible"]),
        Row(action("accept\nUpload: 2\nSection: utils\nPriority: optional\nComponent: main"), [], [2]),
        Row(action("accept\nUpload: 2\nComponent: contrib"), ["unknown-component"]),
        Row(action("accept\nUpload: 2\nSection: nonsense"), ["bad-value"]),
        Row(action("accept\nUpload: 2\nPriority: -"), ["bad-value"]),
        Row(action("reject\nUpload: 2\nReason: no\nSection: utils"), ["unknown-field"]),
        Row("Commands: cancel hello_1.0_source.changes\n", [], [1]),
        Row("Uploader: x\nCommands:\n reschedule hello_1.0_source.changes 0-day\n", [], [1]),
        Row("Commands: rm bye_2.0.dsc\n", [], [2]),
        Row("Commands: rm hello_1.0.dsc\n", ["no-upload"]),
        Row("Commands: rm DELAYED/3-day/hello_1.0.dsc\n", [], [1]),
        Row("Commands: rm DELAYED/2-day/hello_1.0.dsc\n", ["no-upload"]),
        Row("Commands: rm --searchdirs hello_1.0* bye*\n", [], [1, 2]),
        Row("Commands: rm done_1.0.dsc\n", ["no-upload"]),
        Row("Commands: cancel ../../target/hello_1.0_source.changes\n", ["bad-command"]),
        Row("Commands:\n cancel hello_1.0_source.changes\n cancel ../hello_1.0_source.changes\n", ["bad-command"]),
        Row("Commands: rm DELAYED/../hello_1.0.dsc\n", ["bad-command"]),
        Row("Commands: reschedule hello_1.0_source.changes 3-day 4-day\n", ["bad-command"]),
        Row(action("cancel\nUpload: 1\n\nAction: cancel\nUpload: 3"), ["no-right"]),
        Row("Commands:\n cancel bye_2.0_source.changes\n rm nothing.dsc\n", ["no-upload"]),
        Row("Commands: cancel hello_1.0_source.changes\n", [], [1], isAdmin: true),
        Row("Dry-Run: yes\n" + action("cancel\nUpload: 1")),
    ]

    @Test(arguments: rows)
    func orders(_ row: Row) async throws {
        let fixture = try await Self.fixture()
        if row.isAdmin {
            let alice = try #require(try await fixture.catalog.person(named: OwnerName("alice")!))
            try await fixture.catalog.setAdmin(true, person: alice)
        }
        let report = try await fixture.run(row.text)
        #expect((report.findings + report.results.flatMap(\.findings)).map(\.code) == row.codes)
        #expect(report.isDone == row.codes.isEmpty)
        var ordered: [Int64] = []
        for upload in try await fixture.catalog.latestUploads(limit: 10).reversed() {
            let orders = try await fixture.catalog.orders(about: upload.identity)
            if orders.count > 0 { ordered.append(upload.id) }
            #expect((upload.retryAt != nil) == (orders.count > 0), "what is ordered is due")
        }
        #expect(ordered == row.uploads)
    }

    @Test func aDelayBeginsNow() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.run(Self.action("reschedule\nUpload: 1\nDelay: 2-day"))
        let upload = try #require(try await fixture.catalog.upload(1))
        let orders = try await fixture.catalog.orders(about: upload.identity)
        #expect(orders.due == CommandRunnerTests.now + 2 * 86_400)
        #expect(orders.ending == nil)
    }

    @Test func whoRefusesSaysWhy() async throws {
        let fixture = try await Self.fixture()
        let bob = try #require(try await fixture.catalog.person(named: OwnerName("bob")!))
        try await fixture.catalog.setAdmin(true, person: bob)
        let key = Fingerprint(String(repeating: "B", count: 40))!
        _ = try await fixture.run(Self.action("reject\nUpload: 1\nReason: a second copy of zlib"), signer: key)
        let upload = try #require(try await fixture.catalog.upload(1))
        let orders = try await fixture.catalog.orders(about: upload.identity)
        #expect(orders.ending?.person == OwnerName("bob"))
        #expect(orders.ending?.reason == "a second copy of zlib")
    }
}

extension CommandFixture {
    /// The receipt of an upload with a `.dsc`.
    fileprivate func hold(_ path: String, of signer: String, _ outcome: Verdict.Outcome) async throws {
        guard let person = try await catalog.person(named: OwnerName(signer)!) else { return }
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        let dsc = name.replacing("_source.changes", with: ".dsc")
        let archive = try await catalog.archive(ArchiveReference("~alice/debian/tools")!)
        let waiting = archive.map {
            WaitingSource(
                archive: $0.id, suite: SuiteName("bookworm")!, name: PackageName("bye")!,
                version: PackageVersion("2.0")!)
        }
        try await catalog.record(
            UploadIdentity(session: "s", path: path, sha256: name), received: 1, now: 1
        ) { number in
            let parts = path.split(separator: "/").prefix(3).joined(separator: "/")
            let verdict = Verdict(outcome, archive: ArchiveReference(parts), package: name)
            let report = UploadReport(
                upload: number, changesName: name, verdict: verdict, files: [UploadReport.File(name: dsc, size: 1)])
            return Decision(
                verdict: verdict, report: report, letters: [], signer: person,
                waiting: name.hasPrefix("bye") ? waiting : nil)
        }
    }
}
