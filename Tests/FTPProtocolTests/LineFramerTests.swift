internal import FTPProtocol
internal import Testing

@Suite struct LineFramerTests {
    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let lines: [LineFramer.Line]
    }

    static let rows = [
        Row("one line", "NOOP\r\n", [.text("NOOP")]),
        Row("LF alone", "NOOP\nQUIT\n", [.text("NOOP"), .text("QUIT")]),
        Row("nothing between two line ends", "\r\n\r\n", [.text(""), .text("")]),
        Row("no line end yet", "NOOP", []),
        Row("a CR inside stays", "A\rB\r\n", [.text("A\rB")]),
        Row("as long as may be", "12345678\r\n", [.text("12345678")]),
        Row("as long as may be, LF alone", "12345678\n", [.text("12345678")]),
        Row("one longer", "123456789\r\nQUIT\r\n", [.tooLong, .text("QUIT")]),
        Row("one longer, LF alone", "123456789\n", [.tooLong]),
        Row("endless, then well again", String(repeating: "x", count: 5000) + "\nQUIT\n", [.tooLong, .text("QUIT")]),
        Row("Telnet interrupt before ABOR", [255, 244, 255, 242] + Array("ABOR\r\n".utf8), [.text("ABOR")]),
        Row("Telnet option", [255, 253, 6] + Array("NOOP\r\n".utf8), [.text("NOOP")]),
    ]

    @Test(arguments: rows) func cutsAtOnce(_ row: Row) {
        var framer = LineFramer(limit: 8)
        #expect(framer.feed(row.bytes) == row.lines)
    }

    @Test(arguments: rows) func cutsByteByByte(_ row: Row) {
        var framer = LineFramer(limit: 8)
        #expect(row.bytes.flatMap { framer.feed([$0]) } == row.lines)
    }

    @Test(arguments: rows) func cutsInTwoPiecesAnywhere(_ row: Row) {
        for place in row.bytes.indices {
            var framer = LineFramer(limit: 8)
            #expect(framer.feed(row.bytes[..<place]) + framer.feed(row.bytes[place...]) == row.lines)
        }
    }
}

extension LineFramerTests.Row {
    init(_ name: String, _ text: String, _ lines: [LineFramer.Line]) {
        self.init(testDescription: name, bytes: Array(text.utf8), lines: lines)
    }

    init(_ name: String, _ bytes: [UInt8], _ lines: [LineFramer.Line]) {
        self.init(testDescription: name, bytes: bytes, lines: lines)
    }
}

extension LineFramer.Line {
    static func text(_ text: String) -> Self { .text(Array(text.utf8)) }
}
