internal import NIOCore

/// Keeps what comes before somebody serves the connection. Nothing is asked for until then, but of a client that closes its
/// side NIO reads all that is there.
final class UntilServed: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private var kept: [(ChannelHandlerContext) -> Void] = []

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        kept.append { $0.fireChannelRead(data) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        kept.append { $0.fireErrorCaught(error) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        kept.append { $0.fireUserInboundEventTriggered(event) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        for event in kept { event(context) }
        context.fireChannelReadComplete()
    }
}
