internal import ArgumentParser
internal import Catalog
internal import Foundation
internal import SystemPackage

/// What every verb takes.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: "The configuration file.")
    var config: String?

    private static let standardFile: FilePath = "/etc/slipway/slipway.yaml"

    /// `--config`, or the standard file when it is there, or defaults and environment alone.
    func settings() async throws -> Settings {
        if let config { return try await Settings.read(FilePath(config)) }
        let isThere = FileManager.default.fileExists(atPath: Self.standardFile.string)
        return try await Settings.read(isThere ? Self.standardFile : nil)
    }

    /// Opens the catalog as the service's user: what root makes, the service could not change. Read what only root may
    /// read before.
    func catalog(_ settings: Settings) throws -> Catalog {
        try Catalog(path: catalogFile(settings))
    }

    /// The same, for who only looks, and is asked often.
    func readOnlyCatalog(_ settings: Settings) throws -> Catalog {
        try Catalog(reading: catalogFile(settings))
    }

    private func catalogFile(_ settings: Settings) throws -> String {
        guard Files.exists(settings.state.catalog) else {
            throw Refusal(.config, "There is no catalog at \(settings.state.catalog). Make one with: slipway init")
        }
        try Privileges.drop(to: Account.service(settings))
        return settings.state.catalog.string
    }
}

/// Prints data as JSON for programs, or as text for people, from the same value.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON.")
    var json = false

    func show<Value: Encodable>(_ value: Value, asText text: (Value) -> String) throws {
        guard json else {
            print(text(value))
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}

/// A verb that cannot do what it was asked, with the exit code of sysexits.h and a sentence that names thing and remedy.
struct Refusal: Error, CustomStringConvertible {
    enum Code: Int32 {
        case usage = 64
        case data = 65
        case noInput = 66
        case noSuch = 67
        case unavailable = 69
        case software = 70
        case temporary = 75
        case noPermission = 77
        case config = 78
    }

    let code: Code
    let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

extension Refusal {
    /// What the word on the command line was meant to be.
    static func unreadable(_ what: String, _ text: String, rule: String) -> Refusal {
        Refusal(.usage, "\"\(text)\" is not \(what): \(rule).")
    }
}

/// What cannot be done as things stand is told as a sentence.
func refusingConflicts(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let conflict as Conflict {
        throw Refusal(.data, conflict.description)
    }
}
