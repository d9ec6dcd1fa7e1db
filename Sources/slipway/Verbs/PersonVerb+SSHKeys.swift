internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import SSHKeys

extension PersonVerb {
    struct SSHKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ssh-key", abstract: "The SSH keys that let a person upload by SFTP and scp.",
            discussion: "They open the door, and nothing more: who uploads is proven by the signature.",
            subcommands: [Add.self, List.self, Remove.self])
    }
}

extension PersonVerb.SSHKey {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Registers the keys of a file.")
        @OptionGroup var common: CommonOptions
        @Argument var name: String
        @Argument(help: "Public keys of OpenSSH, one on a line; - reads standard input.") var file: String

        func run() async throws {
            let keys = try KeyFile(file).sshKeys()
            let catalog = try await common.catalog(common.settings())
            let person = try await PersonVerb.registered(name, in: catalog)
            try await refusingConflicts { try await catalog.addSSHKeys(keys, to: person, now: unixTime()) }
            print("\(person.name) may upload by SFTP with \(keys.map(\.fingerprint.text).joined(separator: ", ")).")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists a person's keys, or everybody's.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Argument var name: String?

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            var person: Person?
            if let name { person = try await PersonVerb.registered(name, in: catalog) }
            let shown = try await catalog.sshKeys(of: person).map { ShownKey($0) }
            try output.show(shown) { $0.map(\.line).joined(separator: "\n") }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forgets a key: it lets nobody in any more. Sessions under way go on.")
        @OptionGroup var common: CommonOptions
        @Argument var name: String
        @Argument(help: "As in the list: SHA256: and 43 more.") var fingerprint: String

        func run() async throws {
            guard let key = SSHFingerprint(fingerprint) else {
                throw Refusal.unreadable("an SSH key's fingerprint", fingerprint, rule: "SHA256:…, as in the list")
            }
            let catalog = try await common.catalog(common.settings())
            let person = try await PersonVerb.registered(name, in: catalog)
            try await refusingConflicts { try await catalog.removeSSHKey(key, of: person) }
            print("The SSH key \(key) of \(person.name) is forgotten.")
        }
    }
}

extension KeyFile {
    /// In bytes; a key of the largest kind has three thousand.
    private static let longest = 1 << 16

    fileprivate func sshKeys() throws -> [SSHPublicKey] {
        guard bytes.count <= Self.longest else {
            throw Refusal(.data, "\(name) has more than \(Self.longest) bytes: no file of public SSH keys.")
        }
        do {
            return try SSHPublicKey.keys(inLines: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw Refusal(.data, "\(name), \(error)")
        }
    }
}

/// A key as printed.
private struct ShownKey: Encodable {
    let person: String
    let fingerprint: String
    let type: String
    let comment: String
    /// In Unix seconds.
    let added: Int64

    init(_ registered: RegisteredSSHKey) {
        person = registered.person.text
        fingerprint = registered.key.fingerprint.text
        type = registered.key.type.rawValue
        comment = registered.key.comment
        added = registered.added
    }

    var line: String { "\(person)  \(fingerprint)  \(type)\(comment.isEmpty ? "" : "  \(comment)")" }
}
