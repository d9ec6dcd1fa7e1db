internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

extension PersonVerb {
    struct Block: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuses a person's uploads and commands from now on; what is published stays.")
        @OptionGroup var common: CommonOptions
        @Argument var name: String

        func run() async throws { try await PersonVerb.setBlocked(true, name, common) }
    }

    struct Unblock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes a person's uploads and commands again.")
        @OptionGroup var common: CommonOptions
        @Argument var name: String

        func run() async throws { try await PersonVerb.setBlocked(false, name, common) }
    }

    fileprivate static func setBlocked(_ isBlocked: Bool, _ name: String, _ common: CommonOptions) async throws {
        let catalog = try await common.catalog(common.settings())
        try await catalog.setBlocked(isBlocked, person: registered(name, in: catalog))
        print("\(name) is \(isBlocked ? "blocked" : "not blocked any more").")
    }
}

/// A stolen key is blocked by itself: the person goes on with another.
extension PersonVerb {
    struct BlockKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refuses what a key signed, from now on.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The primary key's fingerprint.") var fingerprint: String

        func run() async throws { try await PersonVerb.setBlocked(true, key: fingerprint, common) }
    }

    struct UnblockKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes what a key signs again.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The primary key's fingerprint.") var fingerprint: String

        func run() async throws { try await PersonVerb.setBlocked(false, key: fingerprint, common) }
    }

    fileprivate static func setBlocked(_ isBlocked: Bool, key text: String, _ common: CommonOptions) async throws {
        guard let key = Fingerprint(text) else {
            throw Refusal.unreadable("a fingerprint", text, rule: "40 or 64 hexadecimal digits")
        }
        let catalog = try await common.catalog(common.settings())
        try await refusingConflicts { try await catalog.setBlocked(isBlocked, key: key) }
        print("The key \(key) is \(isBlocked ? "blocked" : "not blocked any more").")
    }
}
