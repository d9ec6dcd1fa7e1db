internal import ArchiveModel
internal import DurableFiles
internal import Gateway
internal import Logging
internal import ServiceLifecycle
internal import SystemPackage

/// What runs once the program is locked in: the working directory is the jail.
struct Serving {
    private let options: GatewayOptions
    private let sockets: [ListeningSocket]
    private let implicitTLS: [ListeningSocket]
    private let http: [ListeningSocket]
    private let https: [ListeningSocket]
    private let watches: [StopWatch]
    private let hangUps: Reload.Signals
    private let logger: Logger

    init(
        _ options: GatewayOptions, _ sockets: [ListeningSocket], implicitTLS: [ListeningSocket],
        http: [ListeningSocket], https: [ListeningSocket],
        stoppedBy watches: [StopWatch], reloadingOn hangUps: Reload.Signals
    ) {
        self.options = options
        self.sockets = sockets
        self.implicitTLS = implicitTLS
        self.http = http
        self.https = https
        self.watches = watches
        self.hangUps = hangUps
        var logger = Logger(label: "slipway-gateway")
        logger.logLevel = Logger.Level(rawValue: options.logLevel) ?? .info
        self.logger = logger
    }

    /// - Throws: FileFailure when another gateway still has the jail; TLSMistake.
    func run() async throws {
        let threads = DiskThreads(count: options.configuration.diskThreads)
        // They end with the program: shutting them down is a matter of Dispatch's, and letting them go a trap of NIO's.
        threads.keepForEver()
        try await serve(on: threads)
    }

    private func serve(on threads: DiskThreads) async throws {
        let configuration = options.configuration
        let certificates = try options.tls.certificates(logger, forHTTPS: !https.isEmpty)
        let admission = Admission(configuration, bans: AdmissionOptions.bans, logger: logger)
        let metrics = MetricsPage()
        let server = GatewayServer(
            sockets, implicitTLS: implicitTLS, http: http, https: https, jail: try Jail(at: ".", threads: threads),
            intake: IntakeLine(socketPath: VerdictSocket.name, targetTimeout: configuration.targetTimeout),
            certificates: certificates, admission: admission, metrics: metrics, configuration: configuration,
            logger: logger)
        let reload = Reload(
            signals: hangUps,
            actions: [
                { try? await threads.run { certificates?.reload() } },
                { try? await threads.run { admission.reload() } },
            ])
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = []
        // The first is stopped last.
        if let place = try? Folder(opening: MetricsFile.folder) {
            services.append(.init(service: MetricsFile(metrics, in: place, threads: threads, logger: logger)))
        }
        services += [.init(service: server), .init(service: reload)]
        for watch in watches {
            services.append(.init(service: watch, successTerminationBehavior: .gracefullyShutdownGroup))
        }
        try await ServiceGroup(configuration: .init(services: services, logger: logger)).run()
    }
}
