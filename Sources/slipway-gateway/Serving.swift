internal import ArchiveModel
internal import Gateway
internal import Logging
internal import NIOPosix
internal import ServiceLifecycle
internal import SystemPackage
internal import UnixSignals

/// What runs once the program is locked in: the working directory is the jail.
struct Serving {
    private let options: GatewayOptions
    private let sockets: [ListeningSocket]
    private let logger: Logger

    init(_ options: GatewayOptions, _ sockets: [ListeningSocket]) {
        self.options = options
        self.sockets = sockets
        var logger = Logger(label: "slipway-gateway")
        logger.logLevel = Logger.Level(rawValue: options.logLevel) ?? .info
        self.logger = logger
    }

    func run() async throws {
        let configuration = options.configuration
        let threads = DiskThreads(count: configuration.diskThreads)
        let server = FTPServer(
            sockets, jail: try Jail(at: ".", threads: threads),
            intake: IntakeLine(socketPath: VerdictSocket.name, targetTimeout: configuration.targetTimeout),
            configuration: configuration, logger: logger)
        var services = [ServiceGroupConfiguration.ServiceConfiguration(service: server)]
        if options.supervised {
            services.append(.init(service: Supervision(), successTerminationBehavior: .gracefullyShutdownGroup))
        }
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // A transfer under way may end; longer than this no service manager waits.
        group.maximumGracefulShutdownDuration = .seconds(20)
        try await ServiceGroup(configuration: group).run()
        try await threads.shutDown()
    }
}
