internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// Ends a connection whose handshake takes too long, however many bytes still trickle in.
final class HandshakeDeadline: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let timeout: TimeAmount
    private var expiry: Scheduled<Void>?

    init(_ timeout: TimeAmount) {
        self.timeout = timeout
    }

    func handlerAdded(context: ChannelHandlerContext) {
        expiry = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) { context.closeBeneathTLS() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        expiry?.cancel()
    }

    /// Whoever only sends does not read, and the handshake needs both.
    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        context.read()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event { expiry?.cancel() }
        context.fireUserInboundEventTriggered(event)
    }
}

extension ChannelHandlerContext {
    /// Closes without TLS's farewell, which waits for the other side's: a client that is still sending would go on for
    /// seconds. In clear it is a `close` like any other.
    func closeBeneathTLS() {
        let below = try? pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
        (below ?? self).close(promise: nil)
    }
}
