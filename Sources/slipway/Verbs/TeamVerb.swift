internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

struct TeamVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "team", abstract: "Teams own archives and have rights like a person.",
        subcommands: [Create.self, List.self, Add.self, Remove.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a team.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "The name, as written after ~ in archive references.") var team: String

        func run() async throws {
            let name = try TeamVerb.name(team)
            let catalog = try await common.catalog(common.settings())
            try await refusingConflicts { try await catalog.addTeam(name, now: unixTime()) }
            print("The team \(name) is there.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the teams and who is of them.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let teams = try await common.catalog(common.settings()).teams().map(ShownTeam.init)
            try output.show(teams) { $0.map(\.line).joined(separator: "\n") }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes a person into a team.")
        @OptionGroup var common: CommonOptions
        @Argument var team: String
        @Argument var person: String

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let member = try await PersonVerb.registered(person, in: catalog)
            try await refusingConflicts { try await catalog.add(member, toTeam: TeamVerb.name(team)) }
            print("\(person) is of \(team).")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes a person out of a team.")
        @OptionGroup var common: CommonOptions
        @Argument var team: String
        @Argument var person: String

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            let member = try await PersonVerb.registered(person, in: catalog)
            try await refusingConflicts { try await catalog.remove(member, fromTeam: TeamVerb.name(team)) }
            print("\(person) is not of \(team).")
        }
    }

    fileprivate static func name(_ text: String) throws -> OwnerName {
        guard let name = OwnerName(text) else { throw Refusal.unreadable("a team's name", text, rule: OwnerKind.rule) }
        return name
    }
}

/// A team as printed.
private struct ShownTeam: Encodable {
    let name: String
    let members: [String]

    init(_ team: Team) { (name, members) = (team.name.text, team.members.map(\.text)) }

    var line: String { "\(name)  \(members.joined(separator: " "))" }
}
