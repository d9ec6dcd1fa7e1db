internal import ArchiveModel
internal import FTPProtocol
internal import NIOCore
internal import NIOPosix

/// What the gateway asks the intake, over the socket that the intake has in the jail. The intake may be away at any time:
/// then a path is taken as it is, and the verdict comes by mail.
public struct IntakeLine: Sendable {
    private let socketPath: String
    private let targetTimeout: Duration
    private let loops: any EventLoopGroup

    /// `socketPath` is relative to the jail where the gateway has it as its working directory: 107 bytes are not many.
    public init(socketPath: String, targetTimeout: Duration) {
        self.socketPath = socketPath
        self.targetTimeout = targetTimeout
        loops = MultiThreadedEventLoopGroup.singleton
    }

    func target(_ path: VirtualPath) async -> TargetAnswer {
        switch try? await ask(.target(path: path.description), within: targetTimeout) {
        case .target(.valid): .valid
        case .target(.partial): .partial
        case .target(.refused(let reason)): .refused(reason)
        case .verdict, .noted, nil: .unknown
        }
    }

    /// nil when no verdict came in time.
    func verdict(
        session: SessionName, path: VirtualPath, file: UploadName, within limit: Duration
    ) async -> VerdictSocket.SessionAnswer? {
        let request = VerdictSocket.Request.judge(
            session: session.description, directory: path.description, file: file.description)
        guard limit > .zero, case .verdict(let answer) = try? await ask(request, within: limit) else { return nil }
        return answer
    }

    /// Only wakes the intake: when nobody listens, it finds the folder by itself.
    func tellLanded(_ session: String) async {
        _ = try? await ask(.landed(session: session), within: targetTimeout)
    }

    private func ask(_ request: VerdictSocket.Request, within limit: Duration) async throws -> VerdictSocket.Reply {
        let line = try VerdictSocket.line(request)
        let loop = loops.any()
        let reply = loop.makePromise(of: ByteBuffer.self)
        let timeout = loop.scheduleTask(in: TimeAmount(limit)) { reply.fail(ChannelError.connectTimeout(.zero)) }
        defer { timeout.cancel() }
        let connecting = ClientBootstrap(group: loop).connectTimeout(TimeAmount(limit)).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(ReplyLine(reply))
            }
        }.connect(unixDomainSocketPath: socketPath)
        connecting.cascadeFailure(to: reply)
        connecting.whenSuccess { $0.writeAndFlush(ByteBuffer(bytes: line), promise: nil) }
        defer { connecting.whenSuccess { $0.close(promise: nil) } }
        return try VerdictSocket.message(
            VerdictSocket.Reply.self, from: try await reply.futureResult.get().readableBytesView)
    }
}

/// Collects one line.
private final class ReplyLine: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let reply: EventLoopPromise<ByteBuffer>
    private var line = ByteBuffer()

    init(_ reply: EventLoopPromise<ByteBuffer>) {
        self.reply = reply
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        line.writeBuffer(&bytes)
        if let end = line.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
            reply.succeed(ByteBuffer(line.readableBytesView[..<end]))
        } else if line.readableBytes > VerdictSocket.lineLimit {
            reply.fail(ChannelError.inputClosed)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        reply.fail(ChannelError.inputClosed)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        reply.fail(error)
    }
}
