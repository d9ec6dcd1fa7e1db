internal import DurableFiles
internal import FTPProtocol
internal import NIOCore
internal import NIOPosix
internal import SystemPackage

/// Writes what a data connection brings into a file. The next piece is read while the last is written; when the disk is
/// slower than the line, reading stops, and TCP makes the client wait.
final class FileReceiver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Where the bytes go.
    struct Destination: Sendable {
        let folder: UploadFolder
        let file: VirtualFile
        let beginning: FTPSession.Beginning
        /// Bytes that the file may have.
        let sizeLimit: Int64
        /// Bytes that the session may still bring.
        let sessionLeft: Int64
        /// Bytes that stay free on the disk.
        let freeSpaceFloor: Int64
        let pool: NIOThreadPool
    }

    /// Bytes for one write: larger ones leave the cache before they are written.
    static let pieceSize = 256 << 10

    private enum Disk {
        case resting(IncomingFile?)
        case writing
    }

    private enum Ending {
        case complete
        case failed(any Error)
    }

    private let destination: Destination
    private let done: EventLoopPromise<Int64>
    private var disk = Disk.resting(nil)
    private var ending: Ending?
    private var isReading = false
    private var isDone = false
    private var pieces: [ByteBuffer] = []
    private var waitingBytes = 0
    private var received: Int64 = 0

    /// `done` gets the size when the file has its name, or else a StoreFailure or what the disk said.
    init(_ destination: Destination, _ done: EventLoopPromise<Int64>) {
        self.destination = destination
        self.done = done
    }

    func channelActive(context: ChannelHandlerContext) {
        advance(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        received += Int64(bytes.readableBytes)
        guard received <= destination.sizeLimit else { return end(.failed(destination.tooLarge), context) }
        guard received <= destination.sessionLeft else { return end(.failed(StoreFailure.sessionFull), context) }
        pieces.append(bytes)
        waitingBytes += bytes.readableBytes
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        advance(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let stop as DataPort.Stop: end(.failed(stop.failure), context)
        case is IdleStateHandler.IdleStateEvent where waitingBytes == 0: end(.failed(StoreFailure.cut), context)
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
            case nil where waitingBytes >= Self.pieceSize: write(to: file, isLast: false, context)
            case nil: break
            }
        }
        guard ending == nil, !isReading, waitingBytes < Self.pieceSize else { return }
        isReading = true
        context.read()
    }

    private func fail(_ error: any Error, _ file: IncomingFile?) {
        isDone = true
        let (done, destination, pieces, received) = (done, destination, pieces, received)
        self.pieces = []
        destination.pool.submit { _ in
            destination.drop(file, pieces, after: error, received: received)
            done.fail(error)
        }
    }

    private func write(to file: IncomingFile?, isLast: Bool, _ context: ChannelHandlerContext) {
        let (destination, pieces, size) = (destination, pieces, received)
        self.pieces = []
        waitingBytes = 0
        disk = .writing
        isDone = isLast
        let writing = destination.pool.runIfActive(eventLoop: context.eventLoop) {
            guard try destination.folder.freeBytes() >= destination.freeSpaceFloor else { throw StoreFailure.diskFull }
            let file = try file ?? destination.folder.beginFile(destination.file, from: destination.beginning)
            do {
                guard file.offset + size <= destination.sizeLimit else { throw destination.tooLarge }
                try file.write(pieces)
                if isLast { try destination.folder.keep(file, received: size) }
            } catch {
                file.discard()
                throw error
            }
            return file
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

extension FileReceiver.Destination {
    fileprivate var tooLarge: StoreFailure { .fileTooLarge(limit: sizeLimit) }

    /// What broke off by the line, or by the client's will, may be continued; what may not be, or could not be written,
    /// goes.
    fileprivate func drop(_ file: IncomingFile?, _ pieces: [ByteBuffer], after error: any Error, received: Int64) {
        switch StoreFailure(error) {
        case .cut where received > 0, .aborted where received > 0:
            guard let file = try? file ?? folder.beginFile(self.file, from: beginning) else { return }
            do {
                try file.write(pieces)
                folder.keepPart(file, received: received)
            } catch {
                file.discard()
            }
        default: file?.discard()
        }
    }
}

extension StoreFailure {
    /// What a client is told when the disk refused.
    init(_ error: any Error) {
        switch error {
        case let failure as StoreFailure: self = failure
        case let failure as FileFailure: self = failure.reason.storeFailure
        default: self = .failed
        }
    }
}

extension FileFailure.Reason {
    fileprivate var storeFailure: StoreFailure {
        switch self {
        case .system(.noSpace), .system(.diskQuotaExceeded): .diskFull
        case .system(.fileExists), .system(.notDirectory), .system(.isDirectory): .nameTaken
        default: .failed
        }
    }
}
