internal import FTPProtocol
internal import Glibc

/// Who sends a request: whoever has the connection, or, behind web servers that are trusted, the client they tell of. Bans,
/// limits and the log are by this.
struct Peer: Equatable, Sendable {
    /// nil where the system does not say.
    let address: NetworkAddress?
    /// Whether requests are counted one by one: a proxy's connections are those of many.
    let isBehindProxy: Bool

    /// `forwarded` are the values of X-Forwarded-For. Each proxy adds the address it was called from at the right; further
    /// left stands what a client may have written itself. So the client is the last one that is not a trusted proxy. Where
    /// that is no address, all that is known is the proxy that wrote it.
    init(_ connection: NetworkAddress?, forwarded: [String], trusting proxies: [NetworkAddress]) {
        guard let connection, proxies.contains(connection) else {
            (address, isBehindProxy) = (connection, false)
            return
        }
        var farthest = connection
        let hops = forwarded.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        for hop in hops.reversed() where proxies.contains(farthest) {
            guard let address = Self.address(hop) else { break }
            farthest = address
        }
        (address, isBehindProxy) = (farthest, true)
    }

    /// `192.0.2.1`, `2001:db8::1`, and with a port, as some proxies write: `192.0.2.1:443`, `[2001:db8::1]:443`.
    private static func address(_ hop: Substring) -> NetworkAddress? {
        let text = String(hop.filter { $0 != " " && $0 != "\t" })
        if text.hasPrefix("[") { return NetworkAddress(String(text.dropFirst().prefix { $0 != "]" })) }
        return NetworkAddress(text) ?? NetworkAddress(String(text.prefix { $0 != ":" }))
    }
}

extension Peer: CustomStringConvertible {
    var description: String { address?.text ?? "unknown" }
}

extension NetworkAddress {
    var text: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension GatewayParts {
    /// Counts a request that came by way of a proxy, until `leave`; others are counted as connections. Nil lets it in.
    func enter(_ peer: Peer) -> FTPSession.Refusal? {
        guard let address = peer.address else { return nil }
        let refusal = peer.isBehindProxy ? admission.enterRequest(address) : admission.ban(address)
        if let refusal { metrics.refused(refusal) }
        return refusal
    }

    func leave(_ peer: Peer) {
        if peer.isBehindProxy, let address = peer.address { admission.leaveRequest(address) }
    }
}
