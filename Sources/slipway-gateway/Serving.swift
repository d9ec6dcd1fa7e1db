internal import ArchiveModel
internal import Gateway
internal import Logging
internal import ServiceLifecycle
internal import SystemPackage

/// What runs once the program is locked in: the working directory is the jail.
struct Serving {
    private let options: GatewayOptions
    private let sockets: [ListeningSocket]
    private let watches: [StopWatch]
    private let logger: Logger

    init(_ options: GatewayOptions, _ sockets: [ListeningSocket], stoppedBy watches: [StopWatch]) {
        self.options = options
        self.sockets = sockets
        self.watches = watches
        var logger = Logger(label: "slipway-gateway")
        logger.logLevel = Logger.Level(rawValue: options.logLevel) ?? .info
        self.logger = logger
    }

    /// - Throws: FileFailure when another gateway still has the jail.
    func run() async throws {
        // They end with the program: shutting them down would wake Dispatch.
        let threads = DiskThreads(count: options.configuration.diskThreads)
        do {
            try await serve(on: threads)
        } catch {
            try? await threads.shutDown()  // threads let go while they run are a trap of NIO's, and hide the error
            throw error
        }
    }

    private func serve(on threads: DiskThreads) async throws {
        let configuration = options.configuration
        let server = FTPServer(
            sockets, jail: try Jail(at: ".", threads: threads),
            intake: IntakeLine(socketPath: VerdictSocket.name, targetTimeout: configuration.targetTimeout),
            configuration: configuration, logger: logger)
        var services = [ServiceGroupConfiguration.ServiceConfiguration(service: server)]
        for watch in watches {
            services.append(.init(service: watch, successTerminationBehavior: .gracefullyShutdownGroup))
        }
        try await ServiceGroup(configuration: .init(services: services, logger: logger)).run()
    }
}
