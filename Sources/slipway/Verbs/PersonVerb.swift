internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import Foundation
internal import OpenPGP
internal import SSHKeys

struct PersonVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "Who may upload and command.",
        subcommands: [
            Add.self, List.self, Show.self, AddKey.self, Block.self, Unblock.self, BlockKey.self, UnblockKey.self,
            SSHKey.self, Admin.self,
        ])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Registers a person with their OpenPGP key.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The name, as written after ~ in archive references.") var name: String
        @Option(help: "The one address mails go to.") var mail: String
        @Option(help: "A file with the public key, armored or not.") var key: String

        func run() async throws {
            guard let owner = OwnerName(name) else {
                throw Refusal.unreadable("a person's name", name, rule: OwnerKind.rule)
            }
            guard let address = MailAddress(mail) else {
                throw Refusal.unreadable("a mail address", mail, rule: "name@host, or \"Name <name@host>\"")
            }
            let keys = try KeyFile(key)
            let settings = try await common.settings()
            let catalog = try common.catalog(settings)
            guard try await !catalog.ownerExists(owner) else {
                throw Refusal(.data, "There is a person or team \(owner) already. Another key: slipway person add-key")
            }
            let fingerprints = try await keys.enter(settings)
            try await refusingConflicts {
                try await catalog.addPerson(owner, mail: address, keys: fingerprints, now: unixTime())
            }
            try await keys.enter(settings)
            print(
                "\(owner) <\(address.address)> is registered with \(fingerprints.map(\.text).joined(separator: ", ")).")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the registered people.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let people = try await common.catalog(common.settings()).people().map { ShownPerson($0) }
            try output.show(people) { $0.map(\.line).joined(separator: "\n") }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a person and their keys.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions
        @Argument var name: String

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let person = try await PersonVerb.registered(name, in: catalog)
            let shown = ShownPerson(
                person, keys: try await catalog.keys(of: person), sshKeys: try await catalog.sshKeys(of: person),
                bounces: try await catalog.bounces(of: person, limit: 10))
            try output.show(shown) {
                ([$0.line] + ($0.keys ?? []) + ($0.sshKeys ?? []) + ($0.bounces ?? [])).joined(separator: "\n  ")
            }
        }
    }
}

extension PersonVerb {
    static func registered(_ name: String, in catalog: Catalog) async throws -> Person {
        guard let owner = OwnerName(name), let person = try await catalog.person(named: owner) else {
            throw Refusal(.noSuch, "There is no person \(name). See: slipway person list")
        }
        return person
    }
}

/// A person as printed.
private struct ShownPerson: Encodable {
    let name: String
    let mail: String
    let isBlocked: Bool
    let keys: [String]?
    /// Their fingerprints.
    let sshKeys: [String]?
    /// The last mails that came back.
    let bounces: [String]?

    init(
        _ person: Person, keys: [Fingerprint]? = nil, sshKeys: [RegisteredSSHKey]? = nil, bounces: [Bounce]? = nil
    ) {
        name = person.name.text
        mail = person.mail.description
        isBlocked = person.isBlocked
        self.keys = keys?.map(\.text)
        self.sshKeys = sshKeys?.map(\.key.fingerprint.text)
        self.bounces = bounces?.map { "mail \($0.mail) \($0.isFinal ? "came back" : "is late"): \($0.cause.printable)" }
    }

    var line: String { "\(name)  \(mail)\(isBlocked ? "  blocked" : "")" }
}

/// Now, in Unix seconds.
func unixTime() -> Int64 { Int64(Date().timeIntervalSince1970) }
