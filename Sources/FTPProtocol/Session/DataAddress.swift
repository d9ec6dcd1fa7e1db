internal import Glibc

/// An address of the internet by its bytes: two ways to write it make no difference. An IPv4 address in IPv6 is IPv4.
public struct NetworkAddress: Equatable, Sendable {
    /// 4 or 16.
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) {
        let mapped: [UInt8] = Array(repeating: 0, count: 10) + [255, 255]
        self.bytes = bytes.count == 16 && bytes.starts(with: mapped) ? Array(bytes.suffix(4)) : bytes
    }

    public init?(_ text: String) {
        if let octets = IPv4Octets(text) {
            self.init(bytes: octets.octets)
            return
        }
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
        self.init(bytes: withUnsafeBytes(of: address) { Array($0) })
    }
}

/// Where a client in active mode waits for the data connection.
public struct DataAddress: Equatable, Sendable {
    public let address: NetworkAddress
    public let port: UInt16

    /// From `192,0,2,1,195,81`, the argument of PORT (RFC 959, 4.1.2).
    init?(port argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { UInt8($0) }
        guard numbers.count == 6, !numbers.contains(nil) else { return nil }
        let all = numbers.map { $0 ?? 0 }
        guard let address = NetworkAddress(all[..<4].map(String.init).joined(separator: ".")) else { return nil }
        self.address = address
        port = UInt16(all[4]) << 8 | UInt16(all[5])
    }

    fileprivate init?(address: String, port: String, isIPv6: Bool) {
        guard let address = NetworkAddress(address), let port = UInt16(port) else { return nil }
        guard address.bytes.count == (isIPv6 ? 16 : 4) else { return nil }
        self.address = address
        self.port = port
    }
}

extension FTPCommand.Active {
    init(port argument: String) {
        self = DataAddress(port: argument).map(Self.to) ?? .unreadable
    }

    /// From `|2|2001:db8::1|5282|`, the argument of EPRT (RFC 2428, 2).
    init(extended argument: String) {
        guard let delimiter = argument.first else {
            self = .unreadable
            return
        }
        let parts = argument.split(separator: delimiter, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, parts[0].isEmpty, parts[4].isEmpty else {
            self = .unreadable
            return
        }
        guard ["1", "2"].contains(parts[1]) else {
            self = .unknownNetwork
            return
        }
        let address = DataAddress(address: parts[2], port: parts[3], isIPv6: parts[1] == "2")
        self = address.map(Self.to) ?? .unreadable
    }
}
