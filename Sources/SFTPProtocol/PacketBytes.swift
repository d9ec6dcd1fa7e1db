/// Reads the fields of a packet one after the other.
struct PacketReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: some Sequence<UInt8>) {
        rest = ArraySlice(bytes)
    }

    mutating func byte() throws(NotSFTP) -> UInt8 {
        guard let byte = rest.popFirst() else { throw NotSFTP() }
        return byte
    }

    mutating func uint32() throws(NotSFTP) -> UInt32 {
        UInt32(truncatingIfNeeded: try number(bytes: 4))
    }

    mutating func uint64() throws(NotSFTP) -> UInt64 { try number(bytes: 8) }

    mutating func bytes() throws(NotSFTP) -> [UInt8] {
        let count = Int(try uint32())
        guard count <= rest.count else { throw NotSFTP() }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// A path or a name. What is not UTF-8 has U+FFFD in it, and so is no name that is taken.
    mutating func text() throws(NotSFTP) -> String { String(decoding: try bytes(), as: UTF8.self) }

    private mutating func number(bytes count: Int) throws(NotSFTP) -> UInt64 {
        guard rest.count >= count else { throw NotSFTP() }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// Builds a packet field by field.
struct PacketWriter {
    private var body: [UInt8]

    init(_ type: PacketType) {
        body = [type.rawValue]
    }

    /// With the length in front.
    var packet: [UInt8] {
        var length = PacketWriter(.version)
        length.body = []
        length.add(UInt32(body.count))
        return length.body + body
    }

    mutating func add(_ number: UInt32) {
        for shift in stride(from: 24, through: 0, by: -8) { body.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    mutating func add(_ number: UInt64) {
        add(UInt32(truncatingIfNeeded: number >> 32))
        add(UInt32(truncatingIfNeeded: number))
    }

    mutating func add(_ bytes: some Collection<UInt8>) {
        add(UInt32(bytes.count))
        body.append(contentsOf: bytes)
    }

    mutating func add(_ text: String) { add(text.utf8) }
}

/// draft-ietf-secsh-filexfer-02, 3.
enum PacketType: UInt8 {
    case initialize = 1, version, open, close, read, write, linkStatus, handleStatus, setStatus, setHandleStatus
    case openFolder, readFolder, remove, makeFolder, removeFolder, realPath, pathStatus, rename, readLink, symbolicLink
    case status = 101, handle, data, names, attributes
    case extended = 200
}
