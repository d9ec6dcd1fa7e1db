import Foundation
import Intake
import SourceTree
import SystemPackage
import Testing

@testable import slipway

/// What `slipway config check` and the start say of the settings about lintian.
@Suite(.enabled(if: Lintian.isInstalled, "lintian is not installed"))
struct LintianSettingsTests {
    private static func policy(
        _ tags: String, change: (inout Settings) -> Void = { _ in }
    ) throws -> (tags: [String], unknown: [String]) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("tags-\(UUID().uuidString)")
        try Data(tags.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var settings = Settings()
        settings.lintian.tags = FilePath(file.path)
        change(&settings)
        var unknown: [String] = []
        let policy = try Parts.lintianPolicy(settings) { unknown = $0 }
        return (policy?.lintian?.tags.weights.keys.sorted() ?? [], unknown)
    }

    private static let good = "lintian:\n  fatal:\n    - binary-in-etc\n"

    @Test func withoutTagsThereIsNone() throws {
        #expect(try Parts.lintianPolicy(Settings()) { _ in } == nil)
    }

    @Test func theExampleIsGood() throws {
        let example = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../etc/lintian.tags")
        let (tags, unknown) = try Self.policy(String(contentsOf: example, encoding: .utf8))
        #expect(tags.count > 20 && unknown == [])
    }

    @Test func tagsThatLintianDoesNotHaveAreToldAndLeftOut() throws {
        let (tags, unknown) = try Self.policy(Self.good + "    - no-such-tag\n")
        #expect(tags == ["binary-in-etc"] && unknown == ["no-such-tag"])
    }

    @Test(arguments: [
        ("lintian:\n  fatal:\n    - no-such-tag\n", "none of these tags"), ("nonsense\n", "neither"),
        ("lintian:\n", "no tags"),
    ])
    func aMistakeInTheFileIsTold(text: String, words: String) {
        let mistake = #expect(throws: ConfigurationMistake.self) { try Self.policy(text) }
        #expect(mistake?.mistake.contains(words) == true, "\(String(describing: mistake))")
    }

    @Test func mistakesInTheKeysAreTold() {
        let changes: [(key: String, change: (inout Settings) -> Void)] = [
            ("lintian.tags", { $0.lintian.tags = "/nonexistent" }),
            ("lintian.tags", { $0.intake.unpacksSources = false }),
            ("lintian.profile", { $0.lintian.profile = "--info" }),
            ("lintian.archives", { $0.lintian.archives = ["a b"] }),
            ("lintian.tagsOf", { $0.lintian.tagsOf = ["ppa"] }),
            ("lintian.tagsOf", { $0.lintian.tagsOf = ["debian/* /nonexistent"] }),
        ]
        for (key, change) in changes {
            let mistake = #expect(throws: ConfigurationMistake.self) { try Self.policy(Self.good, change: change) }
            #expect(mistake?.key == key)
        }
    }
}
