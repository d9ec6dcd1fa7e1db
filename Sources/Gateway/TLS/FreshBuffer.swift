internal import NIOCore

/// Hands decrypted bytes on in buffers of their own size. NIOSSL uses one large buffer again and again; whoever keeps a part
/// of it, as the disk does for a while, makes it copy the whole of it at the next read.
final class FreshBuffer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        var fresh = context.channel.allocator.buffer(capacity: bytes.readableBytes)
        fresh.writeImmutableBuffer(bytes)
        context.fireChannelRead(wrapInboundOut(fresh))
    }
}
