internal import ArgumentParser
internal import Catalog
internal import SSHKeys

/// What sshd asks at each login: etc/ssh/slipway.conf.
struct SSHAuthorizedKeysVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ssh-authorized-keys",
        abstract: "Tells sshd which SSH keys let somebody upload; for AuthorizedKeysCommand.",
        discussion:
            "With sshd's %t and %k, whether that key does. A key that nobody has is no failure: nothing is printed.")
    @OptionGroup var common: CommonOptions
    @Argument(help: "The offered key's type, %t.") var type: String?
    @Argument(help: "The offered key in base64, %k.") var key: String?

    func run() async throws {
        guard (type == nil) == (key == nil) else { throw Refusal(.usage, "Both %t and %k, or neither.") }
        let settings = try await common.settings()
        let door = SFTPDoorCommand(settings)
        for admitted in try await admitted(settings) { print(try door.line(for: admitted)) }
    }

    private func admitted(_ settings: Settings) async throws -> [RegisteredSSHKey] {
        guard let type, let key else { return try await common.readOnlyCatalog(settings).admittedSSHKeys(nil) }
        // What could not have been registered: a certificate, an old DSA key.
        guard let offered = try? SSHPublicKey(parsing: "\(type) \(key)") else { return [] }
        return try await common.readOnlyCatalog(settings).admittedSSHKeys(offered.fingerprint)
    }
}
