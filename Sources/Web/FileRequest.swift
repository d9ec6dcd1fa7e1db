internal import Hummingbird

/// What a request asks of a file besides its name: the conditions and the range (RFC 9110, sections 13 and 14).
struct FileRequest {
    let ifNoneMatch: String?
    let ifModifiedSince: String?
    let range: String?
    let ifRange: String?

    init(ifNoneMatch: String? = nil, ifModifiedSince: String? = nil, range: String? = nil, ifRange: String? = nil) {
        self.ifNoneMatch = ifNoneMatch
        self.ifModifiedSince = ifModifiedSince
        self.range = range
        self.ifRange = ifRange
    }

    init(_ headers: HTTPFields) {
        self.init(
            ifNoneMatch: headers[.ifNoneMatch], ifModifiedSince: headers[.ifModifiedSince], range: headers[.range],
            ifRange: headers[.ifRange])
    }

    enum Answer: Equatable {
        case notModified
        case whole
        case part(Range<Int64>)
        case unsatisfiable
    }

    func answer(for file: FileValidators) -> Answer {
        if isUnchanged(file) { return .notModified }
        guard let range, isStill(file) else { return .whole }
        guard let wanted = ByteRange(range) else { return .whole }
        return wanted.within(file.size).map(Answer.part) ?? .unsatisfiable
    }

    /// The date counts only when no tag is given.
    private func isUnchanged(_ file: FileValidators) -> Bool {
        if let ifNoneMatch {
            let tags = ifNoneMatch.split(separator: ",").map { $0.drop { $0 == " " } }
            return tags.contains { $0 == "*" || $0 == file.tag || $0 == "W/\(file.tag)" }
        }
        return ifModifiedSince.flatMap(HTTPDate.init).map { file.modified <= $0 } ?? false
    }

    /// A part is only of use to a client that has the rest of this very content.
    private func isStill(_ file: FileValidators) -> Bool {
        guard let ifRange else { return true }
        return ifRange == file.tag || HTTPDate(ifRange) == file.modified
    }
}

/// What tells one content of a file from another.
struct FileValidators: Equatable {
    /// In bytes.
    let size: Int64
    /// Strong, quotes included.
    let tag: String
    /// When it was last changed, as the disk has it.
    let modified: HTTPDate
    /// What clients are told of it: a file may be replaced twice within a second, and the two have one date. So a young
    /// file is given an older date, and the next question by that date finds it changed.
    let told: HTTPDate

    /// - Parameter now: in Unix seconds. Files that are two seconds old are told as they are: the kernel's file times lag
    ///   a little behind the clock.
    init(size: Int64, tag: String, modified: HTTPDate, now: Int64) {
        self.size = size
        self.tag = tag
        self.modified = modified
        told = min(modified, HTTPDate(seconds: now - 2))
    }
}

/// One range of bytes: `bytes=0-99`, `bytes=100-`, `bytes=-100`. Several ranges, and other units, are not read; the whole
/// file is the right answer to them.
struct ByteRange: Equatable {
    private let first: Int64?
    private let last: Int64?

    init?(_ text: String) {
        guard text.hasPrefix("bytes=") else { return nil }
        let ends = text.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy(Self.isDigit) }), ends != ["", ""] else {
            return nil
        }
        first = Int64(ends[0])
        last = Int64(ends[1])
        guard (first != nil) == !ends[0].isEmpty, (last != nil) == !ends[1].isEmpty else { return nil }
        if let first, let last, first > last { return nil }
    }

    /// `nil` when none of it is in a file of this size.
    func within(_ size: Int64) -> Range<Int64>? {
        guard let first else {
            guard let last, last > 0, size > 0 else { return nil }
            return max(0, size - last)..<size
        }
        guard first < size else { return nil }
        return first..<min(last ?? size - 1, size - 1) + 1
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
