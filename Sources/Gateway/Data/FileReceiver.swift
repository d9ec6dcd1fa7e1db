internal import DurableFiles
internal import FTPProtocol
internal import NIOCore
internal import NIOPosix
internal import SystemPackage

/// Writes what an encrypted data connection brings into a file. The next piece is read while the last is written; when the disk is
/// slower than the line, reading stops, and TCP makes the client wait.
final class FileReceiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private enum Disk {
        case resting(IncomingFile?)
        case writing
    }

    private enum Ending {
        case complete
        case failed(any Error)
    }

    private let destination: FileDestination
    private let pool: NIOThreadPool
    private var pace: TransferPace
    private let done: EventLoopPromise<Int64>
    private var disk = Disk.resting(nil)
    private var ending: Ending?
    private var isReading = false
    private var isDone = false
    private var waiting = PieceQueue()
    private var received: Int64 = 0

    /// `done` gets the size when the file has its name, or else a StoreFailure or what the disk said.
    init(
        _ destination: FileDestination, lowestRate: Int, on pool: NIOThreadPool, _ done: EventLoopPromise<Int64>
    ) {
        pace = TransferPace(lowestRate: lowestRate, at: .now())
        self.destination = destination
        self.pool = pool
        self.done = done
    }

    func channelActive(context: ChannelHandlerContext) {
        advance(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        received += Int64(bytes.readableBytes)
        do throws(StoreFailure) {
            try pace.note(bytes.readableBytes, at: .now())
            try destination.check(received: received)
        } catch {
            return end(.failed(error), context)
        }
        waiting.append(bytes)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        advance(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let stop as DataPort.Stop: end(.failed(stop.failure), context)
        case is IdleStateHandler.IdleStateEvent where waiting.bytes == 0: end(.failed(StoreFailure.cut), context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// The client closes the connection when the file is whole (RFC 959, 3.4.1).
    func channelInactive(context: ChannelHandlerContext) {
        end(.complete, context)
    }

    /// Without having been active: whoever waits is told all the same.
    func handlerRemoved(context: ChannelHandlerContext) {
        end(.failed(StoreFailure.cut), context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.failed(StoreFailure.cut), context)
    }

    private func end(_ ending: Ending, _ context: ChannelHandlerContext) {
        guard self.ending == nil else { return }
        self.ending = ending
        context.closeBeneathTLS()
        advance(context)
    }

    /// Starts whatever can be started now.
    private func advance(_ context: ChannelHandlerContext) {
        if case .resting(let file) = disk, !isDone {
            switch ending {
            case .failed(let error): fail(error, file)
            case .complete: write(to: file, isLast: true, context)
            case nil where waiting.isWorthAWrite: write(to: file, isLast: false, context)
            case nil: break
            }
        }
        guard ending == nil, !isReading, !waiting.isWorthAWrite else { return }
        isReading = true
        context.read()
    }

    private func fail(_ error: any Error, _ file: IncomingFile?) {
        isDone = true
        let (done, destination, pieces, received) = (done, destination, waiting.take(all: true), received)
        pool.submit { _ in
            destination.drop(file, pieces, after: error, received: received)
            done.fail(error)
        }
    }

    private func write(to file: IncomingFile?, isLast: Bool, _ context: ChannelHandlerContext) {
        let (destination, pieces, size) = (destination, waiting.take(all: isLast), received)
        disk = .writing
        isDone = isLast
        let writing = pool.runIfActive(eventLoop: context.eventLoop) {
            var current = file
            do {
                let file = try destination.ready(file, received: size)
                current = file
                try file.write(pieces)
                if isLast { try destination.keep(file, received: size) }
                return file
            } catch {
                destination.discard(current)
                throw error
            }
        }
        if isLast {
            writing.map { _ in size }.cascade(to: done)
        } else {
            writing.assumeIsolated().whenComplete { self.written($0, context) }
        }
    }

    private func written(_ result: Result<IncomingFile, any Error>, _ context: ChannelHandlerContext) {
        switch result {
        case .success(let file):
            disk = .resting(file)
            advance(context)
        case .failure(let error):
            disk = .resting(nil)
            ending = .failed(error)
            context.closeBeneathTLS()
            advance(context)
        }
    }
}
