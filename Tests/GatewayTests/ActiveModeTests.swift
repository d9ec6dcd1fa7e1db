internal import Gateway
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import SystemPackage
internal import Testing

/// PORT and EPRT over real sockets.
@Suite(.timeLimit(.minutes(10))) struct ActiveModeTests {
    @Test(arguments: [("127.0.0.1", "EPRT |1|127.0.0.1|"), ("[::1]", "EPRT |2|::1|")])
    func theGatewayConnectsToTheClient(_ host: String, _ command: String) async throws {
        try await TestGateway.run(host: host) {
            $0.offersActiveMode = true
        } _: { gateway in
            let door = try await ClientDoor(host: gateway.host, sends: "hello")
            try await gateway.upload { client in
                try await client.command("\(command)\(door.port)|", answers: "200 ")
                try await client.command("STOR a.dsc", answers: "150 ")
                try await client.reply(begins: "226 ")
                try await client.command("\(command)\(door.port)|", answers: "200 ")
                try await client.command("LIST", answers: "150 ")
                try await client.reply(begins: "226 ")
            }
            try await door.close()
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.read("landed/\(session)/~alice/debian/a.dsc") == "hello")
        }
    }

    @Test func nobodyWaitsThere() async throws {
        let silent = try SilentPort()
        defer { silent.close() }
        try await TestGateway.run {
            $0.offersActiveMode = true
        } _: { gateway in
            try await gateway.upload { client in
                try await client.command("PORT 127,0,0,1,\(silent.port >> 8),\(silent.port & 255)", answers: "200 ")
                try await client.command("STOR a.dsc", answers: "150 ")
                try await client.reply(begins: "425 ")
            }
        }
    }

    /// It may come before there is a connection that could be cut.
    @Test func anABORAtOnceCountsAsWell() async throws {
        let door = try await ClientDoor(host: "127.0.0.1", sends: nil)
        try await TestGateway.run {
            $0.offersActiveMode = true
        } _: { gateway in
            try await gateway.upload { client in
                let port = "PORT 127,0,0,1,\(door.port >> 8),\(door.port & 255)"
                try await client.send("\(port)\r\nSTOR a.dsc\r\nABOR\r\n")
                for answer in ["200 ", "150 ", "426 ", "226 "] { try await client.reply(begins: answer) }
                try await client.send("\(port)\r\nLIST\r\n")
                for answer in ["200 ", "150 ", "226 "] { try await client.reply(begins: answer) }
            }
        }
        try await door.close()
    }
}

/// A port of 127.0.0.1 that nobody listens on, and that nobody else can get meanwhile.
private struct SilentPort {
    let port: Int
    private let descriptor: CInt

    init() throws {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutableBytes(of: &address) { bytes in
            let address = bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self)
            return bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
        }
        guard descriptor >= 0, isBound else { throw Errno(rawValue: errno) }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    func close() { _ = Glibc.close(descriptor) }
}

/// Where a client in active mode waits: it sends its bytes and closes; with none it keeps the connection, silently.
private struct ClientDoor {
    private let listener: any Channel
    let port: Int

    init(host: String, sends text: String?) async throws {
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let text else { return }
                    try channel.pipeline.syncOperations.addHandler(Sending(text))
                }
            }.bind(host: host, port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    func close() async throws { try await listener.close() }
}

private final class Sending: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let text: String

    init(_ text: String) { self.text = text }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text))).assumeIsolated().whenComplete { _ in
            context.close(mode: .output, promise: nil)
        }
    }
}
