import DebianControl
import Testing

@Suite struct UTCDateTests {
    @Test func aDayIsReadAsItIsSaid() throws {
        for day in stride(from: Int64(0), to: 200 * 365, by: 7) {
            let date = UTCDate(secondsSince1970: day * 86_400)
            func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
            #expect(UTCDate(day: "\(date.year)-\(padded(date.month))-\(padded(date.day))") == date)
        }
        #expect(UTCDate(day: "2024-02-29")?.description.hasPrefix("Thu, 29 Feb 2024 00:00:00") == true)
    }

    @Test(arguments: [
        "", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026-11-31", "+026-11-01", "2026/11/01", "20261101",
    ])
    func whatIsNoDayIsNone(_ text: String) { #expect(UTCDate(day: text) == nil) }
}
