internal import FTPProtocol
internal import Glibc
internal import NIOCore

/// The system calls of sockets that no channel has: those that wait for clients, and data connections. A descriptor belongs to
/// whoever made it.
enum RawSocket {
    private static let type = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)

    /// Throws the system's word when the port is not free. The default `backlog` is for a data connection: a client makes
    /// one, and strangers' must not keep it out.
    static func listen(at address: SocketAddress, backlog: CInt = 32) throws(IOError) -> (
        descriptor: CInt, port: UInt16
    ) {
        let descriptor = try check("socket", socket(address.protocol.rawValue, type | CInt(SOCK_NONBLOCK.rawValue), 0))
        do throws(IOError) {
            var on: CInt = 1
            let size = socklen_t(MemoryLayout<CInt>.size)
            try check("setsockopt", setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size))
            if address.protocol == .inet6 {
                // Listening on 0.0.0.0 and [::] then works side by side.
                try check("setsockopt", setsockopt(descriptor, CInt(IPPROTO_IPV6), IPV6_V6ONLY, &on, size))
            }
            try check("bind", address.withSockAddr { Glibc.bind(descriptor, $0, socklen_t($1)) })
            try check("listen", Glibc.listen(descriptor, backlog))
            return (descriptor, try port(of: descriptor))
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    private static func port(of descriptor: CInt) throws(IOError) -> UInt16 {
        var (address, size) = (sockaddr_storage(), socklen_t(MemoryLayout<sockaddr_storage>.size))
        try check(
            "getsockname",
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
            })
        // In IPv4 and IPv6 the port stands at the same place.
        return withUnsafeBytes(of: address) { UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self)) }
    }

    /// Waits for a connection to a listening socket. nil when it was none of this peer's, or gone again.
    static func accept(_ listener: CInt, from peer: NetworkAddress, until end: ContinuousClock.Instant)
        throws(StoreFailure) -> CInt?
    {
        try wait(for: listener, POLLIN, until: end)
        var (address, size) = (sockaddr_storage(), socklen_t(MemoryLayout<sockaddr_storage>.size))
        let accepted = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.accept(listener, $0, &size)
            }
        }
        guard accepted >= 0 else {
            guard [EAGAIN, EINTR, ECONNABORTED].contains(errno) else { throw .noDataConnection }
            return nil
        }
        guard NetworkAddress(address) == peer else {
            Glibc.close(accepted)
            return nil
        }
        return accepted
    }

    /// Begins a connection from `own` to `goal`.
    static func beginConnecting(to goal: SocketAddress, from own: SocketAddress) throws(IOError) -> CInt {
        let descriptor = try check("socket", socket(goal.protocol.rawValue, type | CInt(SOCK_NONBLOCK.rawValue), 0))
        do throws(IOError) {
            try check("bind", own.withSockAddr { Glibc.bind(descriptor, $0, socklen_t($1)) })
            let result = goal.withSockAddr { Glibc.connect(descriptor, $0, socklen_t($1)) }
            if result != 0, errno != EINPROGRESS { try check("connect", result) }
            return descriptor
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    /// Waits until a connection that was begun is there.
    static func finishConnecting(_ descriptor: CInt, until end: ContinuousClock.Instant) throws(StoreFailure) {
        try wait(for: descriptor, POLLOUT, until: end)
        var (failure, size) = (CInt(0), socklen_t(MemoryLayout<CInt>.size))
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size) == 0, failure == 0 else {
            throw .noDataConnection
        }
        // The calls of a transfer block, with a time limit.
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
    }

    private static func wait(for descriptor: CInt, _ event: CInt, until end: ContinuousClock.Instant)
        throws(StoreFailure)
    {
        var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        while true {
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { throw .noDataConnection }
            let result = poll(&entry, 1, CInt(clamping: left.components.seconds * 1000 + 999))
            if result > 0 { return }
            guard result == 0 || errno == EINTR else { throw .noDataConnection }
        }
    }

    /// How long `recv`, or `send`, may take before it gives up.
    static func setTimeout(_ timeout: Duration, for option: CInt, of descriptor: CInt) {
        let (seconds, attoseconds) = timeout.components
        var value = timeval(tv_sec: time_t(seconds), tv_usec: suseconds_t(attoseconds / 1_000_000_000_000))
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, option, &value, size)
    }

    @discardableResult
    private static func check(_ call: String, _ result: CInt) throws(IOError) -> CInt {
        guard result >= 0 else { throw IOError(errnoCode: errno, reason: call) }
        return result
    }
}

extension NetworkAddress {
    fileprivate init?(_ storage: sockaddr_storage) {
        let bytes = withUnsafeBytes(of: storage) { Array($0) }
        switch CInt(storage.ss_family) {
        case AF_INET: self.init(bytes: Array(bytes[4..<8]))
        case AF_INET6: self.init(bytes: Array(bytes[8..<24]))
        default: return nil
        }
    }
}
