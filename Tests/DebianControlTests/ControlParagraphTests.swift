import Testing

@testable import DebianControl

struct ControlParagraphTests {
    struct Reading: Sendable, CustomTestStringConvertible {
        let text: String
        let fields: [[String]]
        /// The canonical text, where it is not the same.
        var canonical: String?

        init(_ text: String, _ fields: [[String]], canonical: String? = nil) {
            (self.text, self.fields, self.canonical) = (text, fields, canonical)
        }

        var testDescription: String { text.debugDescription }
    }

    static let readings = [
        Reading("A: b\n", [["A", "b"]]),
        Reading("A: b", [["A", "b"]], canonical: "A: b\n"),
        Reading("A:b\nC:\td \t\n", [["A", "b"], ["C", "d"]], canonical: "A: b\nC: d\n"),
        Reading("A:\n", [["A", ""]]),
        Reading("A: b: c\n", [["A", "b: c"]]),
        Reading("A:\n b\n  c\n .\n d\n", [["A", "\nb\n c\n.\nd"]]),
        Reading("A: b\n\tc\n", [["A", "b\nc"]], canonical: "A: b\n c\n"),
        Reading("A: b\r\n c\r\n", [["A", "b\nc"]], canonical: "A: b\n c\n"),
        Reading("\n\n# x\nA: b\n# y\n c\n#z\n\n# end\n", [["A", "b\nc"]], canonical: "A: b\n c\n"),
        Reading("A: b\n #not a comment\n", [["A", "b\n#not a comment"]]),
        Reading("A: Zoë 😀\n", [["A", "Zoë 😀"]]),
        Reading("A : b\n", [["A", "b"]], canonical: "A: b\n"),
        Reading("!x~: b\n", [["!x~", "b"]]),
        Reading("A: b\n \t \n", [["A", "b"]], canonical: "A: b\n"),
        Reading("A: e\u{301}\n", [["A", "e\u{301}"]]),
    ]

    @Test(arguments: readings)
    func reads(_ row: Reading) throws {
        let paragraph = try ControlParagraph(parsing: row.text)
        #expect(paragraph.fields.map { [$0.name, $0.value] } == row.fields)
        #expect(Array(paragraph.serialized().utf8) == Array((row.canonical ?? row.text).utf8))
        let again = try ControlParagraph(parsing: paragraph.serialized())
        #expect(again.fields.map { [$0.name, $0.value] } == row.fields)
    }

    @Test(arguments: [
        ("", 1, "there is no field in it"),
        ("\n# only a comment\n", 2, "there is no field in it"),
        ("A: b\nfoo\n", 2, "neither a field"),
        (" A: b\n", 1, "none has started"),
        ("\n\n: b\n", 3, "no field name"),
        ("A: b\n-x: c\n", 2, "no field name"),
        ("A b: c\n", 1, "no field name"),
        ("Ä: c\n", 1, "no field name"),
        ("A: b\n\n\nC: d\n", 4, "a second paragraph"),
        ("A: b\n c\n#x\na: d\n", 4, "field a is given twice"),
        ("A: b\n-----BEGIN PGP SIGNATURE-----\n", 2, "neither a field"),
    ])
    func saysWhereItIsNot(_ text: String, _ line: Int, _ mistake: String) {
        let error = #expect(throws: ControlSyntaxError.self) { try ControlParagraph(parsing: text) }
        #expect(error?.line == line)
        #expect(error?.mistake.contains(mistake) == true, "\(error?.mistake ?? "")")
    }

    static let small = ControlLimits(bytes: 60, fields: 2, lineLength: 20, paragraphs: 2)

    @Test(
        arguments: [
            ("A: b\nB: c\n\nA: b\nB: c\n", nil), ("A: " + String(repeating: "x", count: 17) + "\n", nil),
            ("A: b\nB: c\nC: d\n", "line 3: more than 2 fields"),
            ("A: b\n\nA: b\n\n\nA: b\n", "line 6: more than 2 paragraphs"),
            ("A: b\n " + String(repeating: "x", count: 20) + "\n", "line 2: longer than 20 bytes"),
            (String(repeating: "\n", count: 61), "line 1: the text is longer than 60 bytes"),
        ] as [(String, String?)])
    func keepsToItsLimits(_ text: String, _ mistake: String?) {
        do throws(ControlSyntaxError) {
            _ = try ControlParagraph.paragraphs(in: text, limits: Self.small)
            #expect(mistake == nil)
        } catch {
            #expect(error.description == mistake)
        }
    }

    @Test func severalParagraphsKeepTheirOrderAndLines() throws {
        let paragraphs = try ControlParagraph.paragraphs(in: "\nA: 1\n \n\nA: 2\nB:\n x\nC: 3\n")
        #expect(paragraphs.map { $0["a"] } == ["1", "2"])
        #expect(paragraphs[1].line(of: "A") == 5)
        #expect(paragraphs[1].line(of: "c") == 8)
        #expect(paragraphs[1].line(of: "D") == nil)
        #expect(try ControlParagraph.paragraphs(in: "").isEmpty)
    }

    @Test func fieldsAreSetAndTakenAwayWhateverTheirCase() throws {
        var paragraph = try ControlParagraph(parsing: "One: 1\nTwo: 2\nThree: 3\n")
        paragraph["TWO"] = "zwei"
        paragraph["Four"] = "\nvier"
        paragraph["one"] = nil
        paragraph["none"] = nil
        #expect(paragraph.serialized() == "Two: zwei\nThree: 3\nFour:\n vier\n")
    }

    @Test(arguments: ["a\n\nB: c", "a\nB: c", "a\n \n\n", "\n\n\n", "a\r\nB: c", "\n# x"])
    func noValueReachesOutOfItsField(_ value: String) throws {
        var paragraph = ControlParagraph()
        paragraph["A"] = value
        paragraph["Z"] = "end"
        let again = try ControlParagraph.paragraphs(in: paragraph.serialized())
        #expect(again.map { $0.fields.map(\.name) } == [["A", "Z"]])
        #expect(again[0]["A"]?.lines.count == value.lines.count)
    }

    @Test(arguments: [Sample.dsc, Sample.sourceChanges, Sample.fullChanges, Sample.buildinfo, Sample.control])
    func realOnesComeBackByteForByte(_ text: String) throws {
        #expect(try ControlParagraph(parsing: text).serialized() == text)
    }
}
