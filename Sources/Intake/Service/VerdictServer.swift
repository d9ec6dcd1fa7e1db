internal import ArchiveModel
internal import Glibc
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
internal import Synchronization
internal import SystemPackage

/// The intake's end of the verdict socket: a line asked, a line answered, in order.
///
/// Only the gateway's group may connect. What comes is parsed, bounded and otherwise not believed.
struct VerdictServer: Sendable {
    let socket: FilePath
    /// Further ones are closed at once; the gateway then goes on without a verdict in the session.
    let connectionLimit: Int
    let answer: @Sendable (VerdictSocket.Request) async -> VerdictSocket.Reply
    /// Called once hints are heard: what landed before has to be looked for.
    let listening: @Sendable () -> Void
    let log: Logger

    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Listens until the service is stopped; questions under way are still answered then. A socket that a crash left is
    /// replaced.
    func run() async throws {
        // Nothing is read before somebody serves the connection: what is accepted and then let go, as at a stop, is a plain
        // channel, and no half of a conversation, which NIO traps.
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelOption(.autoRead, value: false)
            .bind(unixDomainSocketPath: socket.string, cleanupExistingSocketFile: true) { channel in
                channel.eventLoop.makeSucceededFuture(channel)
            }
        guard chmod(socket.string, 0o660) == 0 else {
            throw IntakeFault("The permissions of \(socket) cannot be set: \(Errno(rawValue: errno))")
        }
        listening()
        try await serve(server)
    }

    private func serve(_ server: NIOAsyncChannel<any Channel, Never>) async throws {
        let open = OpenConnections(limit: connectionLimit)
        try await withThrowingDiscardingTaskGroup { group in
            try await server.executeThenClose { arrivals in
                for try await channel in arrivals.cancelOnGracefulShutdown() {
                    group.addTask {
                        await open.counting { isWithinLimit in await serve(channel, isWithinLimit) }
                    }
                }
            }
        }
    }

    private func connection(on channel: any Channel) async throws -> Connection {
        let connection = try await channel.eventLoop.submit {
            let lines = ByteToMessageHandler(LineDecoder(), maximumBufferSize: VerdictSocket.lineLimit)
            try channel.pipeline.syncOperations.addHandler(lines)
            return try Connection(wrappingChannelSynchronously: channel)
        }.get()
        return connection
    }

    /// Does not throw: a connection ends itself alone.
    private func serve(_ channel: any Channel, _ isWithinLimit: Bool) async {
        do {
            guard isWithinLimit else { return try await channel.close() }
            try await connection(on: channel).executeThenClose { lines, replies in
                try await channel.setOption(.autoRead, value: true).get()
                for try await line in lines.cancelOnGracefulShutdown() {
                    let request = try VerdictSocket.message(VerdictSocket.Request.self, from: line.readableBytesView)
                    try await replies.write(ByteBuffer(bytes: try VerdictSocket.line(await answer(request))))
                }
            }
        } catch {
            log.debug("a connection of the verdict socket ended", metadata: ["cause": "\(error)"])
        }
    }
}

private final class OpenConnections: Sendable {
    private let limit: Int
    private let count = Mutex(0)

    init(limit: Int) { self.limit = limit }

    func counting(_ serve: (_ isWithinLimit: Bool) async -> Void) async {
        let number = count.withLock { count in
            count += 1
            return count
        }
        await serve(number <= limit)
        count.withLock { $0 -= 1 }
    }
}

/// Cuts the stream into lines, without their line feeds.
struct LineDecoder: ByteToMessageDecoder {
    typealias InboundOut = ByteBuffer

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) -> DecodingState {
        guard let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")),
            let line = buffer.readSlice(length: end - buffer.readerIndex)
        else { return .needMoreData }
        buffer.moveReaderIndex(forwardBy: 1)
        context.fireChannelRead(Self.wrapInboundOut(line))
        return .continue
    }

    mutating func decodeLast(
        context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
    ) -> DecodingState {
        decode(context: context, buffer: &buffer)
    }
}
