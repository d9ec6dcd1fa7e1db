internal import FTPProtocol
internal import NIOCore

/// Sends a listing over a data connection and closes it, which is its end (RFC 959, 3.4.1).
final class TextSender: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let bytes: [UInt8]
    private let done: EventLoopPromise<Int64>

    init(_ bytes: [UInt8], _ done: EventLoopPromise<Int64>) {
        self.bytes = bytes
        self.done = done
    }

    func channelActive(context: ChannelHandlerContext) {
        let (done, size) = (done, Int64(bytes.count))
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { result in
            context.close(promise: nil)
            switch result {
            case .success: done.succeed(size)
            case .failure: done.fail(StoreFailure.cut)
            }
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: written)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let stop as DataPort.Stop: fail(stop.failure, context)
        case is IdleStateHandler.IdleStateEvent: fail(.cut, context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// A promise that is kept already stays as it is.
    func handlerRemoved(context: ChannelHandlerContext) {
        done.fail(StoreFailure.cut)
    }

    private func fail(_ failure: StoreFailure, _ context: ChannelHandlerContext) {
        done.fail(failure)
        context.close(promise: nil)
    }
}
