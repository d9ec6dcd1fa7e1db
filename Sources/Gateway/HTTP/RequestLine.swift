internal import NIOCore

/// Knows whether the line that begins a request is still under way: the parser says of a head that is too large only that
/// it is. Stands before the parser.
///
/// Of a request that comes in one piece with the end of the former it does not see the line; then a head that is too large
/// is called a line that is too long, and nothing else is wrong.
final class RequestLine: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private(set) var isUnderWay = true

    func begin() { isUnderWay = true }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isUnderWay, unwrapInboundIn(data).readableBytesView.contains(UInt8(ascii: "\n")) { isUnderWay = false }
        context.fireChannelRead(data)
    }
}
