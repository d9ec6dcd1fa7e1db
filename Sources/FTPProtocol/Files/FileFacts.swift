internal import Glibc

/// What a client may know of a file or folder of its session.
public struct FileFacts: Equatable, Sendable {
    public let name: String
    /// In bytes; of a file that is not whole, what has come of it.
    public let size: Int64
    public let modified: FTPTime
    public let isFolder: Bool

    public init(name: String, size: Int64, modified: FTPTime, isFolder: Bool) {
        self.name = name
        self.size = size
        self.modified = modified
        self.isFolder = isFolder
    }

    /// As `ls -l` has it, which is what clients try to read (RFC 959 gives no form).
    var listLine: String {
        let length = String(size)
        let padding = String(repeating: " ", count: max(0, 12 - length.count))
        return
            "\(isFolder ? "drwxrwx---" : "-rw-rw----") 1 upload upload \(padding)\(length) \(modified.listed) \(name)"
    }

    /// RFC 3659, 7.2.
    func line(of facts: FactSet) -> String {
        var line = ""
        if facts.contains(.type) { line += "type=\(isFolder ? "dir" : "file");" }
        if facts.contains(.size), !isFolder { line += "size=\(size);" }
        if facts.contains(.modify) { line += "modify=\(modified);" }
        return "\(line) \(name)"
    }
}

/// The facts that MLST and MLSD tell (RFC 3659, 7.5).
struct FactSet: OptionSet {
    let rawValue: Int

    static let type = FactSet(rawValue: 1)
    static let size = FactSet(rawValue: 2)
    static let modify = FactSet(rawValue: 4)
    static let all: FactSet = [.type, .size, .modify]

    private static let named: [(FactSet, String)] = [(.type, "type"), (.size, "size"), (.modify, "modify")]

    init(rawValue: Int) { self.rawValue = rawValue }

    /// From `type;size;` of `OPTS MLST`; what is not known here is left out (RFC 3659, 7.9).
    init(names: String) {
        let wanted = Set(names.lowercased().split(separator: ";").map(String.init))
        self = FactSet(Self.named.filter { wanted.contains($0.1) }.map(\.0))
    }

    var names: String { Self.named.filter { contains($0.0) }.map { $0.1 + ";" }.joined() }

    /// For FEAT: a star marks what is told (RFC 3659, 7.8).
    var starred: String { Self.named.map { $0.1 + (contains($0.0) ? "*;" : ";") }.joined() }
}

/// A time as RFC 3659, 2.3 writes it, in UTC: `20261120225512`.
public struct FTPTime: Equatable, Sendable, CustomStringConvertible {
    /// Since 1970.
    public let seconds: Int64

    public init(seconds: Int64) {
        self.seconds = seconds
    }

    /// Nil for what is no time; a fraction of a second is left out.
    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let digits = parts.first?.utf8, digits.count == 14, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        guard parts.count == 1 || !parts[1].isEmpty && parts[1].utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        let all = digits.map { CInt($0) - 48 }
        func number(_ range: Range<Int>) -> CInt { all[range].reduce(0) { $0 * 10 + $1 } }
        var parsed = tm()
        (parsed.tm_year, parsed.tm_mon, parsed.tm_mday) = (number(0..<4) - 1900, number(4..<6) - 1, number(6..<8))
        (parsed.tm_hour, parsed.tm_min, parsed.tm_sec) = (number(8..<10), number(10..<12), number(12..<14))
        seconds = Int64(timegm(&parsed))
        // timegm takes the 32nd of January as well.
        guard description.utf8.elementsEqual(digits), seconds >= 0 else { return nil }
    }

    public var description: String {
        let time = broken
        return Self.padded(Int(time.tm_year) + 1900, 4)
            + [time.tm_mon + 1, time.tm_mday, time.tm_hour, time.tm_min, time.tm_sec]
            .map { Self.padded(Int($0), 2) }.joined()
    }

    /// `Nov 20  2026`: the form of `ls` that does not depend on today.
    var listed: String {
        let time = broken
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(months[Int(time.tm_mon) % 12]) \(Self.padded(Int(time.tm_mday), 2))  \(Int(time.tm_year) + 1900)"
    }

    private var broken: tm {
        var (time, seconds) = (tm(), time_t(seconds))
        gmtime_r(&seconds, &time)
        return time
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension UInt8 {
    fileprivate var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
