internal import Builder
internal import Catalog
internal import Intake
internal import Logging
internal import Mailer
internal import Maintenance
internal import Publisher
internal import ServiceLifecycle
internal import UnixSignals

/// All stages under one group: what `serve` runs once it is the service's own user.
///
/// Stages speak through the catalog; the hints between them are joined here. A hint that is lost costs a sweep interval.
struct Serving {
    private let parts: Parts
    private let withGateway: Bool
    private let isSupervised: Bool

    init(_ settings: Settings, withGateway: Bool, isSupervised: Bool) throws {
        parts = try Parts(settings)
        self.withGateway = withGateway
        self.isSupervised = isSupervised
    }

    func run() async throws {
        try await parts.catalog.describe(SuiteFiles.read(parts.settings.distributions))
        let publisher = parts.publisher()
        let mailer = try parts.mailer()
        let landed = LateHint()
        let builder = try await parts.builder(resultLanded: { landed() })
        let cameIn: @Sendable () -> Void = {
            mailer.wake()
            publisher.wake()
            builder.hint()
        }
        let imports = parts.imports(settled: cameIn)
        let rebuilds = try parts.sourceRebuilds(settled: cameIn)
        let intake = try parts.intake {
            cameIn()
            imports.wake()
            rebuilds.wake()
        }
        landed.join { intake.hint() }
        // Stopped in the opposite order: first nothing new comes in.
        var services: [any Service] = [mailer, publisher, imports, rebuilds, intake, try parts.web()]
        if let digest = parts.digest() { services.append(digest) }
        if let maintenance = parts.maintenance(settled: {
            mailer.wake(); publisher.wake(); imports.wake()
        }) {
            services.append(maintenance)
        }
        if parts.settings.builder.isEnabled { services.append(builder) }
        if withGateway { services.append(GatewayProgram.child(parts.settings, log: parts.log)) }
        var programs = services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
        if isSupervised {
            programs.append(.init(service: Supervision(), successTerminationBehavior: .gracefullyShutdownGroup))
        }
        let group = ServiceGroup(
            configuration: .init(
                services: programs, gracefulShutdownSignals: [.sigterm, .sigint], logger: parts.log))
        try await group.run()
    }
}
