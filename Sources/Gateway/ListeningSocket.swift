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
        do throws(IOError) {
            let (descriptor, port) = try RawSocket.listen(at: address, backlog: Self.backlog)
            let host = address.ipAddress ?? ""
            self.descriptor = descriptor
            description = address.protocol == .inet6 ? "[\(host)]:\(port)" : "\(host):\(port)"
        } catch {
            throw ListeningMistake(place: place, mistake: "\(error)")
        }
    }

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
}

/// Why nothing listens there; the admin's to mend.
public struct ListeningMistake: Error, CustomStringConvertible {
    let place: String
    let mistake: String

    public var description: String { "listen \(place): \(mistake)" }
}
