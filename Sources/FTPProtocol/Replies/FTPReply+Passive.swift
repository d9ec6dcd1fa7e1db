/// An IPv4 address in four numbers, as the 227 reply wants it.
public struct IPv4Octets: Equatable, Sendable, CustomStringConvertible {
    public let octets: [UInt8]

    /// From `192.0.2.1`.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        octets = parts.compactMap { UInt8($0) }
        guard parts.count == 4, octets.count == 4 else { return nil }
    }

    public var description: String {
        octets.map(String.init).joined(separator: ".")
    }
}

extension FTPReply {
    /// RFC 959, 4.1.2. dupload connects to the address it reads here, other clients to the one they came to.
    static func passive(_ address: IPv4Octets, port: UInt16) -> FTPReply {
        let numbers = address.octets + [UInt8(port >> 8), UInt8(port & 0xFF)]
        return FTPReply(.passive, "Entering Passive Mode (\(numbers.map(String.init).joined(separator: ","))).")
    }

    /// RFC 2428, 3.
    static func extendedPassive(port: UInt16) -> FTPReply {
        FTPReply(.extendedPassive, "Entering Extended Passive Mode (|||\(port)|).")
    }
}
