internal import ArchiveModel
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import SystemPackage

/// An intake for tests: answers as it is told, and remembers what it was asked.
final class TestIntake: Sendable {
    /// nil leaves the question without an answer.
    typealias Answer = @Sendable (VerdictSocket.Request) -> VerdictSocket.Reply?

    /// Takes `~alice/debian` and everything below it; accepts everything.
    static let friendly: Answer = { request in
        switch request {
        case .target(path: "~alice"), .target(path: ""): .target(.partial)
        case .target(let path) where path.hasPrefix("~alice/"): .target(.valid)
        case .target: .target(.refused("There is no such person."))
        case .judge(_, _, let file): .verdict(.init(outcome: .accepted, lines: ["Accepted: \(file)", "See the page."]))
        case .landed: .noted
        }
    }

    private let asked = Mutex<[VerdictSocket.Request]>([])
    private let landings: AsyncStream<String>
    private let landingsContinuation: AsyncStream<String>.Continuation
    private let answer: Answer

    init(_ answer: @escaping Answer = TestIntake.friendly) {
        self.answer = answer
        (landings, landingsContinuation) = AsyncStream.makeStream(of: String.self)
    }

    var requests: [VerdictSocket.Request] { asked.withLock { $0 } }

    /// The next session that was handed over.
    func nextLanding() async -> String {
        await landings.first { _ in true } ?? ""
    }

    func listen(in jail: TestJail) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Conversation(self)) }
        }.bind(unixDomainSocketPath: jail.path.appending(VerdictSocket.name).string).get()
    }

    fileprivate func reply(to line: some Sequence<UInt8>) -> [UInt8]? {
        guard let request = try? VerdictSocket.message(VerdictSocket.Request.self, from: line) else { return nil }
        asked.withLock { $0.append(request) }
        if case .landed(let session) = request { landingsContinuation.yield(session) }
        return answer(request).flatMap { try? VerdictSocket.line($0) }
    }
}

private final class Conversation: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let intake: TestIntake

    init(_ intake: TestIntake) {
        self.intake = intake
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for line in unwrapInboundIn(data).readableBytesView.split(separator: UInt8(ascii: "\n")) {
            guard let reply = intake.reply(to: line) else { continue }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: reply)), promise: nil)
        }
    }
}

extension TestJail {
    /// Somebody at the intake's socket who answers everything with the same bytes.
    func babble(_ bytes: String) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Babble(bytes)) }
        }.bind(unixDomainSocketPath: path.appending(VerdictSocket.name).string).get()
    }
}

private final class Babble: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let bytes: String

    init(_ bytes: String) {
        self.bytes = bytes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: bytes)), promise: nil)
    }
}
