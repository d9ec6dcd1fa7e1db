/// Cuts a stream of bytes into SFTP packets: four bytes of length, then as many bytes, of which the first is the type.
public struct PacketFramer: Sendable {
    /// Bytes in a packet, as OpenSSH's sftp-server has it; clients send writes of 32 KiB.
    public static let packetLimit = 256 << 10

    private var buffer: [UInt8] = []
    private var start = 0

    public init() {}

    public mutating func append(_ bytes: some Sequence<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next whole packet without its length; nil when more bytes have to come.
    /// - Throws: `NotSFTP` when the length cannot be one: what follows cannot be read either.
    public mutating func next() throws(NotSFTP) -> [UInt8]? {
        guard buffer.count - start >= 4 else { return nil }
        let length = buffer[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        guard (1...Self.packetLimit).contains(length) else { throw NotSFTP() }
        guard buffer.count - start >= 4 + length else { return nil }
        defer { start += 4 + length }
        return Array(buffer[start + 4..<start + 4 + length])
    }
}

/// The bytes are no packets of SFTP version 3.
public struct NotSFTP: Error, Equatable, Sendable {
    public init() {}
}
