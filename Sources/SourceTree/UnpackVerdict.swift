internal import ArchiveModel
internal import DebianControl
internal import Glibc

/// What the child's end means for the package.
struct UnpackVerdict {
    let isUnpacked: Bool
    let findings: [Finding]

    private static let rebuild = "Build the source package again with dpkg-buildpackage -S."
    /// Lines of dpkg-source's words that are shown, the last ones, and bytes of one.
    private static let wordLines = 8
    private static let wordLength = 300

    init(
        _ source: SourceToUnpack, _ limits: UnpackLimits, _ report: UnpackReport, _ outcome: ConfinedChild.Outcome
    ) {
        let mistakes = report.mistakes.map { Finding($0, limits) }
        switch outcome.end {
        case .exited(0) where report.isWalked:
            (isUnpacked, findings) = (true, mistakes)
        case .exited where !report.isWalked && mistakes.contains { $0.severity == .error }:
            (isUnpacked, findings) = (false, mistakes)
        default:
            isUnpacked = false
            findings = mistakes + [Self.failed(source, limits, report, outcome)]
        }
    }

    private static func failed(
        _ source: SourceToUnpack, _ limits: UnpackLimits, _ report: UnpackReport, _ outcome: ConfinedChild.Outcome
    ) -> Finding {
        let file = source.dsc.description
        if outcome.end == .late || outcome.end == .signal(SIGXCPU) {
            return Finding(
                rule: TreeRule.unpackTooLong, "It could not be unpacked within \(limits.seconds) seconds.", file: file,
                expected: "\(limits.seconds) s", remedy: "Ask the admin of this service if it has to be that large.")
        }
        let who = report.isWalked ? "dpkg-source" : "Reading its tarballs"
        let words = Self.words(outcome.complaints)
        let said = words.isEmpty ? Self.ending(outcome.end) : words
        return Finding(
            rule: TreeRule.unpackFailed, "\(who) failed: \(said)", file: file, got: Self.ending(outcome.end),
            remedy: "Try dpkg-source -x \(file), mend what it says, and build again.")
    }

    private static func words(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { String($0.prefix(wordLength)).printable }
        return lines.filter { !$0.hasPrefix("dpkg-source: info: ") }.suffix(wordLines).joined(separator: " / ")
    }

    private static func ending(_ end: ConfinedChild.End) -> String {
        switch end {
        case .exited(let status): "exit status \(status)"
        case .signal(let number): "ended by signal \(number)"
        case .late, .stopped, .lost, .failed: "ended"
        }
    }
}

extension Finding {
    static func tooManyFiles(_ source: SourceToUnpack, limit: Int) -> Finding {
        Finding(
            rule: TreeRule.tooManySourceFiles,
            "It lists \(source.files.count) files; \(limit) may be in a source package.",
            file: source.dsc.description, field: "Files", expected: "at most \(limit)", got: "\(source.files.count)")
    }

    init(_ mistake: PackageMistake, _ limits: UnpackLimits) {
        let detail = mistake.detail
        let (rule, sentence, expected): (TreeRule, String, String?) =
            switch mistake.kind {
            case .damaged: (.tarballDamaged, "It cannot be read: \(detail).", nil)
            case .tooManyBytes:
                (.unpacksToTooMuch, "The package unpacks to more than \(limits.bytes) bytes.", "\(limits.bytes)")
            case .tooManyMembers:
                (.tooManyMembers, "The package has more than \(limits.members) files.", "\(limits.members)")
            case .tooDeep:
                (.tooDeep, "\(detail) is more than \(limits.depth) folders deep.", "\(limits.depth)")
            case .longPath:
                (.pathTooLong, "\(detail) has more than \(limits.path) bytes.", "\(limits.path)")
            case .unsafePath: (.unsafeMember, "\(detail) would be written outside of the source tree.", nil)
            case .device: (.specialMember, "\(detail) is a device or a socket.", nil)
            case .pipe: (.specialMember, "\(detail) is a named pipe.", nil)
            case .linkOut: (.linkLeavesTree, "\(detail) is a hard link to a file outside of the source tree.", nil)
            case .symlinkOut: (.linkLeavesTree, "\(detail) is a link that leads out of the source tree.", nil)
            case .throughLink: (.memberBehindLink, "\(detail) would be written through a link.", nil)
            }
        self.init(
            rule: rule, sentence, severity: mistake.kind.isDoubt ? .warning : .error, file: mistake.file,
            expected: expected, got: detail.isEmpty ? nil : detail,
            remedy: mistake.kind == .damaged
                ? "Build the source package again; a tarball that was cut off looks like this, too."
                : "Leave it out of the tarball (Files-Excluded of debian/copyright does for upstream's), and build again."
        )
    }
}
