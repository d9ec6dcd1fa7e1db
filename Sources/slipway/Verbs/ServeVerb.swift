internal import ArgumentParser
internal import Logging
internal import ServiceLifecycle

struct ServeVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs everything on this machine until SIGTERM.",
        discussion: "Started by root, it becomes the service's user and lets the gateway go into its jail.")
    @OptionGroup var common: CommonOptions
    @Flag(help: "A service manager, or our own supervisor, starts slipway-gateway.") var withoutGateway = false
    @Flag(help: "End when standard input closes, and start nobody else: for our own supervisor, which may be killed.")
    var supervised = false

    func run() async throws {
        let settings = try await common.settings()
        guard Files.exists(settings.state.catalog) else {
            throw Refusal(.config, "There is no catalog at \(settings.state.catalog). Make one with: slipway init")
        }
        guard !Account.isRoot || supervised else {
            let log = Logger.ours("slipway.supervisor", settings)
            return try await Supervisor(settings: settings, configFile: common.config, log: log).run()
        }
        try Privileges.drop(to: Account.service(settings))
        let withGateway = !withoutGateway && settings.gateway.isStartedByServe
        try await Serving(settings, withGateway: withGateway, isSupervised: supervised).run()
    }
}
