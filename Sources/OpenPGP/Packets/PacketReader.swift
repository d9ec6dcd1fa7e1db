/// Reads the parts of an OpenPGP packet one after the other (RFC 4880, section 3).
struct PacketReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func byte() -> UInt8? { rest.popFirst() }

    /// A number of so many octets, the highest first.
    mutating func number(octets: Int) -> Int? { bytes(octets).map { $0.reduce(0) { $0 << 8 | Int($1) } } }

    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A multiprecision integer without leading zeros; `nil` when its count of bits is not exactly right.
    mutating func integer() -> ArraySlice<UInt8>? {
        guard let bits = number(octets: 2), bits > 0, let bytes = bytes((bits + 7) / 8), let first = bytes.first else {
            return nil
        }
        return 8 * bytes.count - first.leadingZeroBitCount == bits ? bytes : nil
    }
}
