internal import NIOCore
internal import NIOPosix
internal import Testing

/// An FTP client that does what a test tells it, step by step.
struct TestClient {
    typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private var lines: AsyncLines
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private let host: String

    static func connect(
        port: Int, host: String = "127.0.0.1", from local: String? = nil,
        _ body: (inout TestClient) async throws -> Void
    ) async throws {
        try await open(host: host, port: port, from: local).executeThenClose { inbound, outbound in
            var client = TestClient(lines: AsyncLines(inbound), outbound: outbound, host: host)
            try await body(&client)
        }
    }

    private static func open(host: String, port: Int, from local: String? = nil) async throws -> Connection {
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(60))
        if let local { bootstrap = bootstrap.bind(to: try SocketAddress(ipAddress: local, port: 0)) }
        return try await bootstrap.connect(host: host, port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try Connection(
                    wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
            }
        }
    }

    /// Sends a line and gives the whole reply, its lines joined by a line break.
    mutating func command(_ line: String) async throws -> String {
        try await send("\(line)\r\n")
        return try await reply()
    }

    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    func send(bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// The next reply, the greeting left out; empty when the gateway has closed.
    mutating func reply() async throws -> String {
        var reply: [String] = []
        while let line = try await lines.next() {
            if line.hasPrefix("220 ") { continue }
            reply.append(line)
            if line.count > 3, line.prefix(3).allSatisfy(\.isNumber), line.dropFirst(3).hasPrefix(" ") { break }
        }
        return reply.joined(separator: "\n")
    }

    /// Stores a file and gives the last reply.
    mutating func store(_ name: String, _ text: String, with verb: String = "STOR") async throws -> String {
        try await beginStore(name, with: verb) { data in try await data.write(ByteBuffer(string: text)) }
        return try await reply()
    }

    /// Sends STOR and the bytes, closes the data connection, and leaves the last reply for later.
    mutating func beginStore(
        _ name: String, with verb: String = "STOR", from local: String? = nil,
        _ body: (NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> Void
    ) async throws {
        let data = try await Self.open(host: host, port: try await dataPort(), from: local)
        try await data.executeThenClose { inbound, outbound in
            let opening = try await command("\(verb) \(name)")
            try #require(opening.hasPrefix("150 "), "\(name): \(opening)")
            // A gateway that has had enough closes while we send; what it says of that comes afterwards.
            do {
                try await body(outbound)
                outbound.finish()
                for try await _ in inbound {}
            } catch is IOError {} catch is ChannelError {}
        }
    }

    mutating func dataPort() async throws -> Int {
        let reply = try await command("EPSV")
        return try #require(reply.split(separator: "|").dropFirst().first.flatMap { Int($0) }, "\(reply)")
    }

    // What is said is checked by its beginning.

    mutating func command(_ line: String, answers: String, at place: SourceLocation = #_sourceLocation) async throws {
        let reply = try await command(line)
        #expect(reply.hasPrefix(answers), "\(line): \(reply)", sourceLocation: place)
    }

    mutating func store(
        _ name: String, _ text: String, with verb: String = "STOR", answers: String,
        at place: SourceLocation = #_sourceLocation
    ) async throws {
        let reply = try await store(name, text, with: verb)
        #expect(reply.hasPrefix(answers), "\(name): \(reply)", sourceLocation: place)
    }

    mutating func reply(begins: String, at place: SourceLocation = #_sourceLocation) async throws {
        let reply = try await reply()
        #expect(reply.hasPrefix(begins), "\(reply)", sourceLocation: place)
    }

    /// Opens a data connection and does nothing with it until the body ends.
    func withDataConnection(
        _ port: Int, from local: String? = nil, _ body: (NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> Void
    ) async throws {
        try await Self.open(host: host, port: port, from: local).executeThenClose { _, outbound in
            try await body(outbound)
        }
    }
}

extension TestClient {
    /// What a command like LIST sends over a data connection; its last reply is awaited.
    mutating func listing(_ line: String) async throws -> String {
        let text = try await Self.open(host: host, port: try await dataPort()).executeThenClose { inbound, _ in
            try await command(line, answers: "150 ")
            var text = ""
            for try await bytes in inbound { text += String(buffer: bytes) }
            return text
        }
        try await reply(begins: "226 ")
        return text
    }

    /// Waits until some of a file that is being received has reached the disk.
    func untilAPartIsOnDisk(_ gateway: TestGateway) async throws {
        while true {
            let parts = gateway.jail.files("incoming").filter { $0.contains("/.part-") }
            if parts.contains(where: { gateway.jail.read("incoming/\($0)")?.isEmpty == false }) { return }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Says that nothing more will be sent; replies still come.
    func finish() { outbound.finish() }

    /// A data connection without a control connection beside it.
    static func dataConnection(
        port: Int, _ body: (NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> Void
    ) async throws {
        try await open(host: "127.0.0.1", port: port).executeThenClose { _, outbound in try await body(outbound) }
    }
}

/// The lines of a connection.
struct AsyncLines {
    private var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var rest = ByteBuffer()

    init(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) {
        iterator = inbound.makeAsyncIterator()
    }

    mutating func next() async throws -> String? {
        while true {
            if let end = rest.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
                let line = rest.readString(length: end - rest.readerIndex + 1)
                return line.map { String($0.dropLast(1)) }
            }
            guard var more = try await iterator.next() else { return nil }
            rest.writeBuffer(&more)
        }
    }
}
