internal import ArchiveModel
internal import ArgumentParser
internal import DebianControl
internal import OpenPGP
internal import PackageFiles
internal import SourceTree

/// What a finding's code means, for whoever got one.
struct ChecksVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checks", abstract: "Says what is checked: each code that a finding may have, and its rule.")

    @Argument(help: "Codes, such as wrong-digest; by default all.")
    var codes: [String] = []

    @OptionGroup var output: OutputOptions

    @Flag(help: "Print a table for docs/checks.md.")
    var markdown = false

    func run() throws {
        let chosen = try codes.isEmpty ? KnownCheck.all : codes.map(KnownCheck.named)
        try output.show(chosen) { checks in
            markdown ? KnownCheck.table(checks) : checks.map(\.line).joined(separator: "\n")
        }
    }
}

/// One rule, wherever it is enforced.
struct KnownCheck: Encodable {
    let code: String
    let about: String
    let rule: String
    let origin: String?

    static let all =
        of(SignatureRule.self, about: "signature") + of(MistakeKind.self, about: "form of a file")
        + of(DebRule.self, about: "binary package") + of(TreeRule.self, about: "source tree")
        + of(LintianRule.self, about: "lintian") + of(FindingCode.self, about: "archive")

    static func named(_ code: String) throws -> KnownCheck {
        guard let check = all.first(where: { $0.code == code }) else {
            throw Refusal(.noSuch, "There is no check \(code). All of them: slipway checks")
        }
        return check
    }

    static func table(_ checks: [KnownCheck]) -> String {
        let rows = checks.map { "| `\($0.code)` | \($0.about) | \($0.rule) | \($0.origin ?? "") |" }
        return (["| code | about | rule | from |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }

    var line: String { "\(code): \(rule)" + (origin.map { " (\($0))" } ?? "") }

    private static func of<Rule: CodedRule>(_ rules: Rule.Type, about: String) -> [KnownCheck] {
        rules.allCases.map { KnownCheck(code: $0.code, about: about, rule: $0.rule, origin: $0.origin) }
    }
}
