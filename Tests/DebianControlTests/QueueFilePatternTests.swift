import Testing

@testable import DebianControl

struct QueueFilePatternTests {
    @Test(arguments: [
        ("a_1.dsc", "a_1.dsc", true), ("a_1.dsc", "a_1.dscx", false), ("a*", "a", true), ("a*", "abc", true),
        ("a*", "ba", false),
        ("a*c", "abcbc", true), ("a*c", "abcb", false), ("a*b*c", "axbxbxc", true), ("a?c", "abc", true),
        ("a?c", "ac", false),
        ("a**", "a", true), ("?", "a", true), ("a[0-9]", "a5", true), ("a[0-9]", "ax", false), ("a[!0-9]", "ax", true),
        ("a[^0-9]", "a1", false),
        ("a[xyz]b", "azb", true), ("a[0-9-]", "a-", true), ("a_1.0", "a_1x0", false),
        ("a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        ("DELAYED/3-day/a*", "ab", true),
    ])
    func matches(_ pattern: String, _ name: String, _ expected: Bool) throws {
        let (pattern, name) = (try #require(QueueFilePattern(pattern)), try #require(FileName(name)))
        #expect(pattern.matches(name) == expected)
    }

    @Test func mayNameADelay() {
        #expect(QueueFilePattern("DELAYED/3-day/a")?.delayInDays == 3)
        #expect(QueueFilePattern("a")?.delayInDays == nil)
    }
}
