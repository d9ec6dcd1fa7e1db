/// Walks over the packets of an armored signature by their headers (RFC 4880, section 4.2).
enum SignaturePackets {
    /// How many signature packets there are; `nil` when there is anything else, or a packet is not whole.
    static func count(in bytes: [UInt8]) -> Int? { bodies(in: bytes)?.count }

    /// What is in each of them; `nil` when there is none, or anything else, or a packet is not whole.
    static func bodies(in bytes: [UInt8]) -> [ArraySlice<UInt8>]? {
        var rest = bytes[...]
        var bodies: [ArraySlice<UInt8>] = []
        while let header = rest.popFirst() {
            guard let length = bodyLength(after: header, &rest), length <= rest.count else { return nil }
            bodies.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return bodies.isEmpty ? nil : bodies
    }

    /// Takes the length octets off `rest`. Lengths of unknown extent (partial, indeterminate) are not for signatures.
    private static func bodyLength(after header: UInt8, _ rest: inout ArraySlice<UInt8>) -> Int? {
        if header & 0xFC == 0x88 { return oldLength(type: header & 3, &rest) }
        if header == 0xC2 { return newLength(&rest) }
        return nil
    }

    private static func oldLength(type: UInt8, _ rest: inout ArraySlice<UInt8>) -> Int? {
        type == 3 ? nil : number(octets: 1 << Int(type), &rest)
    }

    private static func newLength(_ rest: inout ArraySlice<UInt8>) -> Int? {
        switch rest.popFirst() {
        case .some(let first) where first < 192: Int(first)
        case .some(let first) where first < 224: rest.popFirst().map { (Int(first) - 192) << 8 + Int($0) + 192 }
        case .some(255): number(octets: 4, &rest)
        default: nil
        }
    }

    private static func number(octets: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
        guard rest.count >= octets else { return nil }
        defer { rest = rest.dropFirst(octets) }
        return rest.prefix(octets).reduce(0) { $0 << 8 | Int($1) }
    }
}
