internal import FTPProtocol
internal import NIOCore
internal import NIOTLS

/// The control connection on its event loop: bytes become lines, the session decides, replies go out at once. Work that
/// takes time goes to the connection's task, and its outcome comes back with `finish`.
final class ControlHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let configuration: GatewayConfiguration
    private var framer: LineFramer
    private var pace: CommandPace
    private var isListening = true
    private var session: FTPSession
    private let work: AsyncStream<FTPSession.Work>.Continuation
    private let stopReceiving: (StoreFailure) -> Void
    private let refusal: FTPSession.Refusal?
    private let tls: SessionTLS
    private var deadlines: [Scheduled<Void>] = []
    private var isClosing = false
    private var context: ChannelHandlerContext?

    /// `stopReceiving` ends the transfer under way, if there is one; `refusal` turns the client away.
    init(
        _ session: FTPSession, _ configuration: GatewayConfiguration, refusing refusal: FTPSession.Refusal?,
        tls: SessionTLS, work: AsyncStream<FTPSession.Work>.Continuation,
        stopReceiving: @escaping (StoreFailure) -> Void
    ) {
        self.session = session
        self.configuration = configuration
        self.refusal = refusal
        framer = LineFramer(limit: configuration.lineLimit)
        pace = CommandPace(perSecond: configuration.commandsPerSecond, at: .now())
        self.tls = tls
        self.work = work
        self.stopReceiving = stopReceiving
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        for deadline in deadlines { deadline.cancel() }
        work.finish()
    }

    func channelActive(context: ChannelHandlerContext) {
        carryOut(session.begin(refusing: refusal))
        let loop = context.eventLoop.assumeIsolated()
        deadlines = [
            loop.scheduleTask(in: TimeAmount(configuration.loginTimeout)) { [weak self] in
                if let self { carryOut(session.loginExpired()) }
            },
            loop.scheduleTask(in: TimeAmount(configuration.sessionTimeLimit)) { [weak self] in
                if let self { carryOut(session.expire()) }
            },
        ]
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data).readableBytesView
        let lines = framer.feed(bytes)
        for line in lines { carryOut(session.receive(line)) }
        pace.note(lines: lines.count, bytes: bytes.count, at: .now())
        if isListening { listenInTime() }
    }

    /// A client in a hurry is heard later; what it sends meanwhile waits in the kernel, and then in the client.
    private func listenInTime() {
        guard let context else { return }
        let pause = pace.pause(at: .now())
        if isListening != (pause == .zero) {
            isListening.toggle()
            try? context.channel.syncOptions?.setOption(.autoRead, value: isListening)
        }
        guard !isListening else { return }
        // The read under way may bring more: then it is later still.
        context.eventLoop.assumeIsolated().scheduleTask(in: pause) { [weak self] in self?.listenInTime() }
    }

    /// How the session ended; nil when the client went without a word.
    var ending: FTPSession.Ending? { session.ending }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is IdleStateHandler.IdleStateEvent: carryOut(session.idle())
        case TLSUserEvent.handshakeCompleted: session.secured()
        case ChannelEvent.inputClosed: carryOut(session.inputEnded())
        default: break
        }
    }

    /// The client is gone, with or without QUIT: the session ends, and a transfer under way with it.
    func channelInactive(context: ChannelHandlerContext) {
        work.finish()
        stopReceiving(.cut)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func finish(_ outcome: FTPSession.Outcome) {
        carryOut(session.finish(outcome))
    }

    func stop() {
        carryOut(session.stop())
    }

    private func carryOut(_ actions: [FTPSession.Action]) {
        guard let context else { return }
        for action in actions {
            switch action {
            case .send(let reply): send(reply, context)
            case .begin(let next): work.yield(next)
            case .stopReceiving: stopReceiving(.aborted)
            case .startTLS: startTLS(context)
            case .protectData(let protects): tls.protectData(protects)
            case .close: close(context)
            }
        }
        context.flush()
    }

    /// The 234 goes out in clear, everything after it does not. Half a line that came with AUTH is dropped here, whole ones
    /// are by the session.
    private func startTLS(_ context: ChannelHandlerContext) {
        context.flush()
        framer = LineFramer(limit: configuration.lineLimit)
        // In TLS, half a close without its farewell is a truncation.
        try? context.channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
        do { try tls.start(on: context.channel) } catch { context.close(promise: nil) }
    }

    /// The last words go out first. A client that does not take them is asked twice: see `FTPSession.idle`.
    private func close(_ context: ChannelHandlerContext) {
        guard !isClosing else { return context.close(promise: nil) }
        isClosing = true
        let said = context.eventLoop.makePromise(of: Void.self)
        said.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: said)
    }

    private func send(_ reply: FTPReply, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(context.channel.allocator.buffer(string: reply.serialized)), promise: nil)
    }
}
