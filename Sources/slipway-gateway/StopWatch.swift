internal import CLinux
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// Ends, and the program with it, when it is told to: by a signal, or by the end of its input.
///
/// ServiceLifecycle's own signals go by way of Dispatch, which cannot live in the jail: it looks its threads up in /proc,
/// and crashes where there is none.
struct StopWatch: Service, CustomStringConvertible {
    let description: String
    private let descriptor: CInt
    private let endsWithInput: Bool

    /// SIGTERM or SIGINT. To be made while there is one thread: those that come later then leave the signals alone, too.
    static func signals() -> StopWatch {
        StopWatch(description: "stop signals", descriptor: slipway_stop_signals(), endsWithInput: true)
    }

    /// The end of standard input, a pipe from the supervisor: closed by its will or by its death.
    static func standardInput() -> StopWatch {
        StopWatch(description: "supervision", descriptor: dup(STDIN_FILENO), endsWithInput: false)
    }

    func run() async throws {
        let channel = try await NIOPipeBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { [endsWithInput] channel in
                channel.eventLoop.makeCompletedFuture {
                    if endsWithInput { try channel.pipeline.syncOperations.addHandler(CloseOnInput()) }
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor).get()
        try await withGracefulShutdownHandler {
            try await channel.closeFuture.get()
        } onGracefulShutdown: {
            channel.close(promise: nil)
        }
    }
}

private final class CloseOnInput: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.close(promise: nil)
    }
}
