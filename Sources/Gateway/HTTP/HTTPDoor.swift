internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import ServiceLifecycle

/// Takes HTTP connections, and runs a task for each.
struct HTTPDoor: Sendable {
    let parts: GatewayParts

    /// Listens at a socket that was bound before; the channels that come are given to `arrivals`.
    func listen(at socket: ListeningSocket, _ arrivals: AsyncStream<any Channel>.Continuation) async throws
        -> any Channel
    {
        // Nothing is read before somebody serves the connection: what is accepted and then let go, as at a stop, is a plain
        // channel, and no half of a conversation, which NIO traps.
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { channel in
                if case .terminated = arrivals.yield(channel) { channel.close(promise: nil) }
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .withBoundSocket(socket.descriptor).get()
    }

    /// Ends when no more arrive and the last one is over. A connection ends itself alone.
    func serve(_ arrivals: AsyncStream<any Channel>) async {
        await withDiscardingTaskGroup { tasks in
            for await channel in arrivals {
                tasks.addTask(executorPreference: LoopExecutor(channel.eventLoop)) { await serve(channel) }
            }
        }
    }

    private func serve(_ channel: any Channel) async {
        let peer = channel.peer
        let refusal = parts.enter(peer)
        defer { parts.leave(peer) }
        guard refusal == nil else {
            try? await channel.close()
            return
        }
        do {
            let connection = try await connection(on: channel)
            let uploads = UploadConnection(gateway: parts, peer: channel.remoteAddress?.host ?? "unknown")
            try await withGracefulShutdownHandler {
                try await uploads.run(connection)
            } onGracefulShutdown: {
                channel.pipeline.fireUserInboundEventTriggered(RequestWatch.Stop())
            }
        } catch {
            parts.logger.debug("an HTTP connection ended", metadata: ["error": "\(error)"])
        }
    }

    private func connection(on channel: any Channel) async throws -> UploadConnection.Channel {
        let configuration = parts.configuration
        return try await channel.eventLoop.submit {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
            try pipeline.addHandlers([
                IdleStateHandler(allTimeout: TimeAmount(configuration.dataTimeout)),
                RequestWatch(
                    headTimeout: TimeAmount(configuration.loginTimeout),
                    stopTimeout: TimeAmount(configuration.stopTimeout)),
            ])
            return try UploadConnection.Channel(wrappingChannelSynchronously: channel)
        }.get()
    }
}
