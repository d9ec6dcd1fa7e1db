internal import ArchiveModel
internal import FTPProtocol
internal import Gateway
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import SystemPackage
internal import Testing

/// A gateway on a free port, in this process: without the walls, which `WallTests` look at.
struct TestGateway: Sendable {
    let port: Int
    let host: String
    /// Where connections begin with the handshake; 0 without certificates.
    let securePort: Int
    /// Of the HTTP door.
    let webPort: Int
    /// The same with TLS; 0 without certificates.
    let secureWebPort: Int
    let jail: TestJail
    let intake: TestIntake
    /// Reads the ban list again.
    let reload: @Sendable () -> Void
    let stop: @Sendable () async -> Void

    /// Runs `body` beside the gateway, stops the gateway, and waits until every session is handed over. `intake` nil
    /// leaves nobody at the socket.
    static func run(
        jail: TestJail? = nil, intake: TestIntake? = TestIntake(), host: String = "127.0.0.1",
        certificates: TLSCertificates? = nil, bans: FilePath? = nil, metrics: MetricsPage = MetricsPage(),
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        configure: (inout GatewayConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (TestGateway) async throws -> Void
    ) async throws {
        let jail = try jail ?? TestJail()
        let listener = try await intake?.listen(in: jail)
        var configuration = GatewayConfiguration(serviceName: "test")
        configure(&configuration)
        let threads = DiskThreads(count: 2)
        let admission = Admission(configuration, bans: bans, logger: logger)
        let socket = try ListeningSocket("\(host):0")
        let secureSockets = try certificates.map { _ in [try ListeningSocket("\(host):0")] } ?? []
        let webSocket = try ListeningSocket("\(host):0")
        let secureWebSockets = try certificates.map { _ in [try ListeningSocket("\(host):0")] } ?? []
        let server = GatewayServer(
            [socket], implicitTLS: secureSockets, http: [webSocket], https: secureWebSockets,
            jail: try Jail(at: jail.path, threads: threads),
            intake: IntakeLine(
                socketPath: jail.path.appending(VerdictSocket.name).string, targetTimeout: configuration.targetTimeout),
            certificates: certificates, admission: admission, metrics: metrics, configuration: configuration,
            logger: logger)
        let group = ServiceGroup(
            configuration: .init(
                services: [server], logger: logger))
        let gateway = TestGateway(
            port: try #require(socket.port), host: host.filter { !"[]".contains($0) },
            securePort: secureSockets.first?.port ?? 0, webPort: try #require(webSocket.port),
            secureWebPort: secureWebSockets.first?.port ?? 0, jail: jail,
            intake: intake ?? TestIntake(),
            reload: { admission.reload() }
        ) {
            await group.triggerGracefulShutdown()
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            defer { tasks.cancelAll() }
            try await body(gateway)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        try await threads.shutDown()
        try await listener?.close()
    }

    /// Talks to the gateway; the connection is closed at the end, with or without QUIT.
    func connect(_ body: (inout TestClient) async throws -> Void) async throws {
        try await TestClient.connect(port: port, host: host, body)
    }

    /// Waits until no session has anything left in `incoming`: it is handed over, or removed.
    func untilHandedOver() async throws {
        while jail.tree("incoming") != [] { try await Task.sleep(for: .milliseconds(10)) }
    }

    /// Logs in and changes into `~alice/debian` first.
    func upload(_ body: (inout TestClient) async throws -> Void) async throws {
        try await connect { client in
            try await client.command("USER anonymous", answers: "230 ")
            try await client.command("CWD ~alice/debian", answers: "250 ")
            try await body(&client)
        }
    }
}

extension ListeningSocket {
    fileprivate var port: Int? { description.split(separator: ":").last.flatMap { Int($0) } }
}
