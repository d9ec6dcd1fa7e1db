internal import FTPProtocol
internal import NIOCore
internal import NIOPosix

/// Writes what an encrypted data connection brings into a file. It writes where it reads, on one of the loops that are there
/// for that: while the disk is slow nothing is read, and TCP makes the client wait.
final class FileReceiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let destination: FileDestination
    private var pace: TransferPace
    private let done: EventLoopPromise<Int64>
    private var file: IncomingFile?
    private var waiting = WriteBuffer()
    private var received: Int64 = 0
    private var isOver = false

    /// `done` gets the size when the file has its name, or else a StoreFailure or what the disk said.
    init(_ destination: FileDestination, _ pace: TransferPace, _ done: EventLoopPromise<Int64>) {
        self.pace = pace
        self.destination = destination
        self.done = done
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        let bytes = unwrapInboundIn(data)
        received += Int64(bytes.readableBytes)
        do {
            try pace.note(bytes.readableBytes, at: .now())
            try destination.check(received: received)
            waiting.append(bytes)
            if waiting.isWorthAWrite { try write(waiting.takePages()) }
        } catch {
            fail(error, context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let stop as DataPort.Stop: fail(stop.failure, context)
        case is IdleStateHandler.IdleStateEvent: fail(StoreFailure.cut, context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// The client closes the connection when the file is whole (RFC 959, 3.4.1).
    func channelInactive(context: ChannelHandlerContext) {
        guard !isOver else { return }
        do {
            try write(waiting.takeAll())
            guard let file else { return }
            try destination.keep(file, received: received)
            isOver = true
            done.succeed(received)
        } catch {
            fail(error, context)
        }
    }

    /// Without having been active: whoever waits is told all the same.
    func handlerRemoved(context: ChannelHandlerContext) {
        fail(StoreFailure.cut, context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(StoreFailure.cut, context)
    }

    private func write(_ bytes: ByteBuffer) throws {
        let current = try destination.ready(file, received: received)
        file = current
        try current.write(bytes)
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        guard !isOver else { return }
        isOver = true
        destination.drop(file, waiting.takeAll(), after: error, received: received)
        done.fail(error)
        context.closeBeneathTLS()
    }
}
