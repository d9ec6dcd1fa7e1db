/// A reply as RFC 959, 4.2 has it: a code and one or more lines.
///
/// The lines come out printable whatever was put in: a line break makes a further line, other control characters become
/// `?`, and a line ends before it is longer than a client reads.
public struct FTPReply: Equatable, Sendable {
    public enum Code: Int, Sendable {
        case opening = 150
        case done = 200, superfluous = 202, status = 211, fileStatus = 213, help = 214, system = 215
        case greeting = 220, goodbye = 221, transferDone = 226, passive = 227, extendedPassive = 229
        case loggedIn = 230, securityAccepted = 234, fileDone = 250, path = 257, moreNeeded = 350
        case closing = 421, noDataConnection = 425, transferCut = 426, refused = 450, failed = 451, noSpace = 452
        case unknown = 500, badArgument = 501, notOffered = 502, wrongOrder = 503, badParameter = 504
        case wrongNetwork = 522, notLoggedIn = 530, absent = 550
        case unprotected = 533, denied = 534, badLevel = 536
    }

    /// Bytes of text in a line: Python's ftplib gives up at 8192.
    public static let lineLimit = 1000
    /// Lines of a reply: more than a person reads on a terminal; the rest is in the mail.
    public static let linesLimit = 200

    public let code: Code
    /// At least one.
    public let lines: [String]

    public init(_ code: Code, _ lines: [String]) {
        self.code = code
        let single = lines.lazy.flatMap { $0.split(whereSeparator: \.isNewline) }
        let printable = single.prefix(Self.linesLimit).map(Self.printable)
        self.lines = printable.isEmpty ? ["-"] : Array(printable)
    }

    public init(_ code: Code, _ line: String) {
        self.init(code, [line])
    }

    /// Every line but an indented one carries the code, so that no text can look like the end of the reply; the lines of
    /// `FEAT` have to be indented (RFC 2389, 3.2).
    public var serialized: String {
        let inner = lines.dropLast().map { $0.hasPrefix(" ") ? "\($0)\r\n" : "\(code.rawValue)-\($0)\r\n" }
        // The first line opens a reply of several and always needs the code.
        let first = inner.first.map { $0.hasPrefix(" ") ? "\(code.rawValue)-" + $0 : $0 } ?? ""
        return first + inner.dropFirst().joined() + "\(code.rawValue) \(lines[lines.count - 1])\r\n"
    }

    private static func printable(_ line: Substring) -> String {
        var text = String.UnicodeScalarView()
        var size = 0
        for scalar in line.unicodeScalars {
            let kept: Unicode.Scalar = [.control, .format].contains(scalar.properties.generalCategory) ? "?" : scalar
            size += UTF8.width(kept)
            guard size <= lineLimit else { break }
            text.append(kept)
        }
        return String(text)
    }
}
