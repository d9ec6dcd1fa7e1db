/// A text without everything a cleartext signature leaves open: blanks at line ends and blank lines at the end, which
/// anybody could change on the way without breaking the signature (RFC 4880, section 7.1). Lines end in LF.
struct CanonicalText: Equatable {
    let bytes: [UInt8]

    init(of text: [UInt8]) {
        var building = Building()
        var lines = LineCursor(text)
        while let line = lines.next() { building.append(line) }
        self = building.finished()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Takes a text line by line.
    struct Building {
        private var bytes: [UInt8] = []
        private var endOfText = 0

        mutating func append(_ line: ArraySlice<UInt8>) {
            let kept = line.trimmingBlanks()
            bytes.append(contentsOf: kept)
            bytes.append(UInt8(ascii: "\n"))
            if !kept.isEmpty { endOfText = bytes.count }
        }

        consuming func finished() -> CanonicalText { CanonicalText(bytes: Array(bytes[..<endOfText])) }
    }
}
