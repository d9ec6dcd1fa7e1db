internal import ArchiveModel
internal import Glibc

/// A session's name, and its folder's: `20261120T225512-3f9ac2d1`, when it began (UTC) and four random bytes.
struct SessionName: Hashable, Sendable, CustomStringConvertible {
    let description: String

    /// - Parameter sender: whoever the door has proven to be sending; the intake looks for the name behind "~", and believes it
    ///   when the folder is owned by the door's own user.
    ///
    /// Uses no Foundation: inside the jail there is no time zone file, and its UUID would be the same each time.
    init(
        of sender: OwnerName? = nil, secondsSince1970 now: Int = time(nil), random: UInt32 = .random(in: .min ... .max)
    ) {
        var (seconds, parts) = (now, tm())
        gmtime_r(&seconds, &parts)
        let date = Self.digits(Int(parts.tm_year) + 1900, 4) + Self.digits(Int(parts.tm_mon) + 1, 2)
        let clock = [parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec].map { Self.digits(Int($0), 2) }
        let tail = String(random, radix: 16)
        description =
            date + clock[0] + "T" + clock[1...].joined() + "-" + String(repeating: "0", count: 8 - tail.count) + tail
            + (sender.map { "~\($0)" } ?? "")
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
