internal import FTPProtocol
internal import Glibc
internal import NIOCore
internal import Synchronization

/// The way to one data connection, with the same address as the control connection: nobody else can slip a file in
/// (RFC 2577, 4).
///
/// The connection stays in the kernel until there is a transfer: what a client sends without having been asked takes no
/// memory here. Transfers in clear read and write it in their own thread; encrypted ones get it as a NIO channel.
final class DataPort: Sendable {
    /// Fired at an encrypted data channel by whoever wants the transfer to end.
    struct Stop: Sendable {
        let failure: StoreFailure
    }

    private enum Way {
        case passive
        case active(to: SocketAddress, from: SocketAddress)
    }

    private struct State {
        /// The listening socket, or the connection itself.
        var descriptor: CInt?
        var channel: (any Channel)?
        var failure: StoreFailure?
    }

    /// In passive mode.
    let port: UInt16
    private let peer: NetworkAddress
    private let way: Way
    private let state: Mutex<State>

    private init(_ way: Way, _ descriptor: CInt?, port: UInt16, peer: NetworkAddress) {
        self.way = way
        self.port = port
        self.peer = peer
        state = Mutex(State(descriptor: descriptor))
    }

    deinit { close() }

    /// Opens a port at the address the client came to. Throws when none of `ports` is free.
    static func open(beside control: any Channel, _ ports: PassivePorts) throws -> DataPort {
        var (own, peer) = try addresses(of: control)
        var failure: any Error = ChannelError.unknownLocalAddress
        for port in ports.candidates {
            own.port = port
            do {
                let (descriptor, port) = try RawSocket.listen(at: own)
                return DataPort(.passive, descriptor, port: port, peer: peer)
            } catch {
                failure = error
            }
        }
        throw failure
    }

    /// For a connection to a port of the client, from the address the client came to.
    static func active(beside control: any Channel, port: UInt16) throws -> DataPort {
        var (own, peer) = try addresses(of: control)
        own.port = 0
        guard var goal = control.remoteAddress else { throw ChannelError.unknownLocalAddress }
        goal.port = Int(port)
        return DataPort(.active(to: goal, from: own), nil, port: 0, peer: peer)
    }

    private static func addresses(of control: any Channel) throws -> (own: SocketAddress, peer: NetworkAddress) {
        guard let own = control.localAddress, let peer = control.remoteAddress?.host.flatMap(NetworkAddress.init) else {
            throw ChannelError.unknownLocalAddress
        }
        return (own, peer)
    }

    /// Runs a transfer in clear. Blocks; the descriptor is closed at the end. A port serves one transfer.
    func withConnection<Result>(_ limits: TransferLimits, _ body: (CInt) throws -> Result) throws -> Result {
        let connection = try connect(within: limits.connectTimeout)
        defer { close() }
        do {
            return try body(connection)
        } catch {
            throw state.withLock { $0.failure } ?? error
        }
    }

    /// Gives the connection away: the caller owns the descriptor, and tells of the channel it makes of it. Blocks.
    func takeConnection(_ limits: TransferLimits) throws -> CInt {
        let connection = try connect(within: limits.connectTimeout)
        state.withLock { $0.descriptor = nil }
        return connection
    }

    /// From here on, `stop` reaches the channel.
    func hand(to channel: any Channel) {
        let failure = state.withLock { state in
            state.channel = channel
            return state.failure
        }
        if let failure { channel.pipeline.fireUserInboundEventTriggered(Stop(failure: failure)) }
    }

    /// Ends the transfer, under way or to come. Whoever waits in a call comes back from it at once.
    func stop(_ failure: StoreFailure) {
        let channel = state.withLock { state in
            state.failure = state.failure ?? failure
            if let descriptor = state.descriptor { shutdown(descriptor, CInt(SHUT_RDWR)) }
            return state.channel
        }
        channel?.pipeline.fireUserInboundEventTriggered(Stop(failure: failure))
    }

    /// Whether the transfer was stopped: the end that a reader sees is then none of the client's.
    var stopped: StoreFailure? { state.withLock { $0.failure } }

    /// Lets go of the port. Not while a transfer in clear is under way: `stop` ends that.
    func close() {
        let descriptor = state.withLock { $0.descriptor.take() }
        if let descriptor { Glibc.close(descriptor) }
    }

    private func connect(within timeout: Duration) throws -> CInt {
        let end = ContinuousClock.now + timeout
        do {
            switch way {
            case .passive: return try accept(until: end)
            case .active(let goal, let own):
                let connection = try RawSocket.beginConnecting(to: goal, from: own)
                try replaceDescriptor(by: connection)
                try RawSocket.finishConnecting(connection, until: end)
                return connection
            }
        } catch {
            close()
            throw stopped ?? .noDataConnection
        }
    }

    private func accept(until end: ContinuousClock.Instant) throws -> CInt {
        guard let listener = state.withLock({ $0.descriptor }) else { throw StoreFailure.noDataConnection }
        while true {
            if let failure = stopped { throw failure }
            guard let connection = try RawSocket.accept(listener, from: peer, until: end) else { continue }
            try replaceDescriptor(by: connection)
            return connection
        }
    }

    private func replaceDescriptor(by connection: CInt) throws(StoreFailure) {
        close()
        let failure = state.withLock { state in
            state.descriptor = connection
            return state.failure
        }
        if let failure { throw failure }
    }
}

/// How long a transfer may wait.
struct TransferLimits: Sendable {
    /// For the connection.
    let connectTimeout: Duration
    /// For anything to come of it, or to be taken.
    let dataTimeout: Duration
}

extension GatewayConfiguration {
    var transferLimits: TransferLimits {
        TransferLimits(connectTimeout: connectTimeout, dataTimeout: dataTimeout)
    }
}
