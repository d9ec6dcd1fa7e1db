import ArchiveModel
import DebianControl
import DurableFiles
import Foundation
import Subprocess
import SystemPackage
import Testing

@testable import SourceTree

/// lintian itself, behind the walls.
@Suite(.enabled(if: Lintian.isInstalled, "lintian is not installed"))
struct LintianTests {
    @Test(arguments: [(LintianTags.Weight.fatal, Finding.Severity.error), (.nonfatal, .error), (.warning, .warning)])
    func aTagIsAFinding(weight: LintianTags.Weight, severity: Finding.Severity) async throws {
        let found = try await findings("native", ["debian-rules-missing-required-target": weight])
        // One for each target that is missing.
        #expect(
            found.count == 7 && found.allSatisfy { $0.code == "lintian-tag" && $0.severity == severity }, "\(found)")
        #expect(found.first?.file == "debian/rules")
    }

    @Test func tagsThatNobodyChoseAreLeftOut() async throws {
        #expect(try await findings("native", ["source-is-missing": .fatal]) == [])
    }

    /// The package overrides the tag.
    @Test(arguments: [(LintianTags.Weight.fatal, 7), (.nonfatal, 0), (.warning, 0)])
    func anOverrideCountsWhereItMay(weight: LintianTags.Weight, count: Int) async throws {
        let found = try await findings("overridden", ["debian-rules-missing-required-target": weight])
        #expect(found.count == count, "\(found)")
    }

    @Test func whatTakesTooLongIsEnded() async throws {
        var limits = LintianLimits()
        limits.seconds = 0
        let found = try await findings("native", ["source-is-missing": .fatal], limits: limits)
        #expect(found.map(\.code) == ["lintian-beyond-limits"])
    }

    @Test func aLintianThatDoesNotStartIsOurFault() async throws {
        await #expect(throws: UnpackFailure.self) {
            try await findings("native", ["source-is-missing": .fatal], profile: "nobody")
        }
    }

    @Test func aFullDiskIsOurFault() async throws {
        var limits = LintianLimits()
        limits.freeDisk = .max / 2
        await #expect(throws: UnpackFailure.self) {
            try await findings("native", ["source-is-missing": .fatal], limits: limits)
        }
    }

    /// All that lintian knows, with and without the walls: they hide nothing of the package from it.
    @Test(arguments: ["native", "quilt-patched"])
    func theWallsChangeNothing(kind: String) async throws {
        let odd = try await OddSource(kind)
        let command =
            "lintian --allow-root --no-cfg -EvIL +pedantic --show-overrides --fail-on none *.changes | grep -v ^N:"
        try Durably.write(Array(odd.upload.changes.utf8), to: odd.folder.appending(odd.upload.name.description))
        let outside = try await run(
            .path("/bin/sh"), arguments: ["-c", command], workingDirectory: odd.folder, output: .string(limit: 1 << 20),
            error: .discarded)
        let expected = Set(LintianReport(reading: outside.standardOutput).hints.map(\.tag))
        #expect(!expected.isEmpty)
        let tags = LintianTags(Dictionary(uniqueKeysWithValues: expected.map { ($0, .fatal) }))
        let found = try await findings(kind, tags.weights)
        #expect(Set(found.compactMap(\.got)) == expected)
        try odd.remove()
    }

    private func findings(
        _ kind: String, _ tags: [String: LintianTags.Weight], profile: String? = nil,
        limits: LintianLimits = .standard
    ) async throws -> [Finding] {
        let odd = try await OddSource(kind)
        let bench = try Bench()
        let lintian = Lintian(tags: LintianTags(tags), profile: profile, limits: limits)
        let result: Result<[Finding], any Error>
        do {
            result = .success(try await bench.unpacker.findings(in: odd.upload, by: lintian))
        } catch {
            result = .failure(error)
        }
        #expect(try bench.leftovers == [])
        try odd.remove()
        try bench.remove()
        return try result.get()
    }
}
