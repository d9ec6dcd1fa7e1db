internal import Glibc
internal import NIOCore

/// A socket that listens already. It is made before the program is locked in: a low port needs root, and a name a look-up.
public struct ListeningSocket: Sendable, CustomStringConvertible {
    /// Connections the kernel keeps until they are taken: a burst of clients larger than this loses some for a minute.
    private static let backlog: CInt = 1024

    let descriptor: CInt
    /// Address and port, with the port that was given for 0: `127.0.0.1:2121`, `[::1]:2121`.
    public let description: String

    /// `place` is `HOST:PORT`, an IPv6 address in brackets; port 0 lets the system choose.
    public init(_ place: String) throws {
        let address = try Self.address(place)
        descriptor = try Self.check("make a socket for", place, socket(address.protocol.rawValue, Self.type, 0))
        description = try Self.listen(descriptor, at: address, place)
    }

    private static let type = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)

    private static func address(_ place: String) throws -> SocketAddress {
        guard let colon = place.lastIndex(of: ":"), let port = UInt16(place[place.index(after: colon)...]) else {
            throw ListeningMistake(place: place, mistake: "HOST:PORT is wanted, for example 127.0.0.1:2121")
        }
        var host = place[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        do {
            return try SocketAddress.makeAddressResolvingHost(String(host), port: Int(port))
        } catch {
            throw ListeningMistake(place: place, mistake: "there is no such address")
        }
    }

    private static func listen(_ descriptor: CInt, at address: SocketAddress, _ place: String) throws -> String {
        do {
            var on: CInt = 1
            let size = socklen_t(MemoryLayout<CInt>.size)
            _ = try check("set up", place, setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size))
            if address.protocol == .inet6 {
                // Listening on 0.0.0.0 and [::] then works side by side.
                _ = try check("set up", place, setsockopt(descriptor, CInt(IPPROTO_IPV6), IPV6_V6ONLY, &on, size))
            }
            _ = try check("bind", place, address.withSockAddr { Glibc.bind(descriptor, $0, socklen_t($1)) })
            _ = try check("listen at", place, Glibc.listen(descriptor, backlog))
            return try boundAddress(of: descriptor, like: address, place)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    private static func boundAddress(of descriptor: CInt, like address: SocketAddress, _ place: String) throws -> String
    {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        _ = try check("look at", place, result)
        let port = withUnsafeBytes(of: storage) {
            UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        }
        let host = address.ipAddress ?? ""
        return address.protocol == .inet6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func check(_ operation: String, _ place: String, _ result: CInt) throws -> CInt {
        guard result >= 0 else {
            throw ListeningMistake(place: place, mistake: "cannot \(operation) it: \(String(cString: strerror(errno)))")
        }
        return result
    }
}

/// Why nothing listens there; the admin's to mend.
public struct ListeningMistake: Error, CustomStringConvertible {
    let place: String
    let mistake: String

    public var description: String { "listen \(place): \(mistake)" }
}
