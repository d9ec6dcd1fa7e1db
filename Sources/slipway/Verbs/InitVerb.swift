internal import ArgumentParser
internal import Catalog
internal import Glibc
internal import OpenPGP
internal import SystemPackage

struct InitVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Makes the state folder, the catalog and the builder's key. Safe to repeat.")
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let settings = try await common.settings()
        let layout = StateLayout(
            state: settings.state, service: try Account.service(settings), gateway: try Account.gateway(settings))
        try layout.make()
        try Privileges.drop(to: layout.service)
        // The catalog holds addresses and signed texts; SQLite gives its side files the mode of the first.
        umask(0o077)
        let catalog = try Catalog(path: settings.state.catalog.string)
        try await catalog.describe(SuiteFiles.read(settings.distributions))
        try await registerBuilder(settings, catalog)
        print("\(settings.state.root) is ready. Next: slipway person add, then slipway serve.")
    }

    /// The builder signs its results like any uploader; a key that is there already is kept, unless it is blocked.
    private func registerBuilder(_ settings: Settings, _ catalog: Catalog) async throws {
        if let key = try await catalog.builderKey(settings.builder.name), try await !catalog.isBlocked(key) { return }
        let keys = try SigningKeys(home: settings.state.keys)
        let key = try await keys.makeKey(userID: "Slipway builder \(settings.builder.name) (\(settings.name))")
        let keyring = try Keyring(home: settings.state.keyring)
        let bytes = try await keys.exportPublic(key, armored: false)
        _ = try await keyring.add(bytes)
        try await catalog.setBuilder(settings.builder.name, key: key)
        _ = try await keyring.add(bytes)  // between the two it was nobody's (`StrangeKeys`)
    }
}
