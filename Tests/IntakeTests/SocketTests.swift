import ArchiveModel
import Catalog
import DebianControl
import Glibc
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import SystemPackage
import Testing

@testable import Intake

/// Over the real socket, as the gateway speaks.
@Suite struct SocketTests {
    /// Runs the service meanwhile.
    private func serving<Value: Sendable>(
        _ world: World, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await world.service.run()
                return nil
            }
            group.addTask { try await work() }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw TestFailure("the service ended")
        }
    }

    /// Asks lines on one connection; nil for each that is not answered.
    private func ask(_ world: World, _ lines: [[UInt8]]) async throws -> [VerdictSocket.Reply] {
        let socket = world.root.appending("jail").appending(VerdictSocket.name).string
        let channel = try await connect(socket)
        return try await channel.executeThenClose { inbound, outbound in
            var replies: [VerdictSocket.Reply] = []
            var iterator = inbound.makeAsyncIterator()
            for line in lines {
                try await outbound.write(ByteBuffer(bytes: line))
                guard let reply = try await iterator.next() else { break }
                replies.append(try VerdictSocket.message(VerdictSocket.Reply.self, from: reply.readableBytesView))
            }
            return replies
        }
    }

    /// The service binds its socket when it starts: until then there is none.
    private func connect(_ socket: String) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        while true {
            do {
                return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connect(
                    unixDomainSocketPath: socket
                ) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(LineDecoder()))
                        return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                    }
                }
            } catch {
                try Task.checkCancellation()
                await Task.yield()
            }
        }
    }

    @Test(.timeLimit(.minutes(10))) func theGatewayAsksForTargetsAndVerdicts() async throws {
        let world = try await World()
        let draft = Draft()
        try world.put(try await draft.files(), in: "incoming", session: "20261120T225512-3f9ac2d1")
        let questions: [VerdictSocket.Request] = [
            .target(path: "~alice/debian/tools"), .target(path: "~alice"), .target(path: "~alice/debian"),
            .target(path: "~nobody/debian"),
            .judge(session: "20261120T225512-3f9ac2d1", directory: World.path, file: draft.changesName),
        ]
        let replies = try await serving(world) { try await ask(world, questions.map { try VerdictSocket.line($0) }) }
        #expect(replies.count == 5)
        #expect(replies.prefix(3) == [.target(.valid), .target(.partial), .target(.partial)])
        guard case .target(.refused(let reason)) = replies[3] else { throw TestFailure("\(replies[3])") }
        #expect(reason == "There is no person or team \"nobody\" here.")
        guard case .verdict(let answer) = replies[4] else { throw TestFailure("\(replies[4])") }
        #expect(answer.outcome == .accepted)
        #expect(
            answer.lines == [
                "Accepted: hello 2.10-3 for ~alice/debian/tools bookworm.", "See http://localhost/uploads/1",
                "It is built for amd64, i386, and published in ~alice/debian/tools bookworm.",
            ])
    }

    /// A gateway that was broken into names what it likes.
    @Test(
        .timeLimit(.minutes(10)),
        arguments: [
            ("..", "", "passwd.changes"), ("s", "../..", "x.changes"), ("s", "", "../x.changes"),
            ("s", "a//b", "x.changes"),
            ("s", "/etc", "x.changes"), ("", "", "x.changes"), ("s", "", ".hidden.changes"), ("s", "", "hostname"),
            ("s", "link", "x_1_source.changes"),
        ])
    func nothingOutsideTheJailIsOpened(session: String, directory: String, file: String) async throws {
        let world = try await World()
        try world.put(["x_1_source.changes": [1]], in: "incoming", session: "outside", path: "")
        try world.put(["y": [1]], in: "incoming", session: "s", path: "")
        symlink("../outside", world.root.appending("jail/incoming/s/link").string)
        let answer = await world.service.answer(.judge(session: session, directory: directory, file: file))
        guard case .verdict(let said) = answer else { throw TestFailure("\(answer)") }
        #expect(said.lines == ["There is no such upload here."])
        #expect(try await world.catalog.upload(1) == nil, "no receipt")
    }

    @Test(.timeLimit(.minutes(10))) func nonsenseEndsTheConnectionAndNothingElse() async throws {
        let world = try await World()
        let good = try VerdictSocket.line(VerdictSocket.Request.target(path: "debian"))
        let replies = try await serving(world) {
            let none = try? await ask(world, [Array("{\"what\": 1}\n".utf8)])
            let long = try? await ask(world, [[UInt8](repeating: 65, count: 3 << 20)])
            return [none ?? [], long ?? [], try await ask(world, [good])]
        }
        #expect(replies == [[], [], [.target(.valid)]])
    }

    @Test(.timeLimit(.minutes(10))) func aHintWakesTheJudgementOfALandedSession() async throws {
        let decided = AsyncStream<Void>.makeStream()
        let world = try await World(decided: { decided.continuation.yield() })
        let draft = try await Draft().files()
        try await serving(world) {
            _ = try await ask(world, [try VerdictSocket.line(VerdictSocket.Request.landed(session: "unknown"))])
            try world.put(draft, in: "incoming", session: "s1")
            try world.land("s1")
            _ = try await ask(world, [try VerdictSocket.line(VerdictSocket.Request.landed(session: "s1"))])
            for await _ in decided.stream { break }
        }
        #expect(try await world.history().map(\.state) == [.pending])
    }

    /// An idle connection does not hold the shutdown up, and the next start replaces the socket.
    @Test(.timeLimit(.minutes(10))) func theServiceStopsWhenItIsToldTo() async throws {
        let world = try await World()
        let socket = world.root.appending("jail").appending(VerdictSocket.name).string
        for service in [world.service, try world.anotherService()] {
            let group = ServiceGroup(
                services: [service], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                let idle = try await connect(socket)
                try await idle.executeThenClose { _, _ in
                    await group.triggerGracefulShutdown()
                    try await tasks.waitForAll()
                }
            }
        }
    }
}
