import ArchiveModel
import Catalog
import DebianControl
import SourceTree
import Testing

@testable import Intake

/// What lintian has to say about an upload, where it is asked.
@Suite(
    .enabled(if: RealPackage.toolsAreHere && Lintian.isInstalled, "lintian, dpkg-dev or devscripts are not installed"))
struct LintianTests {
    private static func policy(
        _ weight: LintianTags.Weight, archives: Set<LintianPolicy.Choice> = [.kind(.ppa)], profile: String? = nil
    ) -> LintianPolicy {
        LintianPolicy(
            Lintian(tags: LintianTags(["no-debian-copyright-in-source": weight]), profile: profile), archives: archives)
    }

    private static func send(_ policy: LintianPolicy) async throws -> (World, UploadRecord) {
        let world = try await World(lintian: policy)
        let files = try await RealPackage(format: "3.0 (quilt)").files()
        return (world, try #require(try await world.send(files).first))
    }

    @Test(arguments: [
        (LintianTags.Weight.fatal, Verdict.Outcome.rejected), (.nonfatal, .rejected), (.warning, .accepted),
    ])
    func aTagWeighsWhatTheAdminSays(weight: LintianTags.Weight, outcome: Verdict.Outcome) async throws {
        let (_, record) = try await Self.send(Self.policy(weight))
        #expect(record.verdict.outcome == outcome, "\(record.verdict.findings)")
        #expect(record.codes == ["copyright-missing", "lintian-tag"])
        #expect(record.verdict.findings.contains { $0.got == "no-debian-copyright-in-source" })
    }

    @Test func elsewhereItIsNotAsked() async throws {
        for archives: Set<LintianPolicy.Choice> in [[], [.kind(.primary)], [.archive(World.primary)]] {
            let (_, record) = try await Self.send(Self.policy(.fatal, archives: archives))
            #expect(record.verdict.outcome == .accepted)
        }
    }

    @Test func anArchiveMayBeNamed() async throws {
        #expect(LintianPolicy.Choice("~alice/debian/tools") == .archive(World.tools))
        #expect(LintianPolicy.Choice("ppa") == .kind(.ppa))
        #expect(LintianPolicy.Choice("~/x") == nil)
        let (_, record) = try await Self.send(Self.policy(.fatal, archives: [.archive(World.tools)]))
        #expect(record.verdict.outcome == .rejected)
    }

    @Test func archivesHaveTagsOfTheirOwn() async throws {
        let fatal = Lintian(tags: LintianTags(["no-debian-copyright-in-source": .fatal]))
        let warning = Lintian(tags: LintianTags(["no-debian-copyright-in-source": .warning]))
        let rows: [(own: [LintianPolicy.Choice: Lintian], outcome: Verdict.Outcome)] = [
            ([.kind(.ppa): warning], .accepted),
            ([.kind(.ppa): warning, .distribution(World.tools.distribution): fatal], .rejected),
            ([.distribution(World.tools.distribution): fatal, .archive(World.tools): warning], .accepted),
            ([.archive(World.primary): warning], .rejected),
        ]
        for (own, outcome) in rows {
            let (_, record) = try await Self.send(LintianPolicy(fatal, archives: [.kind(.ppa)], own: own))
            #expect(record.verdict.outcome == outcome)
        }
        #expect(LintianPolicy.Choice("debian/*") == .distribution(World.tools.distribution))
    }

    @Test(arguments: [
        (LintianPolicy.Builds.nothing, Verdict.Outcome.accepted, []), (.warn, .accepted, [Finding.Severity.warning]),
        (.refuse, .rejected, [.error]),
    ])
    func resultsOfBuildsAreLookedAtAsConfigured(
        builds: LintianPolicy.Builds, outcome: Verdict.Outcome, severities: [Finding.Severity]
    ) async throws {
        let lintian = Lintian(tags: LintianTags(["no-copyright-file": .fatal]))
        let world = try await World(lintian: LintianPolicy(lintian, archives: [.kind(.ppa)], builds: builds))
        let source = try #require(try await world.send(RealPackage(format: "3.0 (quilt)").files(), session: "s").first)
        #expect(source.verdict.outcome == .accepted, "\(source.verdict.findings)")
        let order = try await world.catalog.claimBuild(
            by: "local", able: BuildAbility(architectures: [Architecture("amd64")!]), lease: 1 << 40, now: 2)
        let build = try #require(order).record.id
        var draft = BuiltDraft()
        (draft.source, draft.package, draft.packageSource) = ("greet", "greet", "greet")
        (draft.version, draft.packageVersion) = ("1.0-1", "1.0-1")
        let result = try #require(try await world.send(draft.files(), session: "b", path: "builds/\(build)").first)
        #expect(result.verdict.outcome == outcome, "\(result.verdict.findings)")
        #expect(result.verdict.findings.map(\.severity) == severities)
        #expect(result.codes == (severities.isEmpty ? [] : ["lintian-tag"]))
    }

    /// Nobody's upload is refused because of it, and none gets around it.
    @Test func aLintianThatFailsIsOurFault() async throws {
        let (world, record) = try await Self.send(Self.policy(.fatal, profile: "nobody"))
        #expect(record.verdict.outcome == .failed && record.verdict.findings.isEmpty)
        #expect(try await world.letters().map(\.recipient) == [MailAddress("admin@example.org")!])
    }

    /// Five have a place, at work or waiting; the others are put back, and judged when there is room.
    @Test(.timeLimit(.minutes(5))) func moreThanMayWaitAreAllJudged() async throws {
        let world = try await World(lintian: Self.policy(.fatal), configure: { $0.judgementsAtOnce = 1 })
        let queue = try #require(world.service.sessions.judge.examination.lintian).small
        let others = await Occupants(of: queue, count: 5)
        for revision in 1...7 {
            let files = try await RealPackage(format: "3.0 (quilt)", revision: revision).files()
            try world.put(files, session: "s\(revision)")
        }
        async let judged = world.service.process()
        while await queue.countOutside < 7 { try await Task.sleep(for: .milliseconds(10)) }
        others.leave()
        let records = try await judged
        #expect(Set(records.map(\.id)).count == 7 && records.allSatisfy { $0.codes.contains("lintian-tag") })
        #expect(records.allSatisfy { $0.verdict.outcome == .rejected && $0.attempts == 1 })
        #expect(await queue.taken == 0)
    }

    /// A sweep leaves what waits for lintian to wait; other uploads, builds' results and orders need not.
    @Test(.timeLimit(.minutes(5))) func aSweepDoesNotWaitForIt() async throws {
        let world = try await World(
            lintian: Self.policy(.fatal),
            configure: {
                $0.judgementsAtOnce = 1
                $0.sweepInterval = .milliseconds(50)
            })
        let queue = try #require(world.service.sessions.judge.examination.lintian).small
        let others = await Occupants(of: queue, count: 5)
        try world.put(try await RealPackage(format: "3.0 (quilt)").files(), session: "slow")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await world.service.run() }
            // Also when something goes wrong: what waits for a place hears of no cancellation.
            defer {
                others.leave()
                group.cancelAll()
            }
            while await queue.countOutside < 1 { try await Task.sleep(for: .milliseconds(10)) }
            var draft = Draft()
            draft.distribution = "nosuchsuite"
            try world.put(try await draft.files(), in: "incoming", session: "quick")
            try world.land("quick")
            while try await world.catalog.outcomes(ofSession: "quick").isEmpty {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(await queue.countOutside == 1, "once, however often it was found")
            #expect(try await world.catalog.outcomes(ofSession: "slow").isEmpty)
        }
    }

    /// Whoever else has the places of a queue.
    private struct Occupants {
        private let ending: AsyncStream<Void>.Continuation

        init(of queue: SlowQueue, count: Int) async {
            let (end, ending) = AsyncStream<Void>.makeStream()
            self.ending = ending
            Task {
                try await withThrowingDiscardingTaskGroup { group in
                    for number in 1...count {
                        group.addTask {
                            try await queue.admitting(FileName("other\(number)")!) { for await _ in end {} }
                        }
                    }
                }
            }
            while await queue.taken < count { await Task.yield() }
        }

        func leave() { ending.finish() }
    }

    @Test func whatIsRefusedAnywayIsNotShownToIt() async throws {
        let world = try await World(lintian: Self.policy(.fatal, profile: "nobody"))
        #expect(try await world.send(Draft()).codes == ["tarball-damaged"])
    }
}
