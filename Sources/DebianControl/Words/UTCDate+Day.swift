extension UTCDate {
    /// The beginning of a day, as ISO 8601 writes it: `2027-01-31`.
    public init?(day text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.allSatisfy { ("0"..."9").contains($0) } ? Int64($0) : nil }
        guard parts.map(\.utf8.count) == [4, 2, 2], numbers.count == 3, (1...12).contains(numbers[1]) else {
            return nil
        }
        // The reverse of "civil from days": years start in March.
        let year = numbers[1] <= 2 ? numbers[0] - 1 : numbers[0]
        guard year >= 0 else { return nil }
        let yearOfEra = year % 400
        let monthFromMarch = numbers[1] > 2 ? numbers[1] - 3 : numbers[1] + 9
        let dayOfEra =
            yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + (153 * monthFromMarch + 2) / 5 + numbers[2] - 1
        self.init(secondsSince1970: (year / 400 * 146_097 + dayOfEra - 719_468) * 86_400)
        guard [self.year, month, day] == numbers else { return nil }
    }

    /// `2027-01-31`
    public var dayText: String {
        let year = String(repeating: "0", count: max(0, 4 - "\(year)".count)) + "\(year)"
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}
