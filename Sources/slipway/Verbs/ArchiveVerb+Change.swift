internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import Commands

extension ArchiveVerb {
    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Changes what is said of an archive, as the action change-ppa does.",
            discussion: SettingWords.help)
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument(help: "Field=value: Newer-Than=bookworm.") var fields: [String]

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let archive = try await knownArchive(reference, in: catalog)
            let settings = try await SettingWords.read(fields, for: archive, in: catalog)
            try await refusingConflicts {
                for sentence in try await catalog.change(archive.reference, settings) { print(sentence) }
            }
        }
    }
}

/// The fields that commands know, on a command line.
enum SettingWords {
    static let help =
        "Fields:\n"
        + PPASettings.laterFields.map { "  \($0.name)=\($0.shape)\n    \($0.meaning)" }.joined(separator: "\n")

    /// Of an archive that is still to be made.
    /// - Throws: `Refusal` with all that is wrong with them.
    static func read(
        _ words: [String], for archive: ArchiveReference, suites: [SuiteName], in catalog: Catalog
    ) async throws -> ArchiveSettings {
        let settings = try PPASettings.read(words: words).mapError { refusal($0.findings) }.get()
        let findings = try await PPASettings.findings(
            settings, distribution: archive.distribution, suites: suites, in: catalog)
        guard findings.isEmpty else { throw refusal(findings) }
        return settings
    }

    /// - Throws: `Refusal` with all that is wrong with them.
    static func read(
        _ words: [String], for archive: Archive, in catalog: Catalog
    ) async throws -> ArchiveSettings {
        let settings = try PPASettings.read(words: words, isLater: true).mapError { refusal($0.findings) }.get()
        let findings =
            try await PPASettings.findings(
                settings, distribution: archive.reference.distribution,
                suites: settings.suites ?? archive.suites.map(\.name), in: catalog)
            + catalog.suiteObstacles(to: settings, in: archive)
        guard findings.isEmpty else { throw refusal(findings) }
        return settings
    }

    private static func refusal(_ findings: [Finding]) -> Refusal {
        let lines = findings.map { finding in
            [finding.field, finding.sentence, finding.expected.map { "Expected: \($0)." }].compactMap(\.self)
                .joined(separator: ": ")
        }
        return Refusal(.usage, lines.joined(separator: "\n"))
    }
}
