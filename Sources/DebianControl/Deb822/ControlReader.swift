/// Reads control text line by line. Works on bytes: a line end is a line feed whatever stands around it.
struct ControlReader {
    private let bytes: [UInt8]
    private let limits: ControlLimits
    /// The first byte not read yet.
    private var position = 0
    /// The number of the line read last.
    private(set) var line = 0

    init(_ text: String, limits: ControlLimits) throws(ControlSyntaxError) {
        bytes = Array(text.utf8)
        self.limits = limits
        guard bytes.count <= limits.bytes else {
            throw ControlSyntaxError(line: 1, mistake: "the text is longer than \(limits.bytes) bytes")
        }
    }

    /// The next paragraph; nil at the end of the text.
    mutating func nextParagraph() throws(ControlSyntaxError) -> ControlParagraph? {
        var paragraph = ParagraphUnderWay()
        while let content = try nextLine() {
            guard let first = bytes[content].first else {
                if paragraph.isEmpty { continue }
                break
            }
            if first == UInt8(ascii: "#") { continue }
            if first.isBlank {
                try paragraph.continueField(with: bytes[content].dropFirst(), line: line)
            } else {
                try startField(in: content, of: &paragraph)
            }
        }
        return paragraph.isEmpty ? nil : paragraph.finished()
    }

    /// The next line without the spaces at its end.
    private mutating func nextLine() throws(ControlSyntaxError) -> Range<Int>? {
        guard position < bytes.count else { return nil }
        let start = position
        var end = bytes[start...].firstIndex(of: .lineFeed) ?? bytes.count
        position = end + 1
        line += 1
        guard end - start <= limits.lineLength else { throw mistake("longer than \(limits.lineLength) bytes") }
        while end > start, bytes[end - 1].isTrailingSpace { end -= 1 }
        return start..<end
    }

    private func startField(in content: Range<Int>, of paragraph: inout ParagraphUnderWay) throws(ControlSyntaxError) {
        guard let colon = bytes[content].firstIndex(of: UInt8(ascii: ":")) else {
            throw mistake("neither a field (no colon) nor a continued line (no blank at its start)")
        }
        var nameEnd = colon
        while nameEnd > content.lowerBound, bytes[nameEnd - 1].isBlank { nameEnd -= 1 }
        let name = String(decoding: bytes[content.lowerBound..<nameEnd], as: UTF8.self)
        guard ControlParagraph.isFieldName(name) else { throw mistake("what stands before the colon is no field name") }
        guard paragraph.count < limits.fields else { throw mistake("more than \(limits.fields) fields") }
        guard !paragraph.has(name) else { throw mistake("field \(name) is given twice") }
        paragraph.startField(name, value: bytes[(colon + 1)..<content.upperBound].drop { $0.isBlank }, line: line)
    }

    private func mistake(_ text: String) -> ControlSyntaxError { ControlSyntaxError(line: line, mistake: text) }
}

/// A paragraph whose last field may still go on.
private struct ParagraphUnderWay {
    private var paragraph = ControlParagraph()
    private var name = ""
    private var value: [UInt8] = []
    private var line = 0

    var isEmpty: Bool { name.isEmpty }
    var count: Int { paragraph.fields.count + (isEmpty ? 0 : 1) }

    func has(_ name: String) -> Bool { self.name.equalsIgnoringCase(name) || paragraph.field(name) != nil }

    mutating func startField(_ name: String, value: ArraySlice<UInt8>, line: Int) {
        endField()
        self.name = name
        self.value.append(contentsOf: value)
        self.line = line
    }

    mutating func continueField(with content: ArraySlice<UInt8>, line: Int) throws(ControlSyntaxError) {
        guard !isEmpty else { throw ControlSyntaxError(line: line, mistake: "continues a field, but none has started") }
        value.append(.lineFeed)
        value.append(contentsOf: content)
    }

    mutating func finished() -> ControlParagraph {
        endField()
        return paragraph
    }

    private mutating func endField() {
        guard !isEmpty else { return }
        paragraph.fields.append(.init(name: name, value: String(decoding: value, as: UTF8.self), line: line))
        value.removeAll(keepingCapacity: true)
    }
}
