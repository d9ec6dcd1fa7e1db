internal import NIOCore
internal import NIOHTTP1

/// Ends a connection that is silent for too long, that takes too long for the head of a request or in all, or between two
/// requests when the service stops.
final class RequestWatch: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart

    /// Fired when the service stops: a request under way gets some time.
    struct Stop: Sendable {}

    private let headTimeout: TimeAmount
    private let stopTimeout: TimeAmount
    private let timeLimit: TimeAmount
    private var expiry: Scheduled<Void>?
    private var end: Scheduled<Void>?
    private var isBusy = false
    private var isStopping = false

    init(_ configuration: GatewayConfiguration) {
        headTimeout = TimeAmount(configuration.loginTimeout)
        stopTimeout = TimeAmount(configuration.stopTimeout)
        timeLimit = TimeAmount(configuration.sessionTimeLimit)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        close(context, in: headTimeout)
        end = context.eventLoop.assumeIsolated().scheduleTask(in: timeLimit) { context.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        expiry?.cancel()
        end?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) {
            isBusy = true
            if !isStopping { expiry?.cancel() }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data) else {
            context.write(data, promise: promise)
            return
        }
        isBusy = false
        // What a stop gave stays: the upload under way then is the last.
        guard !isStopping else {
            let written = promise ?? context.eventLoop.makePromise()
            written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
            context.write(data, promise: written)
            return
        }
        close(context, in: headTimeout)
        context.write(data, promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is IdleStateHandler.IdleStateEvent: context.close(promise: nil)
        case is Stop:
            isStopping = true
            close(context, in: isBusy ? stopTimeout : .zero)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    private func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
        expiry?.cancel()
        expiry = context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }
}
