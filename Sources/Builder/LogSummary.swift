/// What the end of an sbuild log says about a failure.
///
/// A package can print anything into its log. What it prints comes before sbuild's own summary, and here the last word
/// counts; and that a build succeeded is never read out of the log.
struct LogSummary: Sendable, Equatable {
    /// `Fail-Stage` of the summary: `build`, `install-deps`, `create-session`.
    var stage: String?
    /// Packages that dose-debcheck named as missing.
    var missing: [String] = []
    private var couldNotFetch = false

    init(of log: String) {
        let lines = log.split(separator: "\n")
        let summary = lines.lastIndex { $0.hasPrefix("| Summary") }
        for line in lines[(summary ?? lines.endIndex)...] where line.hasPrefix("Fail-Stage: ") {
            stage = String(line.dropFirst("Fail-Stage: ".count))
        }
        for line in lines where stage == "install-deps" {
            let words = line.split(separator: " ")
            if words.count > 1, words[0] == "unsat-dependency:" {
                missing.append(words.dropFirst().joined(separator: " "))
            }
            couldNotFetch =
                couldNotFetch || line.hasPrefix("E: Failed to fetch") || line.hasPrefix("E: Unable to fetch")
        }
    }

    /// Something that the build needs is not there, and may be soon.
    var isMissingDependencies: Bool { !missing.isEmpty }

    /// The machine, its network or its mirror is at fault. So it is when sbuild ended without a summary.
    var isOurs: Bool {
        guard let stage else { return true }
        if stage == "install-deps" { return missing.isEmpty && couldNotFetch }
        return !Self.stagesOfPackages.contains(stage)
    }

    /// One sentence.
    var cause: String {
        switch stage {
        case nil: "sbuild ended without a summary."
        case "install-deps" where !missing.isEmpty:
            "Build dependencies are not there: \(missing.joined(separator: ", "))."
        case "install-deps": "The build dependencies cannot be installed."
        case .some(let stage): "The build failed at stage \(stage)."
        }
    }

    /// Where sbuild's work depends on what is in the package.
    private static let stagesOfPackages: Set = [
        "arch-check", "build", "check-architecture", "check-unpacked-version", "dpkg-buildpackage", "hack-binNMU",
        "install-deps", "parse-changes", "source-only-changes", "unpack",
    ]
}
