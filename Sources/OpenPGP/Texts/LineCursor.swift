/// Walks over the lines of a text without copying it. A last line without line end counts; LF ends a line.
struct LineCursor {
    private let bytes: [UInt8]
    private var position = 0
    /// The number of the line last returned, from 1.
    private(set) var number = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> ArraySlice<UInt8>? {
        guard position < bytes.count else { return nil }
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        defer { position = end + 1 }
        number += 1
        return bytes[position..<end]
    }

    /// What has not been returned yet, looked at without moving on.
    func contains(where isWanted: (ArraySlice<UInt8>) -> Bool) -> Bool {
        var ahead = self
        while let line = ahead.next() {
            if isWanted(line) { return true }
        }
        return false
    }
}

extension ArraySlice<UInt8> {
    /// Without the blanks, tabs and carriage returns at the end.
    func trimmingBlanks() -> ArraySlice<UInt8> {
        var rest = self
        while let last = rest.last, last == 0x20 || last == 0x09 || last == 0x0D { rest.removeLast() }
        return rest
    }

    /// Whether this is the line, blanks at its end aside.
    func isLine(_ text: StaticString) -> Bool {
        let kept = trimmingBlanks()
        return text.withUTF8Buffer { kept.elementsEqual($0) }
    }

    func hasPrefix(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { starts(with: $0) }
    }
}
