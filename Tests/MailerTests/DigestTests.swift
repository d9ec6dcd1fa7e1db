import ArchiveModel
import Catalog
import Logging
import MailFormat
import SystemPackage
import Testing

@testable import Mailer

/// What the admin is told once a day.
struct DigestTests {
    /// Sat, 21 Nov 2026 05:00:00 UTC
    private static let morning: Int64 = 1_795_237_200

    private struct Day {
        let catalog: Catalog
        let time: OutboxTests.TestTime

        func service() throws -> DigestService {
            let time = time
            return DigestService(
                catalog: catalog, admin: try #require(MailAddress("admin@example.org")), hour: 6,
                disks: { [.init(path: "/var/lib/slipway", free: 3 << 30)] },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { time.now })
        }

        func upload(_ name: String, _ outcome: Verdict.Outcome, _ findings: [Finding] = []) async throws {
            let now = time.now
            try await catalog.record(
                UploadIdentity(session: name, path: "x.changes", sha256: name), received: now, now: now
            ) { number in
                let verdict = Verdict(outcome, findings: findings)
                return Decision(
                    verdict: verdict, report: UploadReport(upload: number, changesName: name, verdict: verdict),
                    letters: [], signer: nil, retryAt: outcome == .failed ? now + 60 : nil)
            }
        }

        func digests() async throws -> [DigestReport] {
            try await catalog.letters(limit: 99).reversed().compactMap { entry in
                guard case .digest(let report)? = entry.letter?.content else { return nil }
                return report
            }
        }
    }

    private func withDay(_ body: (Day) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let catalog = try Catalog(path: folder.appending("catalog").string)
            try await body(Day(catalog: catalog, time: OutboxTests.TestTime(Self.morning)))
        }
    }

    @Test func itTellsOfTheDayOnceAlsoAfterARestart() async throws {
        try await withDay { day in
            try await day.upload("a", .accepted)
            try await day.upload("b", .accepted)
            try await day.upload("c", .rejected)
            for name in ["d", "e"] { try await day.upload(name, .ignored, [Finding(.signerUnknown, "Who?")]) }
            try await day.service().queueIfDue()
            #expect(try await day.digests().isEmpty, "it is before six: the day that is over was quiet")
            day.time.pass(3600)
            for _ in 0..<3 { try await day.service().queueIfDue() }
            let report = try #require(try await day.digests().first)
            #expect(try await day.digests().count == 1)
            #expect(report.counts == [.init("uploads accepted", 2), .init("uploads rejected", 1)])
            #expect(report.ignored == [.init("signer-unknown", 2)])
            #expect(report.failures.isEmpty && report.until == Self.morning + 3600)
            day.time.pass(86_400)
            try await day.service().queueIfDue()
            #expect(try await day.digests().count == 1, "nothing happened")
        }
    }

    @Test func whatHappenedInThisSecondIsToldToWhoAsksNow() async throws {
        try await withDay { day in
            try await day.upload("a", .accepted)
            let report = try await day.catalog.digestOfLastDay(now: day.time.now, disks: [])
            #expect(report.counts == [.init("uploads accepted", 1)])
        }
    }

    @Test func whatFailsIsToldEachDay() async throws {
        try await withDay { day in
            try await day.upload("a", .failed)
            for _ in 0..<2 {
                day.time.pass(86_400)
                try await day.service().queueIfDue()
            }
            let failures = ["Upload 1, x.changes, failed 1 times."]
            #expect(try await day.digests().map(\.failures) == [failures, failures])
        }
    }

    /// What is on a day on which nothing else happened.
    @Test func aDiskThatIsShortIsToldOfByItself() throws {
        func report(free: Int64) -> DigestReport {
            DigestReport(
                since: 0, until: 86_400, counts: [], ignored: [], failures: [], queues: [],
                disks: [.init(path: "/", free: free, floor: 1 << 30)])
        }
        #expect(report(free: 1 << 30).isQuiet && !report(free: (1 << 30) - 1).isQuiet)
    }

    @Test func itReadsLikeThis() throws {
        let tools = try #require(ArchiveReference("~alice/debian/tools"))
        let debian = try #require(ArchiveReference("debian"))
        let rooms = DigestReport.Rooms(
            nearlyFull: [.init(archive: tools, used: 7 << 30, limit: 8 << 30)], moreNearlyFull: 2,
            largest: [
                .init(archive: debian, used: 90 << 30, limit: nil),
                .init(archive: tools, used: 7 << 30, limit: 8 << 30),
            ])
        let report = DigestReport(
            since: Self.morning - 82_800, until: Self.morning + 3600,
            counts: [.init("uploads accepted", 12), .init("builds failed", 1)], ignored: [.init("unknown-key", 2)],
            failures: ["Mail 3 to alice@example.org was given up: No."],
            queues: [.init("mails", length: 3, age: 7260), .init("suites to publish", length: 1, age: nil)],
            disks: [
                .init(path: "/var/lib/slipway", free: 5 << 29), .init(path: "/var/tmp", free: 1 << 29, floor: 1 << 30),
            ], rooms: rooms)
        let mail = try LetterWriter(ExampleLetters.configuration).mail(
            for: ExampleLetters.letter(.digest(report), identity: "digest-2026-11-21", reason: "you are the admin"),
            date: 0)
        #expect(mail.subject.text == "[ppa.example.org] The last day: 1 to look at")
        #expect(
            mail.body == """
                From Fri, 20 Nov 2026 06:00:00 UTC to Sat, 21 Nov 2026 06:00:00 UTC.

                To look at:

                - Mail 3 to alice@example.org was given up: No.

                What happened:

                         12  uploads accepted
                          1  builds failed

                Uploads that were ignored, as nobody registered is proven to have sent them:

                          2  unknown-key

                What waits:

                          3  mails, the first for 2 h 1 min
                          1  suites to publish

                Archives that have used more than 80 % of their room:

                         87 %  ~alice/debian/tools: 7.0 GiB of 8.0 GiB
                             and 2 more

                The largest archives:

                     90.0 GiB  debian
                      7.0 GiB  ~alice/debian/tools

                Free on the disk of /var/lib/slipway: 2.5 GiB.
                Free on the disk of /var/tmp: 512 MiB, too little; 1.0 GiB stay free.

                --\u{20}
                You get this mail from ppa.example.org because you are the admin.
                https://ppa.example.org/

                """)
    }
}
