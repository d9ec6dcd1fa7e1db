internal import ArchiveModel
internal import Builder
internal import Catalog
internal import Commands
internal import DebianControl
internal import DurableFiles
internal import Glibc
internal import Intake
internal import Logging
internal import OpenPGP
internal import Publisher
internal import SourceTree
internal import SystemPackage
internal import Web

/// The one place that knows all parts and puts them together; no part knows it.
struct Parts: Sendable {
    let settings: Settings
    let catalog: Catalog
    let store: ContentStore
    let keyring: Keyring
    let keys: SigningKeys
    let log: Logger

    /// Opens what all stages share, as the service's user: what root makes, the service could not change.
    init(_ settings: Settings) throws {
        try Privileges.drop(to: Account.service(settings))
        // Whatever a stage makes, the gateway's group may not write and strangers may read only where apt does.
        umask(0o022)
        self.settings = settings
        log = Logger.ours("slipway", settings)
        catalog = try Catalog(path: settings.state.catalog.string)
        store = try ContentStore(root: settings.state.files)
        keyring = try Keyring(home: settings.state.keyring)
        keys = try SigningKeys(home: settings.state.keys)
    }

    func publisher() -> PublisherService {
        var configuration = PublisherConfiguration(
            archives: settings.state.archives, external: settings.state.external)
        configuration.sweepInterval = .seconds(settings.publisher.sweepInterval)
        configuration.poolGrace = .seconds(settings.publisher.poolGrace)
        return PublisherService(archivePublisher(configuration))
    }

    func archivePublisher() -> ArchivePublisher {
        archivePublisher(
            PublisherConfiguration(
                archives: settings.state.archives, external: settings.state.external))
    }

    private func archivePublisher(_ configuration: PublisherConfiguration) -> ArchivePublisher {
        ArchivePublisher(
            catalog: catalog, store: store, keys: keys, configuration: configuration, logger: log.part("publisher"))
    }

    /// - Parameters:
    ///   - worker: its name in the catalog; no two that run at a time may share one. `nil`: the builder's name, for `serve`.
    ///   - resultLanded: wakes the intake.
    func builder(
        worker: String? = nil, resultLanded: @escaping @Sendable () -> Void = {}
    ) async throws -> BuilderService {
        guard let key = try await catalog.builderKey(settings.builder.name) else {
            throw Refusal(.config, "The builder \(settings.builder.name) has no key. Make it with: slipway init")
        }
        var configuration = try builderConfiguration()
        configuration.worker = worker ?? configuration.worker
        let parts = BuilderParts(
            catalog: catalog, files: store, keys: keys, key: key, configuration: configuration,
            resultLanded: resultLanded)
        return BuilderService(parts, logger: log.part("builder"))
    }

    func builderConfiguration() throws -> BuilderConfiguration {
        var configuration = BuilderConfiguration(
            state: settings.state.root, worker: settings.builder.name, architectures: try Machine.architectures())
        configuration.chroots = settings.builder.chroots ?? settings.state.chroots
        configuration.archives = settings.addresses.root(of: .ppa)
        configuration.external = settings.addresses.root(of: .external)
        configuration.author = "Slipway <slipway@\(settings.name)>"
        configuration.admin = settings.admin
        configuration.timeLimit = .seconds(settings.builder.timeLimit)
        return configuration
    }

    /// - Parameter decided: wakes the stages that go on from a verdict.
    func intake(decided: @escaping @Sendable () -> Void = {}) throws -> IntakeService {
        var configuration = IntakeConfiguration(
            jail: settings.state.jail, state: settings.state.root, publicURL: settings.url,
            standardDistribution: settings.standardDistribution, admin: settings.admin)
        configuration.signatureAge = Int64(settings.intake.signaturesGoodFor)
        configuration.refusalLettersADay = Int64(settings.intake.refusalLetters)
        configuration.upstream.keys = settings.intake.upstreamKeys << 10
        configuration.upstream.signature = settings.intake.upstreamSignature << 10
        configuration.provingDoor = Account.provingDoor(settings)
        configuration.sweepInterval = .seconds(settings.intake.sweepInterval)
        configuration.incompletePatience = Int64(settings.intake.incompleteFor)
        configuration.freeDisk = settings.intake.unpacking.freeDisk
        configuration.quotas = settings.quotas
        configuration.waiting = settings.intake.waiting
        let commands = commandRunner()
        return try IntakeService(
            configuration: configuration, catalog: catalog, verifier: SignatureVerifier(keyring: keyring), store: store,
            unpacker: try sourceUnpacker(), lintian: try lintianPolicy(),
            commands: { signed in
                try await commands.run(
                    signed.text, commands: signed.commands, title: signed.title, origin: signed.origin,
                    place: signed.place,
                    answers: signed.answers,
                    received: signed.received)
            }, decided: decided, log: log.part("intake"))
    }

    /// Removes what a crash left in the scratch folder, too.
    private func sourceUnpacker() throws -> SourceUnpacker? {
        guard settings.intake.unpacksSources else { return nil }
        return try SourceUnpacker(
            program: OwnPrograms.unpacker, scratch: settings.state.scratch, limits: settings.intake.unpacking)
    }

    func web() throws -> WebService {
        var configuration = WebConfiguration(
            host: settings.name, publicURL: settings.url, uploadHost: settings.uploadHost)
        configuration.address = settings.web.host
        configuration.port = settings.web.port
        configuration.quotas = settings.quotas
        configuration.addresses = settings.addresses
        if let rule = settings.external.rule, let text = try settings.external.termsText() {
            configuration.terms = (rule.terms, text)
        }
        let keys = keys
        let parts = WebParts(
            catalog: catalog, archives: settings.state.archives, external: settings.state.external,
            builds: settings.state.builds,
            publicKey: { try await keys.exportPublic($0, armored: true) }, now: unixTime)
        return try WebService(configuration, parts, logger: log.part("web"))
    }

    func commandRunner() -> CommandRunner {
        let keys = ArchiveKeys(keys, host: settings.name)
        return CommandRunner(
            catalog: catalog,
            rules: CommandRules(
                serviceName: settings.name, goodFor: Int64(settings.intake.commandsGoodFor),
                actions: settings.actionRules),
            clock: unixTime, makeKey: { try await keys.make(for: $0) }, dropKey: { try await keys.drop($0) },
            addKey: { [keyring] in _ = try await keyring.add($0) })
    }
}

extension Logger {
    /// To standard error, where a service manager or the supervisor keeps it.
    static func ours(_ label: String, _ settings: Settings) -> Logger {
        var log = Logger(label: label) { label in StreamLogHandler.standardError(label: label) }
        log.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info
        return log
    }

    func part(_ name: String) -> Logger {
        var part = Logger(label: "\(label).\(name)") { label in StreamLogHandler.standardError(label: label) }
        part.logLevel = logLevel
        return part
    }
}
