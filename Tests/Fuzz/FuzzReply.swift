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
