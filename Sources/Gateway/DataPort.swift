internal import FTPProtocol
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// A port that waits for one data connection, from the same address as the control connection: nobody else can slip
/// a file in (RFC 2577, 4).
final class DataPort: Sendable {
    private let listener: any Channel
    private let arrival: EventLoopPromise<any Channel>
    /// Why the transfer has to end early.
    private let order = Mutex<StoreFailure?>(nil)

    private init(_ listener: any Channel, _ arrival: EventLoopPromise<any Channel>) {
        self.listener = listener
        self.arrival = arrival
    }

    var port: UInt16 {
        UInt16(clamping: listener.localAddress?.port ?? 0)
    }

    /// Opens a port at the address the client came to. Throws when none of `ports` is free.
    static func open(
        beside control: any Channel, _ ports: PassivePorts
    ) async throws -> DataPort {
        guard let host = control.localAddress?.host, let peer = control.remoteAddress?.host else {
            throw ChannelError.unknownLocalAddress
        }
        let arrival = control.eventLoop.makePromise(of: (any Channel).self)
        var failure: any Error = ChannelError.unknownLocalAddress
        for port in ports.candidates {
            do {
                let listener = try await bootstrap(control.eventLoop, peer: peer, arrival).bind(host: host, port: port)
                    .get()
                return DataPort(listener, arrival)
            } catch {
                failure = error
            }
        }
        arrival.fail(failure)
        throw failure
    }

    private static func bootstrap(
        _ loop: any EventLoop, peer: String, _ arrival: EventLoopPromise<any Channel>
    ) -> ServerBootstrap {
        ServerBootstrap(group: loop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 4)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: 16 << 10, initial: 64 << 10, maximum: FileReceiver.pieceSize)
            )
            .childChannelInitializer { channel in
                guard channel.remoteAddress?.host == peer else { return channel.close() }
                arrival.succeed(channel)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
    }

    /// Takes the data connection and lets `receiver` have what it brings. Throws StoreFailure.
    func receive(
        connectTimeout: Duration, dataTimeout: Duration,
        into receiver: @escaping @Sendable (EventLoopPromise<Int64>) -> FileReceiver
    ) async throws -> Int64 {
        let arrival = arrival
        let timeout = listener.eventLoop.scheduleTask(in: TimeAmount(connectTimeout)) {
            arrival.fail(StoreFailure.noDataConnection)
        }
        let channel = try await arrival.futureResult.get()
        timeout.cancel()
        listener.close(promise: nil)
        let done = channel.eventLoop.makePromise(of: Int64.self)
        channel.eventLoop.execute { [self] in
            let pipeline = channel.pipeline.syncOperations
            do {
                try pipeline.addHandlers(IdleStateHandler(readTimeout: TimeAmount(dataTimeout)), receiver(done))
                if let failure = order.withLock({ $0 }) {
                    pipeline.fireUserInboundEventTriggered(FileReceiver.Stop(failure))
                }
            } catch {
                done.fail(StoreFailure.cut)
            }
        }
        return try await done.futureResult.get()
    }

    /// Ends the transfer, under way or to come.
    func stop(_ failure: StoreFailure) {
        order.withLock { $0 = failure }
        arrival.fail(failure)
        arrival.futureResult.whenSuccess { $0.pipeline.fireUserInboundEventTriggered(FileReceiver.Stop(failure)) }
    }

    /// Lets go of the port, and of a connection nobody took.
    func close() {
        listener.close(promise: nil)
        arrival.fail(StoreFailure.noDataConnection)
        arrival.futureResult.whenSuccess { $0.close(promise: nil) }
    }
}

/// The port a session has at the moment: its task opens and closes it, its event loop may stop a transfer.
final class CurrentPort: Sendable {
    private let port = Mutex<DataPort?>(nil)

    var value: DataPort? { port.withLock { $0 } }

    func set(_ opened: DataPort) { port.withLock { $0 = opened } }

    func stop(_ failure: StoreFailure) { value?.stop(failure) }

    func close() { value?.close() }
}

extension SocketAddress {
    /// The numeric address; an IPv4 client of an IPv6 socket is an IPv4 client.
    var host: String? {
        guard let text = ipAddress else { return nil }
        let mapped = "::ffff:"
        return text.hasPrefix(mapped) && text.contains(".") ? String(text.dropFirst(mapped.count)) : text
    }
}
