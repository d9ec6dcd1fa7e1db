/// A moment as text, in UTC. Needs no time zone data, so it works in a jail.
public struct UTCDate: Sendable, Hashable, CustomStringConvertible {
    public let secondsSince1970: Int64
    public let year: Int64
    /// 1 to 12.
    public let month: Int64
    /// 1 to 31.
    public let day: Int64

    public init(secondsSince1970: Int64) {
        self.secondsSince1970 = secondsSince1970
        // Howard Hinnant's "civil from days": years start in March, so that the leap day is the last of its year, and
        // 400 of them, an era, always have 146,097 days.
        let days = Self.floor(secondsSince1970, 86_400) + 719_468
        let era = Self.floor(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// RFC 2822 with the zone as apt wants it: `Sat, 10 Feb 2024 11:07:25 UTC`.
    public var description: String {
        let weekday = Self.weekdays[Int(Self.remainder(Self.floor(secondsSince1970, 86_400) + 4, 7))]
        let second = Self.remainder(secondsSince1970, 86_400)
        let clock = [second / 3600, second / 60 % 60, second % 60].map(Self.twoDigits).joined(separator: ":")
        return "\(weekday), \(Self.twoDigits(day)) \(Self.months[Int(month - 1)]) \(year) \(clock) UTC"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func floor(_ value: Int64, _ unit: Int64) -> Int64 {
        value / unit - (value % unit < 0 ? 1 : 0)
    }

    private static func remainder(_ value: Int64, _ unit: Int64) -> Int64 { ((value % unit) + unit) % unit }

    private static func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
