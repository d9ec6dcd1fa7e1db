import ArchiveModel
import Catalog
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

    /// Nobody's upload is refused because of it, and none gets around it.
    @Test func aLintianThatFailsIsOurFault() async throws {
        let (world, record) = try await Self.send(Self.policy(.fatal, profile: "nobody"))
        #expect(record.verdict.outcome == .failed && record.verdict.findings.isEmpty)
        #expect(try await world.letters().map(\.recipient) == [MailAddress("admin@example.org")!])
    }

    @Test func whatIsRefusedAnywayIsNotShownToIt() async throws {
        let world = try await World(lintian: Self.policy(.fatal, profile: "nobody"))
        #expect(try await world.send(Draft()).codes == ["tarball-damaged"])
    }
}
