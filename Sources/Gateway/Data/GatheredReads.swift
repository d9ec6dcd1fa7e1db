internal import NIOCore

/// Lets the bytes of a fast client gather for a moment between two reads.
///
/// A record of TLS is decrypted faster than the next one is sent. Who reads each at once sleeps and is woken for every
/// record, and the waking is the client's work: it sends slower than to a server that is slow (docs/performance.md).
final class GatheredReads: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Never

    /// Reads of these sizes, in bytes, are worth the wait: with fewer the client is slow, with more we are.
    private static let stream = 8 << 10..<128 << 10
    /// Long enough for several records, too short to be noticed at the end of a file.
    private static let pause = TimeAmount.microseconds(100)

    private var lastRead = 0
    private var waiting: Scheduled<Void>?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastRead += unwrapInboundIn(data).readableBytes
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        guard waiting == nil else { return }
        guard Self.stream.contains(lastRead) else { return readNow(context) }
        waiting = context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) { self.readNow(context) }
    }

    private func readNow(_ context: ChannelHandlerContext) {
        waiting = nil
        lastRead = 0
        context.read()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        waiting?.cancel()
    }
}
