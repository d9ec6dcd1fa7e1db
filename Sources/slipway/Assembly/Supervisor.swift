internal import Foundation
internal import Glibc
internal import Logging
internal import ServiceLifecycle
internal import SystemPackage
internal import UnixSignals

/// `serve` when root starts it: stays root only to start two programs and keep them running. It opens no file of a
/// stranger and no socket; the gateway goes into its jail by itself, the service becomes its own user.
struct Supervisor {
    let settings: Settings
    let configFile: String?
    let log: Logger

    func run() async throws {
        var programs: [any Service] = [
            ChildProgram(
                name: "service", executable: "/proc/self/exe",
                arguments: ["serve", "--without-gateway", "--supervised"]
                    + (configFile.map { ["--config", $0] } ?? []),
                log: log)
        ]
        if settings.gateway.isStartedByServe { programs.append(GatewayProgram.child(settings, log: log)) }
        let group = ServiceGroup(
            configuration: .init(
                services: programs.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: log
            ))
        try await group.run()
    }
}

/// The command line of `slipway-gateway`.
enum GatewayProgram {
    static func child(_ settings: Settings, log: Logger) -> ChildProgram {
        ChildProgram(name: "gateway", executable: executable, arguments: arguments(settings), log: log)
    }

    static var executable: FilePath { OwnPrograms.gateway }

    private static func arguments(_ settings: Settings) -> [String] {
        var arguments = ["--jail", settings.state.jail.string, "--name", settings.name, "--supervised"]
        for address in settings.gateway.listen { arguments += ["--listen", address] }
        for address in settings.gateway.listenTLS { arguments += ["--listen-tls", address] }
        if settings.gateway.requireTLS { arguments += ["--require-tls"] }
        if let ports = settings.gateway.passivePorts { arguments += ["--passive-ports", ports] }
        if let address = settings.gateway.passiveAddress { arguments += ["--passive-address", address] }
        if settings.gateway.activeMode { arguments.append("--active-mode") }
        if Account.isRoot { arguments += ["--user", settings.users.gateway, "--group", settings.users.service] }
        for address in settings.gateway.listenHTTP { arguments += ["--listen-http", address] }
        for address in settings.gateway.listenHTTPS { arguments += ["--listen-https", address] }
        return arguments + settings.gateway.options
    }
}

/// Our other programs: beside our own executable, as all are built and installed together.
enum OwnPrograms {
    static var gateway: FilePath { beside("slipway-gateway") }
    static var unpacker: FilePath { beside("slipway-unpack") }

    private static func beside(_ name: String) -> FilePath {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return FilePath(own).removingLastComponent().appending(name)
    }
}
