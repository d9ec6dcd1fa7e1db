internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import ServiceLifecycle

/// Takes HTTP connections, and runs a task for each.
struct HTTPDoor: Sendable {
    /// In the head of a request; clients send about five, and proxies add as many.
    static let fieldLimit = 64

    /// For a client that is turned away to read why.
    private static let partingTime = TimeAmount.seconds(1)

    struct Arrival: Sendable {
        let channel: any Channel
        let isEncrypted: Bool
    }

    let parts: GatewayParts

    /// Listens at a socket that was bound before; the channels that come are given to `arrivals`.
    func listen(
        at socket: ListeningSocket, isTLS: Bool, _ arrivals: AsyncStream<Arrival>.Continuation
    ) async throws -> any Channel {
        // Nobody is asked for anything before he is served: what is accepted and then let go, as at a stop, has handlers
        // only, and no half of a conversation, which NIO traps.
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: false)
            // A client that has sent everything and says so still waits for its answer.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try addHandlers(to: channel)
                    if isTLS { try tls.start(on: channel) }
                    let arrival = Arrival(channel: channel, isEncrypted: isTLS)
                    if case .terminated = arrivals.yield(arrival) { channel.close(promise: nil) }
                }
            }
            .withBoundSocket(socket.descriptor).get()
    }

    private var tls: SessionTLS {
        SessionTLS(
            parts.certificates?.context, handshakeTimeout: TimeAmount(parts.configuration.handshakeTimeout))
    }

    private func addHandlers(to channel: any Channel) throws {
        let (pipeline, configuration) = (channel.pipeline.syncOperations, parts.configuration)
        let line = RequestLine()
        try pipeline.addHandler(line)
        try pipeline.configureHTTPServerPipeline(
            withErrorHandling: false, withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: NIOHTTPDecoderLimitConfiguration(headLimit: configuration.headLimit))
        try pipeline.addHandlers([
            BrokenRequests(line, headLimit: configuration.headLimit),
            IdleStateHandler(allTimeout: TimeAmount(configuration.dataTimeout)),
            RequestWatch(configuration), UntilServed(),
        ])
    }

    /// Ends when no more arrive and the last one is over. A connection ends itself alone.
    func serve(_ arrivals: AsyncStream<Arrival>) async {
        await withDiscardingTaskGroup { tasks in
            for await arrival in arrivals {
                tasks.addTask(executorPreference: LoopExecutor(arrival.channel.eventLoop)) { await serve(arrival) }
            }
        }
    }

    private func serve(_ arrival: Arrival) async {
        let channel = arrival.channel
        // Who comes by way of a proxy is counted with each request.
        let counted = channel.peer.flatMap { parts.configuration.trustedProxies.contains($0) ? nil : $0 }
        let refusal = parts.enter(counted)
        guard refusal == nil else {
            // Not counted while it reads its answer: a flood must not keep the others out.
            parts.leave(counted)
            if let refusal { await turnAway(channel, UploadAnswer(refusal)) }
            return
        }
        defer { parts.leave(counted) }
        do {
            let connection = try await connection(on: channel)
            let uploads = UploadConnection(gateway: parts, peer: channel.peer, isEncrypted: arrival.isEncrypted)
            try await withGracefulShutdownHandler {
                try await uploads.run(connection)
            } onGracefulShutdown: {
                channel.pipeline.fireUserInboundEventTriggered(RequestWatch.Stop())
            }
        } catch {
            parts.logger.debug("an HTTP connection ended", metadata: ["error": "\(error)"])
        }
    }

    /// Answers before anything is read. Closed at once, the connection of a client that has sent its request already would
    /// be reset, and the answer lost.
    private func turnAway(_ channel: any Channel, _ answer: UploadAnswer) async {
        try? await channel.eventLoop.submit {
            // Between the encoder and the handlers that expect a request before an answer.
            let pipeline = channel.pipeline.syncOperations
            let context = try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
            for part in answer.parts(isLast: true) { context.write(NIOAny(part), promise: nil) }
            context.flush()
            context.close(mode: .output, promise: nil)
        }.get()
        try? await pause(for: Self.partingTime)
        try? await channel.close()
    }

    private func connection(on channel: any Channel) async throws -> UploadConnection.Channel {
        try await channel.eventLoop.submit {
            let pipeline = channel.pipeline.syncOperations
            let waiting = try pipeline.context(handlerType: UntilServed.self)
            let connection = try UploadConnection.Channel(wrappingChannelSynchronously: channel)
            pipeline.removeHandler(context: waiting, promise: nil)
            return connection
        }.get()
    }
}

extension NIOHTTPDecoderLimitConfiguration {
    /// One field, or the first line, may be as large as all together.
    fileprivate init(headLimit: Int) {
        self.init()
        maxHeaderFieldSize = headLimit
        maxHeaderListSize = headLimit
        maxHeaderFieldCount = HTTPDoor.fieldLimit
    }
}
