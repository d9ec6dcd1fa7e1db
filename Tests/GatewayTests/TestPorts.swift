internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Ports for servers that cannot be asked which one they got.
enum TestPorts {
    /// Below the ports that the kernel gives to whoever asks for any: ip_local_port_range(7).
    private static let range = 20_000..<32_000
    /// Each is given once: a test that chose one that another had been told of, and not opened yet, took it from that.
    private static let last = Mutex(Int.random(in: range))

    /// A port of 127.0.0.1 that nobody has, and that no other test is given.
    static func next() async throws -> Int {
        let port = last.withLock { last in
            last = last + 1 < range.upperBound ? last + 1 : range.lowerBound
            return last
        }
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        guard let channel = try? await bootstrap.bind(host: "127.0.0.1", port: port).get() else {
            return try await next()
        }
        try await channel.close()
        return port
    }
}
