import DebianControl
import Testing

struct ChangelogHeadingTests {
    @Test func theFirstEntryIsRead() throws {
        let heading = try #require(
            ChangelogHeading(
                firstIn: "\nhello (1:2.10-3) sid bookworm; urgency=medium\n\n  * x\n\nhello (1) sid; urgency=low\n"))
        #expect(heading.source == "hello")
        #expect(heading.version == "1:2.10-3")
        #expect(heading.distributions == ["sid", "bookworm"])
    }

    @Test(arguments: [
        "", "words", "hello 1.0 sid; urgency=low", "hello (1.0); urgency=low", "hello (1.0) sid", "(1) sid; a=b",
    ])
    func whatIsNoHeadingIsNone(text: String) {
        #expect(ChangelogHeading(firstIn: text) == nil)
    }
}
