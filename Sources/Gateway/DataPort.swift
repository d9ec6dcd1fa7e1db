internal import FTPProtocol
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The way to one data connection, with the same address as the control connection: nobody else can slip a file in
/// (RFC 2577, 4).
///
/// In passive mode the connection stays in the kernel until a file is to be received: what a client sends without having
/// been asked takes no memory here.
final class DataPort: Sendable {
    /// What a transfer needs. Made for each, as a port serves one.
    struct Transfer: Sendable {
        /// What is done with the connection; the promise gets the number of bytes.
        let handler: @Sendable (EventLoopPromise<Int64>) -> any ChannelHandler
        let tls: SessionTLS
        let connectTimeout: Duration
        let dataTimeout: Duration
    }

    /// Fired at the data channel by whoever wants the transfer to end.
    struct Stop: Sendable {
        let failure: StoreFailure
    }

    private struct Goal {
        let address: SocketAddress
        let own: SocketAddress
    }

    private struct State {
        var listener: (any Channel)?
        var transfer: Transfer?
        var connection: (any Channel)?
        var isStopped: StoreFailure?
    }

    private let loop: any EventLoop
    private let peer: String
    /// In active mode.
    private let goal: Goal?
    private let done: EventLoopPromise<Int64>
    private let state = Mutex(State())

    private init(_ loop: any EventLoop, peer: String, goal: Goal? = nil) {
        self.loop = loop
        self.peer = peer
        self.goal = goal
        done = loop.makePromise()
    }

    deinit { done.fail(StoreFailure.noDataConnection) }

    var port: UInt16 {
        UInt16(clamping: state.withLock { $0.listener }?.localAddress?.port ?? 0)
    }

    /// Opens a port at the address the client came to. Throws when none of `ports` is free.
    static func open(beside control: any Channel, _ ports: PassivePorts) async throws -> DataPort {
        guard let host = control.localAddress?.host, let peer = control.remoteAddress?.host else {
            throw ChannelError.unknownLocalAddress
        }
        let opened = DataPort(control.eventLoop, peer: peer)
        var failure: any Error = ChannelError.unknownLocalAddress
        for port in ports.candidates {
            do {
                let listener = try await opened.bootstrap.bind(host: host, port: port).get()
                opened.state.withLock { $0.listener = listener }
                return opened
            } catch {
                failure = error
            }
        }
        throw failure
    }

    /// For a connection to a port of the client, from the address the client came to.
    static func active(beside control: any Channel, port: UInt16) throws -> DataPort {
        guard let own = control.localAddress?.ipAddress, let peer = control.remoteAddress?.ipAddress else {
            throw ChannelError.unknownLocalAddress
        }
        let goal = Goal(
            address: try SocketAddress(ipAddress: peer, port: Int(port)),
            own: try SocketAddress(ipAddress: own, port: 0))
        return DataPort(control.eventLoop, peer: control.remoteAddress?.host ?? peer, goal: goal)
    }

    private var bootstrap: ServerBootstrap {
        ServerBootstrap(group: loop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 4)
            .serverChannelOption(.autoRead, value: false)
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .childChannelOption(.recvAllocator, value: Self.pieces)
            .childChannelInitializer { [weak self] channel in
                channel.eventLoop.makeCompletedFuture {
                    if let self { try self.take(channel, self.done) } else { channel.close(promise: nil) }
                }
            }
    }

    /// On the event loop, before anything is read of the connection.
    private func take(_ channel: any Channel, _ done: EventLoopPromise<Int64>) throws {
        let (transfer, listener) = state.withLock { ($0.isStopped == nil ? $0.transfer : nil, $0.listener) }
        // A connection of our own has no address yet, and goes nowhere else.
        guard let transfer, goal != nil || channel.remoteAddress?.host == peer else {
            channel.close(promise: nil)
            listener?.read()
            return
        }
        let idle = IdleStateHandler(allTimeout: TimeAmount(transfer.dataTimeout))
        try transfer.tls.protect(data: channel)
        try channel.pipeline.syncOperations.addHandlers([idle, transfer.handler(done)])
        state.withLock { $0.connection = channel }
    }

    /// Makes the data connection, and returns the number of bytes when the transfer is over. Throws StoreFailure, or what
    /// the disk said.
    func run(_ transfer: Transfer) async throws -> Int64 {
        let (listener, failure) = state.withLock { state in
            state.transfer = transfer
            return (state.listener, state.isStopped)
        }
        if let failure { throw failure }
        let timeout = loop.scheduleTask(in: TimeAmount(transfer.connectTimeout)) { self.giveUpWaiting() }
        defer {
            timeout.cancel()
            close()
        }
        if let goal { connect(to: goal, transfer) } else { listener?.read() }
        return try await done.futureResult.get()
    }

    /// A transfer over a connection that is never made ends as one without a connection, whatever its handler says.
    private func connect(to goal: Goal, _ transfer: Transfer) {
        let transferred = loop.makePromise(of: Int64.self)
        ClientBootstrap(group: loop)
            .bind(to: goal.own)
            .connectTimeout(TimeAmount(transfer.connectTimeout))
            .channelOption(.autoRead, value: false)
            .channelOption(.maxMessagesPerRead, value: 4)
            .channelOption(.recvAllocator, value: Self.pieces)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.take(channel, transferred) }
            }
            .connect(to: goal.address)
            .whenComplete { result in
                switch result {
                case .success: transferred.futureResult.cascade(to: self.done)
                case .failure:
                    transferred.fail(StoreFailure.noDataConnection)
                    self.done.fail(StoreFailure.noDataConnection)
                }
            }
    }

    private static let pieces = AdaptiveRecvByteBufferAllocator(
        minimum: 16 << 10, initial: 64 << 10, maximum: 64 << 10)

    private func giveUpWaiting() {
        guard state.withLock({ $0.connection == nil }) else { return }
        done.fail(StoreFailure.noDataConnection)
        close()
    }

    /// Ends the transfer, under way or to come.
    func stop(_ failure: StoreFailure) {
        let connection = state.withLock { state in
            state.isStopped = failure
            return state.connection
        }
        guard let connection else {
            done.fail(failure)
            return close()
        }
        connection.pipeline.fireUserInboundEventTriggered(Stop(failure: failure))
    }

    /// Lets go of the port; a transfer under way goes on.
    func close() {
        state.withLock { $0.listener }?.close(promise: nil)
    }
}
