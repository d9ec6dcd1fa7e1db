/// Files that `rm` means: `[DELAYED/N-day/]name`, the name with `*`, `?` and `[…]` as in a shell.
public struct QueueFilePattern: Sendable, Hashable, CustomStringConvertible {
    /// Nil where the pattern has no `DELAYED/` in front.
    public let delayInDays: Int?
    public let description: String
    private let elements: [Element]

    private enum Element: Sendable, Hashable {
        case byte(UInt8)
        case anyByte
        case anyRun
        case oneOf([ClosedRange<UInt8>], isNegated: Bool)
    }

    /// Nil for a name that starts with `*`, which would take in other people's files, for any slash but those of
    /// `DELAYED/N-day/`, and for what no file name holds.
    public init?(_ text: some StringProtocol) {
        var name = Substring(text)
        delayInDays = Self.cutDelay(from: &name)
        guard !name.isEmpty, name.utf8.count <= FileName.lengthLimit, name.utf8.first != UInt8(ascii: "*"),
            let elements = Self.elements(of: name)
        else { return nil }
        self.elements = elements
        description = String(text)
    }

    public func matches(_ name: FileName) -> Bool {
        let bytes = Array(name.description.utf8)
        var (element, byte) = (0, 0)
        // Where to go on when what follows the last `*` does not fit: that `*` takes one byte more.
        var retry: (element: Int, byte: Int)?
        while byte < bytes.count {
            if element < elements.count, elements[element] == .anyRun {
                retry = (element + 1, byte)
                element += 1
            } else if element < elements.count, Self.fits(elements[element], bytes[byte]) {
                (element, byte) = (element + 1, byte + 1)
            } else if let last = retry {
                retry = (last.element, last.byte + 1)
                (element, byte) = (last.element, last.byte + 1)
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { $0 == .anyRun }
    }

    private static func fits(_ element: Element, _ byte: UInt8) -> Bool {
        switch element {
        case .byte(let wanted): wanted == byte
        case .anyByte: true
        case .anyRun: false
        case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
        }
    }

    private static func cutDelay(from name: inout Substring) -> Int? {
        guard name.hasPrefix("DELAYED/"), let (delay, rest) = name.dropFirst("DELAYED/".count).splitOnce(at: "/"),
            let days = QueueCommand.days(delay)
        else { return nil }
        name = rest
        return days
    }

    private static func elements(of name: Substring) -> [Element]? {
        var rest = Array(name.utf8)[...]
        var elements: [Element] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "*"): elements.append(.anyRun)
            case UInt8(ascii: "?"): elements.append(.anyByte)
            case UInt8(ascii: "["):
                guard let set = set(from: &rest) else { return nil }
                elements.append(set)
            case _ where FileName.isAllowed(byte): elements.append(.byte(byte))
            default: return nil
            }
        }
        return elements
    }

    /// What stands after `[`, up to `]`: bytes, ranges `a-z`, all of it negated by `!` or `^`.
    private static func set(from rest: inout ArraySlice<UInt8>) -> Element? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        var inside = rest[..<end]
        rest = rest[(end + 1)...]
        let isNegated = inside.first == UInt8(ascii: "!") || inside.first == UInt8(ascii: "^")
        if isNegated { inside.removeFirst() }
        var ranges: [ClosedRange<UInt8>] = []
        while let low = inside.popFirst() {
            var high = low
            if inside.count >= 2, inside.first == UInt8(ascii: "-") {
                inside.removeFirst()
                high = inside.removeFirst()
            }
            guard FileName.isAllowed(low), FileName.isAllowed(high), low <= high else { return nil }
            ranges.append(low...high)
        }
        return ranges.isEmpty ? nil : .oneOf(ranges, isNegated: isNegated)
    }

}
