/// What libFuzzer made up, read piece by piece.
struct FuzzInput {
    private var rest: ArraySlice<UInt8>

    init(_ start: UnsafePointer<UInt8>, _ count: Int) {
        rest = Array(UnsafeBufferPointer(start: start, count: count))[...]
    }

    var isOver: Bool { rest.isEmpty }

    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    /// Up to a line feed, which is left out.
    mutating func line() -> [UInt8] {
        let line = rest.prefix { $0 != UInt8(ascii: "\n") }
        rest = rest.dropFirst(line.count + 1)
        return Array(line)
    }

    mutating func all() -> [UInt8] {
        defer { rest = [] }
        return Array(rest)
    }
}

/// RFC 959, 4.2, and nothing of a client that is not printable.
func check(_ reply: FTPReply) {
    let text = reply.serialized
    precondition(text.hasSuffix("\r\n"))
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    precondition((1...FTPReply.linesLimit).contains(lines.count))
    let code = String(reply.code.rawValue)
    for (number, line) in lines.enumerated() {
        let isLast = number == lines.count - 1
        precondition(line.hasPrefix(code + (isLast ? " " : "-")) || number > 0 && !isLast && line.hasPrefix(" "), line)
        precondition(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }, line)
        precondition(line.utf8.count <= FTPReply.lineLimit + 8)
    }
}
