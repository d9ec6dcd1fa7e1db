internal import CLinux
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// Does what the admin wants done again at SIGHUP, one thing after the other. Runs until the group stops.
struct Reload: Service, CustomStringConvertible {
    /// Block SIGHUP and wait for it. To be made while there is one thread, as with `StopWatch.signals`: without it the
    /// signal would end the program.
    struct Signals {
        fileprivate let descriptor = slipway_reload_signals()
    }

    let description = "reload"
    let signals: Signals
    let actions: [@Sendable () async -> Void]

    func run() async throws {
        let (hangUps, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let channel = try await NIOPipeBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(YieldOnInput(continuation))
                }
            }
            .takingOwnershipOfDescriptor(input: signals.descriptor).get()
        await withGracefulShutdownHandler {
            for await _ in hangUps { for action in actions { await action() } }
        } onGracefulShutdown: {
            channel.close(promise: nil)
        }
    }
}

private final class YieldOnInput: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let hangUps: AsyncStream<Void>.Continuation

    init(_ hangUps: AsyncStream<Void>.Continuation) {
        self.hangUps = hangUps
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hangUps.yield()
    }

    func channelInactive(context: ChannelHandlerContext) {
        hangUps.finish()
    }
}
