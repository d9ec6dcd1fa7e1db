internal import Glibc
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle

/// What every session needs of the gateway.
struct GatewayParts: Sendable {
    let jail: Jail
    let intake: IntakeLine
    let configuration: GatewayConfiguration
    let logger: Logger
    let sessions: SessionCount
    let transfers = TransferThreads()
    /// Without them there is no TLS.
    let certificates: TLSCertificates?
}

/// The FTP side of the gateway: takes connections on sockets that were bound before the program was locked in. It leaves
/// a folder in `landed` for each session that brought something, and trusts nothing a client says.
public struct FTPServer: Service, CustomStringConvertible {
    private let sockets: [ListeningSocket]
    private let implicitTLS: [ListeningSocket]
    private let parts: GatewayParts

    public var description: String { "FTP server" }

    /// The sockets are the server's from here on. At those of `implicitTLS` a connection begins with the handshake, which
    /// takes `certificates`.
    public init(
        _ sockets: [ListeningSocket], implicitTLS: [ListeningSocket] = [], jail: Jail, intake: IntakeLine,
        certificates: TLSCertificates? = nil, configuration: GatewayConfiguration, logger: Logger
    ) {
        self.sockets = sockets
        self.implicitTLS = implicitTLS
        parts = GatewayParts(
            jail: jail, intake: intake, configuration: configuration, logger: logger,
            sessions: SessionCount(limit: configuration.sessionLimit), certificates: certificates)
    }

    /// Returns after a graceful shutdown, when every session is over and handed over.
    public func run() async throws {
        for name in try await parts.jail.handOverLeftovers() {
            parts.logger.warning("handed over what an earlier run left", metadata: ["session": "\(name)"])
            await parts.intake.tellLanded(name)
        }
        let (arrivals, continuation) = AsyncStream.makeStream(of: ControlConnection.self)
        var listeners: [any Channel] = []
        for (sockets, isImplicitTLS) in [(sockets, false), (implicitTLS, true)] {
            let bootstrap = bootstrap(continuation, isImplicitTLS: isImplicitTLS)
            for socket in sockets { listeners.append(try await bootstrap.withBoundSocket(socket.descriptor).get()) }
        }
        await withGracefulShutdownHandler {
            await serve(arrivals)
        } onGracefulShutdown: { [listeners] in
            for listener in listeners { listener.close(promise: nil) }
            continuation.finish()
        }
    }

    private func bootstrap(
        _ arrivals: AsyncStream<ControlConnection>.Continuation, isImplicitTLS: Bool
    ) -> ServerBootstrap {
        ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            // ftplib sends ABOR as urgent data; without this its line end would be missing.
            .childChannelOption(.socketOption(.init(rawValue: SO_OOBINLINE)), value: 1)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1024))
            .childChannelInitializer { [parts] channel in
                channel.eventLoop.makeCompletedFuture {
                    let connection = try ControlConnection(
                        channel, parts, isFull: !parts.sessions.enter(), isImplicitTLS: isImplicitTLS)
                    if case .terminated = arrivals.yield(connection) { channel.close(promise: nil) }
                }
            }
    }

    /// Ends when no more arrive and the last one is over.
    private func serve(_ arrivals: AsyncStream<ControlConnection>) async {
        await withDiscardingTaskGroup { sessions in
            for await connection in arrivals {
                // On its own event loop: what the two say to each other then wakes no other thread.
                sessions.addTask(executorPreference: LoopExecutor(connection.channel.eventLoop)) {
                    await connection.run()
                    parts.sessions.leave()
                }
            }
        }
    }
}
