internal import NIOCore
internal import NIOHTTP1

/// Answers what is not HTTP, or more of it than is read, once, with the reason. What the client sends on is dropped until it
/// has read the answer and closes: a connection closed at once would be reset, and the answer lost.
final class BrokenRequests: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Bytes dropped before the connection is closed all the same.
    private static let dropLimit = 4 << 20

    private let line: RequestLine
    private let headLimit: Int
    private var isBroken = false
    private var dropped = 0
    /// A head has come, and not its end.
    private var isReceiving = false
    /// The answer to the latest request has begun.
    private var isAnswered = false

    init(_ line: RequestLine, headLimit: Int) {
        self.line = line
        self.headLimit = headLimit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: (isReceiving, isAnswered) = (true, false)
        case .body: break
        case .end:
            isReceiving = false
            line.begin()
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case ByteToMessageDecoderError.dataReceivedInErrorState(_, let bytes): drop(bytes, context)
        case let error as HTTPParserError where !isBroken:
            isBroken = true
            if !isReceiving || !isAnswered { send(answer(to: error), context) }
            // Whoever takes the body has to hear of it, and closes; a head nobody has seen yet.
            if isReceiving { context.fireErrorCaught(error) } else { context.close(mode: .output, promise: nil) }
        default: context.fireErrorCaught(error)
        }
    }

    private func drop(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        dropped += bytes.readableBytes
        if dropped > Self.dropLimit { context.close(promise: nil) }
    }

    private func answer(to error: HTTPParserError) -> UploadAnswer {
        switch error {
        case .headerOverflow where line.isUnderWay:
            UploadAnswer(.uriTooLong, "The first line of a request has at most \(headLimit) bytes.")
        case .headerOverflow:
            UploadAnswer(
                .requestHeaderFieldsTooLarge,
                "The head of a request has at most \(headLimit) bytes and \(HTTPDoor.fieldLimit) fields.")
        case .invalidEOFState: UploadAnswer(.badRequest, "The request broke off.")
        default: UploadAnswer(.badRequest, "This is not HTTP as this door reads it.")
        }
    }

    private func send(_ answer: UploadAnswer, _ context: ChannelHandlerContext) {
        for part in answer.parts(isLast: true) { context.write(wrapOutboundOut(part), promise: nil) }
        context.flush()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // A second answer is an assertion of NIO's.
        guard !isBroken else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        if case .head(let head) = unwrapOutboundIn(data), !head.isInformational { isAnswered = true }
        context.write(data, promise: promise)
    }
}

extension HTTPResponseHead {
    fileprivate var isInformational: Bool { (100..<200).contains(status.code) }
}
