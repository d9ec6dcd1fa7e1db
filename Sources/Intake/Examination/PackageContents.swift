internal import ArchiveModel
internal import DebianControl
internal import PackageFiles

/// Looks through all files of a binary package. That no path leads out of it, its reader sees to.
struct PackageContents {
    /// Tar archives of before are none: a clock stood still, or somebody zeroed the times. Unix seconds, 1 January 1975.
    private static let earliest: Int64 = 157_766_400
    /// How far ahead of ours the clock of a builder may be, in seconds; make(1) stumbles over files from the future.
    private static let tolerance: Int64 = 86_400
    /// Of a file's mode: set-user-ID and set-group-ID.
    private static let setID: UInt16 = 0o6000

    /// How many files there are of a sort, and the first.
    private struct Tally {
        var count = 0
        var example = ""

        mutating func add(_ example: @autoclosure () -> String) {
            if count == 0 { self.example = example() }
            count += 1
        }
    }

    private var misdated = Tally()
    private var special = Tally()
    private var privileged = Tally()

    /// - Throws: `DebFileMistake`, and failures of ours.
    static func findings(in deb: DebFile, file: FileName, now: Int64) throws -> [Finding] {
        var contents = Self()
        for member in deb.controlMembers { contents.look(at: member, now) }
        try deb.forEachInstalled { contents.look(at: $0, now) }
        return contents.datesFindings(file) + contents.kindFindings(file)
    }

    private mutating func look(at member: DebFile.Member, _ now: Int64) {
        if member.modified < Self.earliest || member.modified > now + Self.tolerance {
            misdated.add("\(member.path) (\(UTCDate(secondsSince1970: member.modified)))")
        }
        if member.kind == .special { special.add(member.path) }
        if member.kind == .file, member.permissions & Self.setID != 0 { privileged.add(member.path) }
    }

    private func datesFindings(_ file: FileName) -> [Finding] {
        guard misdated.count > 0 else { return [] }
        let example = misdated.example
        let sentence =
            "\(misdated.count) of its files are dated before 1975 or more than a day ahead, such as \(example)."
        return [
            Finding(
                .packageTimes, sentence,
                file: file.description, expected: "dates from 1975 to tomorrow", got: example,
                remedy: "Set the clock of the builder, and let dpkg-deb clamp dates to SOURCE_DATE_EPOCH.")
        ]
    }

    /// dpkg unpacks as root, and keeps kinds and modes as they are.
    private func kindFindings(_ file: FileName) -> [Finding] {
        var findings: [Finding] = []
        if special.count > 0 {
            findings.append(
                Finding(
                    .packageSpecialFile, "It installs devices or pipes, such as \(special.example).".printable,
                    file: file.description, got: special.example.printable,
                    remedy: "Make them in the package's postinst, or when the program starts."))
        }
        if privileged.count > 0 {
            let sentence = "It installs what runs as another user or group, such as \(privileged.example)."
            findings.append(
                Finding(
                    .packageSetID, sentence.printable, severity: .warning, file: file.description,
                    got: privileged.example.printable))
        }
        return findings
    }
}
