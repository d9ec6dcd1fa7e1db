internal import FTPProtocol
internal import Glibc
public import Logging
public import Metrics
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle

/// What every session needs of the gateway.
struct GatewayParts: Sendable {
    let jail: Jail
    let intake: IntakeLine
    let configuration: GatewayConfiguration
    let logger: Logger
    let admission: Admission
    let metrics: GatewayMetrics
    let transfers = TransferThreads()
    /// Without them there is no TLS.
    let certificates: TLSCertificates?
}

/// The gateway at work: takes connections on sockets that were bound before the program was locked in. It leaves
/// a folder in `landed` for each session that brought something, and trusts nothing a client says.
public struct GatewayServer: Service, CustomStringConvertible {
    private let sockets: [ListeningSocket]
    private let implicitTLS: [ListeningSocket]
    private let http: [ListeningSocket]
    private let https: [ListeningSocket]
    private let parts: GatewayParts

    public var description: String { "gateway" }

    /// The sockets are the server's from here on. At those of `implicitTLS` and `https` a connection begins with the
    /// handshake, which takes `certificates`. Without an `admission` of its own there is no ban list.
    public init(
        _ sockets: [ListeningSocket], implicitTLS: [ListeningSocket] = [], http: [ListeningSocket] = [],
        https: [ListeningSocket] = [], jail: Jail, intake: IntakeLine,
        certificates: TLSCertificates? = nil, admission: Admission? = nil,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance, configuration: GatewayConfiguration, logger: Logger
    ) {
        self.sockets = sockets
        self.implicitTLS = implicitTLS
        self.http = http
        self.https = https
        parts = GatewayParts(
            jail: jail, intake: intake, configuration: configuration, logger: logger,
            admission: admission ?? Admission(configuration, logger: logger), metrics: GatewayMetrics(metrics),
            certificates: certificates)
    }

    /// Returns after a graceful shutdown, when every session is over and handed over.
    public func run() async throws {
        try await handOverLeftovers(unchangedFor: .zero)
        let (arrivals, continuation) = AsyncStream.makeStream(of: ControlConnection.self)
        var listeners: [any Channel] = []
        for (sockets, isImplicitTLS) in [(sockets, false), (implicitTLS, true)] {
            let bootstrap = bootstrap(continuation, isImplicitTLS: isImplicitTLS)
            for socket in sockets { listeners.append(try await bootstrap.withBoundSocket(socket.descriptor).get()) }
        }
        let door = HTTPDoor(parts: parts)
        let (requests, requesting) = AsyncStream.makeStream(of: HTTPDoor.Arrival.self)
        for (sockets, isTLS) in [(http, false), (https, true)] {
            for socket in sockets { listeners.append(try await door.listen(at: socket, isTLS: isTLS, requesting)) }
        }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { tasks in
                tasks.addTask { await sweep() }
                async let uploads: Void = door.serve(requests)
                await serve(arrivals)
                // Only the sweep is ended: uploads under way have their time.
                await uploads
                tasks.cancelAll()
            }
        } onGracefulShutdown: { [listeners] in
            for listener in listeners { listener.close(promise: nil) }
            continuation.finish()
            requesting.finish()
        }
    }

    private func bootstrap(
        _ arrivals: AsyncStream<ControlConnection>.Continuation, isImplicitTLS: Bool
    ) -> ServerBootstrap {
        ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            // ftplib sends ABOR as urgent data; without this its line end would be missing.
            .childChannelOption(.socketOption(.init(rawValue: SO_OOBINLINE)), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: !isImplicitTLS)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1024))
            .childChannelInitializer { [parts] channel in
                channel.eventLoop.makeCompletedFuture {
                    let refusal = parts.enter(channel.peer)
                    if refusal != nil {
                        // Not counted while it hears why: a flood must not keep the others out.
                        parts.leave(channel.peer)
                        // To say it takes a handshake, which costs more than all the rest, and can be drawn out.
                        guard !isImplicitTLS else { return channel.close(promise: nil) }
                    }
                    let connection = try ControlConnection(
                        channel, parts, refusing: refusal, isImplicitTLS: isImplicitTLS)
                    if case .terminated = arrivals.yield(connection) { channel.close(promise: nil) }
                }
            }
    }

    /// Ends when no more arrive and the last one is over.
    private func serve(_ arrivals: AsyncStream<ControlConnection>) async {
        await withDiscardingTaskGroup { sessions in
            for await connection in arrivals {
                let peer = connection.channel.peer
                // On its own event loop: what the two say to each other then wakes no other thread.
                sessions.addTask(executorPreference: LoopExecutor(connection.channel.eventLoop)) {
                    await connection.run()
                    if connection.isLetIn { parts.leave(peer) }
                }
            }
        }
    }

    private func handOverLeftovers(unchangedFor age: Duration) async throws {
        let (jail, logger) = (parts.jail, parts.logger)
        let moved = try await jail.handOverLeftovers(unchangedFor: age) { name, error in
            logger.error("left behind, and not handed over", metadata: ["session": "\(name)", "error": "\(error)"])
        }
        for name in moved {
            parts.logger.warning("handed over what was left behind", metadata: ["session": "\(name)"])
            await parts.intake.tellLanded(name)
        }
    }

    /// What could not be handed over at its session's end is tried again, also when nobody comes.
    private func sweep() async {
        while true {
            do {
                try await pause(for: TimeAmount(parts.configuration.sweepInterval))
                try await handOverLeftovers(unchangedFor: parts.configuration.leftoverAge)
            } catch {
                guard !Task.isCancelled else { return }
                parts.logger.error("leftovers not handed over", metadata: ["error": "\(error)"])
            }
        }
    }
}

/// Not `Task.sleep`: that is a matter of Dispatch's, which cannot live in the jail.
func pause(for time: TimeAmount) async throws {
    let end = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: time) {}
    try await withTaskCancellationHandler {
        try await end.futureResult.get()
    } onCancel: {
        end.cancel()
    }
}

extension Channel {
    var peer: NetworkAddress? { remoteAddress?.host.flatMap(NetworkAddress.init) }
}
