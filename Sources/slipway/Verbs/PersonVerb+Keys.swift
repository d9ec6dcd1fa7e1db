internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import Foundation
internal import OpenPGP

extension PersonVerb {
    struct AddKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Registers another key of a person, or brings a known one up to date (a new expiry, a revocation).")
        @OptionGroup var common: CommonOptions
        @Argument var name: String
        @Option(help: "A file with the public key, armored or not.") var key: String

        func run() async throws {
            let keys = try KeyFile(key)
            let settings = try await common.settings()
            let catalog = try common.catalog(settings)
            let person = try await PersonVerb.registered(name, in: catalog)
            let known = try await catalog.keys(of: person)
            let fingerprints = try await keys.enter(settings)
            try await refusingConflicts {
                for key in fingerprints where !known.contains(key) {
                    try await catalog.addKey(key, to: person, now: unixTime())
                }
            }
            try await keys.enter(settings)
            print("\(person.name) has \(fingerprints.map(\.text).joined(separator: ", ")).")
        }
    }
}

/// A file with public keys, read while we may still be root; "-" is standard input.
struct KeyFile {
    let name: String
    let bytes: [UInt8]

    init(_ name: String) throws {
        let read = name == "-" ? try FileHandle.standardInput.readToEnd() : FileManager.default.contents(atPath: name)
        guard let data = read else {
            throw Refusal(.noInput, "The key file \(name) cannot be read.")
        }
        self.name = name
        bytes = [UInt8](data)
    }

    /// Takes the keys into the keyring; their primary fingerprints. Done before they are registered, as it says which they are, and once
    /// more after: in between they are nobody's, and may have been removed (`StrangeKeys`).
    @discardableResult
    func enter(_ settings: Settings) async throws -> [Fingerprint] {
        do {
            return try await Keyring(home: settings.state.keyring).add(bytes).map(\.fingerprint)
        } catch let refusal as KeyRefusal {
            throw Refusal(.data, "\(name): \(refusal)")
        }
    }
}
