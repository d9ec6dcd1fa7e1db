internal import FTPProtocol
internal import NIOCore
internal import NIOPosix

/// Transfers over TLS, in NIO channels.
enum ProtectedTransfer {
    /// Loops of their own: here a transfer may wait for the disk, and only other transfers wait with it. As many as one
    /// disk has use for.
    private static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 8)

    /// Returns the number of bytes when the transfer is over. `makeHandler` gets the promise to keep.
    static func run(
        over port: DataPort, _ limits: TransferLimits, _ tls: SessionTLS, threads: TransferThreads,
        _ makeHandler: @escaping @Sendable (EventLoopPromise<Int64>) -> any ChannelHandler
    ) async throws -> Int64 {
        let connection = try await threads.run { try port.takeConnection(limits) }
        let loop = loops.next()
        let done = loop.makePromise(of: Int64.self)
        do {
            let channel = try await ClientBootstrap(group: loop)
                .channelOption(.maxMessagesPerRead, value: 1)
                .channelOption(.recvAllocator, value: pieces)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let idle = IdleStateHandler(allTimeout: TimeAmount(limits.dataTimeout))
                        try channel.pipeline.syncOperations.addHandler(GatheredReads())
                        try tls.protect(data: channel)
                        try channel.pipeline.syncOperations.addHandlers([idle, makeHandler(done)])
                    }
                }
                .withConnectedSocket(connection).get()
            port.hand(to: channel)
        } catch {
            done.fail(StoreFailure.cut)
        }
        return try await done.futureResult.get()
    }

    private static let pieces = AdaptiveRecvByteBufferAllocator(
        minimum: 16 << 10, initial: 64 << 10, maximum: 256 << 10)
}
