internal import ArchiveModel
internal import DebianControl

/// What lintian's words mean for the upload.
struct LintianVerdict {
    let tags: LintianTags
    let upload: UploadToLint

    /// Characters of lintian's words that are shown.
    private static let wordLength = 300

    func findings(_ report: LintianReport) -> [Finding] {
        report.hints.compactMap { hint in
            guard let weight = tags[hint.tag], weight == .fatal || !hint.isOverridden else { return nil }
            return finding(hint, weight)
        }
    }

    private func finding(_ hint: LintianReport.Hint, _ weight: LintianTags.Weight) -> Finding {
        let words = hint.words.isEmpty ? "" : " \(hint.words)"
        let overridden = hint.isOverridden ? " Overriding it does not help here." : ""
        return Finding(
            rule: LintianRule.tag,
            "lintian says of \(hint.subject): \(hint.tag)\(String(words.prefix(Self.wordLength))).\(overridden)",
            severity: weight == .warning ? .warning : .error, file: hint.file ?? upload.name.description, got: hint.tag,
            remedy: remedy(hint, weight))
    }

    private func remedy(_ hint: LintianReport.Hint, _ weight: LintianTags.Weight) -> String {
        let mend = "Mend it (lintian-explain-tags \(hint.tag) says how) and build again"
        guard weight != .fatal else { return "\(mend)." }
        let place =
            hint.subject.hasSuffix(" source")
            ? "debian/source/lintian-overrides" : "debian/\(hint.subject).lintian-overrides"
        return "\(mend), or override it in \(place) if lintian is mistaken."
    }

    func late(_ limits: LintianLimits) -> Finding {
        Finding(
            rule: LintianRule.beyondLimits, "lintian was not done with it within \(limits.seconds) seconds.",
            file: upload.name.description, expected: "\(limits.seconds) s",
            remedy: "Ask the admin of this service if it has to be that large.")
    }

    func wordy(limit: Int) -> Finding {
        Finding(
            rule: LintianRule.beyondLimits, "lintian says more than \(limit) bytes about it.",
            file: upload.name.description, expected: "at most \(limit) bytes",
            remedy: "Run lintian on it, and mend or override what it says most often.")
    }
}
