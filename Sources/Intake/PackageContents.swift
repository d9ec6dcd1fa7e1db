internal import ArchiveModel
internal import DebianControl
internal import PackageFiles

/// Looks through all files of a binary package. That no path leads out of it, its reader sees to.
struct PackageContents {
    /// Tar archives of before are none: a clock stood still, or somebody zeroed the times. Unix seconds, 1 January 1975.
    private static let earliest: Int64 = 157_766_400
    /// How far ahead of ours the clock of a builder may be, in seconds; make(1) stumbles over files from the future.
    private static let tolerance: Int64 = 86_400

    private var odd = 0
    private var example = ""

    /// - Throws: `DebFileMistake`, and failures of ours.
    static func findings(in deb: DebFile, file: FileName, now: Int64) throws -> [Finding] {
        var contents = Self()
        for member in deb.controlMembers { contents.look(at: member, now) }
        try deb.forEachInstalled { contents.look(at: $0, now) }
        return contents.findings(file)
    }

    private mutating func look(at member: DebFile.Member, _ now: Int64) {
        guard member.modified < Self.earliest || member.modified > now + Self.tolerance else { return }
        odd += 1
        if example.isEmpty { example = "\(member.path) (\(UTCDate(secondsSince1970: member.modified)))" }
    }

    private func findings(_ file: FileName) -> [Finding] {
        guard odd > 0 else { return [] }
        let sentence = "\(odd) of its files are dated before 1975 or more than a day ahead, such as \(example)."
        return [
            Finding(
                .packageTimes, sentence,
                file: file.description, expected: "dates from 1975 to tomorrow", got: example,
                remedy: "Set the clock of the builder, and let dpkg-deb clamp dates to SOURCE_DATE_EPOCH.")
        ]
    }
}
