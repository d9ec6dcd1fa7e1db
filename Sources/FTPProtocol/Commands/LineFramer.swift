/// Cuts the bytes of a control connection into lines. A line ends with CR LF (RFC 959, 5.3.1); LF alone is taken too.
/// Telnet commands (RFC 854), which some clients put before `ABOR`, are left out.
public struct LineFramer: Sendable {
    public enum Line: Equatable, Sendable {
        /// Without its line end; may hold any byte, control characters too.
        case text([UInt8])
        /// Longer than the limit. Its bytes are gone, the next line is whole again.
        case tooLong
    }

    /// The longest line in bytes: an upload path and a file name of 255 bytes each stay far below it.
    public static let standardLimit = 1024

    private enum Place { case data, telnetCommand, telnetOption }

    private let limit: Int
    private var line: [UInt8] = []
    private var isOverlong = false
    private var place = Place.data

    public init(limit: Int = LineFramer.standardLimit) {
        self.limit = limit
    }

    /// Takes bytes as they come, however they were cut, and gives the lines that ended in them.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> [Line] {
        var lines: [Line] = []
        for byte in bytes {
            switch place {
            case .data where byte == Telnet.escape: place = .telnetCommand
            case .data where byte == UInt8(ascii: "\n"): lines.append(endLine())
            case .data: keep(byte)
            case .telnetCommand where Telnet.takesOption(byte): place = .telnetOption
            case .telnetCommand, .telnetOption: place = .data
            }
        }
        return lines
    }

    private mutating func keep(_ byte: UInt8) {
        // One more than the limit, for the CR of the line end.
        if line.count > limit { isOverlong = true } else { line.append(byte) }
    }

    private mutating func endLine() -> Line {
        defer {
            line.removeAll(keepingCapacity: true)
            isOverlong = false
        }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return isOverlong || line.count > limit ? .tooLong : .text(line)
    }
}

private enum Telnet {
    static let escape: UInt8 = 255

    /// WILL, WONT, DO and DONT are followed by the option they speak of.
    static func takesOption(_ command: UInt8) -> Bool {
        (251...254).contains(command)
    }
}
