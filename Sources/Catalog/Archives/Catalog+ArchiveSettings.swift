public import ArchiveModel
public import DebianControl

/// What of an archive is to be changed; `nil` stays as it is.
public struct ArchiveSettings: Sendable {
    public enum Announce: Sendable {
        case nobody
        case to(MailAddress)
    }

    /// A suite that versions are held against.
    public enum Bound: Sendable {
        case nothing
        case suite(SuiteName)
    }

    public var description: String?
    public var hasNew: Bool?
    public var takesBinaries: Bool?
    public var announce: Announce?
    public var components: [ComponentName]?
    public var uploaders: Uploaders?
    public var buildsByItself: Bool?
    public var newerThan: Bound?
    public var olderThan: Bound?
    /// Versions contain the archive's name.
    public var needsName: Bool?
    public var newerInBase: NewerInBaseAction?
    public var rebuilds: RebuildMethod?
    /// Of all its suites.
    public var architectures: [Architecture]?
    /// All that it has from now on.
    public var suites: [SuiteName]?

    public init() {}
}

extension CommandEffect {
    public static func change(
        _ reference: ArchiveReference, _ settings: ArchiveSettings, by person: Person
    ) -> CommandEffect {
        CommandEffect { connection, now in
            let archive = try connection.known(reference)
            try connection.guardRules(person, archive)
            return try connection.change(archive, settings, now: now)
        }
    }

    /// What an admin froze or closed is an admin's to open.
    public static func setState(
        _ state: SuiteState, of suites: [SuiteName], in reference: ArchiveReference, by person: Person
    ) -> CommandEffect {
        CommandEffect { connection, _ in
            let archive = try connection.known(reference)
            let isAdmin = try connection.current(person).isAdmin
            return try suites.map { name in
                guard let suite = archive.suite(name) else { throw Conflict("\(reference) has no suite \(name).") }
                guard isAdmin || !suite.onlyAdminsOpen else {
                    throw Conflict("An admin has said that \(name) of \(reference) is \(suite.state.rawValue).")
                }
                try connection.setState(state, of: suite, byAdmin: isAdmin)
                return "\(name) of \(reference) is \(state.rawValue)."
            }
        }
    }
}

extension Catalog {
    /// - Returns: what was done, in sentences.
    /// - Throws: `Conflict` when something that is published contradicts it.
    public func change(_ reference: ArchiveReference, _ settings: ArchiveSettings) async throws -> [String] {
        try await write { try $0.change($0.known(reference), settings, now: $0.clock) }
    }
}

extension Connection {
    /// - Throws: `Conflict` when there is none.
    func known(_ reference: ArchiveReference) throws -> Archive {
        guard let archive = try archive(reference) else { throw Conflict("There is no archive \(reference).") }
        return archive
    }

    func setState(_ state: SuiteState, of suite: ArchiveSuite, byAdmin isByAdmin: Bool) throws {
        try execute(
            "UPDATE archive_suite SET state = :state, only_admins_open = :admins WHERE id = :suite",
            ["state": state, "admins": isByAdmin && state != .open, "suite": suite.id])
    }

    /// - Throws: `Conflict` when something that is published contradicts it.
    func change(_ archive: Archive, _ settings: ArchiveSettings, now: Int64) throws -> [String] {
        if let contradiction = try contradictions(to: settings, in: archive).first {
            throw Conflict(contradiction.sentence(in: archive.reference))
        }
        if let obstacle = try suiteObstacles(to: settings, in: archive).first { throw Conflict(obstacle.sentence) }
        return try changeSuites(of: archive, settings, now: now) + changeWords(of: archive, settings)
            + changePeople(of: archive, settings) + changePublishing(of: archive, settings)
            + changeVersions(of: archive, settings)
    }

    private func changeWords(of archive: Archive, _ settings: ArchiveSettings) throws -> [String] {
        var said: [String] = []
        if let description = settings.description {
            try set("description", to: description, of: archive)
            said.append("\(archive.reference) has a new description.")
        }
        if let announce = settings.announce {
            let address: MailAddress? = if case .to(let address) = announce { address } else { nil }
            try set("announce", to: address?.description, of: archive)
            said.append(
                "What \(archive.reference) accepts is announced to \(address?.address ?? "nobody but who signed it").")
        }
        return said
    }

    private func changePeople(of archive: Archive, _ settings: ArchiveSettings) throws -> [String] {
        var said: [String] = []
        if let uploaders = settings.uploaders { said.append(try setUploaders(uploaders, in: archive)) }
        if let hasNew = settings.hasNew {
            try set("has_new", to: hasNew, of: archive)
            said.append(
                "What is new in \(archive.reference) \(hasNew ? "waits in NEW" : "is taken like the rest").")
        }
        if let takes = settings.takesBinaries {
            try set("takes_binaries", to: takes, of: archive)
            said.append("\(archive.reference) takes \(takes ? "packages and sources" : "sources only") from people.")
        }
        return said
    }

    private func changePublishing(of archive: Archive, _ settings: ArchiveSettings) throws -> [String] {
        var said: [String] = []
        if let components = settings.components {
            guard archive.components != nil, !components.isEmpty else {
                throw Conflict("\(archive.reference) has the components of its suites.")
            }
            let names = components.map(\.text)
            try set("components", to: names.joined(separator: " "), of: archive)
            said.append("\(archive.reference) publishes in \(names.joined(separator: ", ")).")
        }
        if let architectures = settings.architectures {
            let names = architectures.map(\.description).joined(separator: " ")
            try execute(
                "UPDATE archive_suite SET architectures = :names WHERE archive = :archive",
                ["names": names, "archive": archive.id])
            said.append("\(archive.reference) is built for \(names), from now on.")
        }
        if let builds = settings.buildsByItself {
            try set("autobuild", to: builds, of: archive)
            said.append(
                "What \(archive.reference) accepts is built \(builds ? "by itself" : "when somebody asks for it").")
        }
        if !said.isEmpty { try markAllChanged(archive.id) }
        return said
    }

    private func changeVersions(of archive: Archive, _ settings: ArchiveSettings) throws -> [String] {
        var said: [String] = []
        for (column, relation, bound) in [
            ("newer_than", "higher", settings.newerThan), ("older_than", "lower", settings.olderThan),
        ] {
            guard let bound else { continue }
            let suite: SuiteName? = if case .suite(let suite) = bound { suite } else { nil }
            try set(column, to: suite, of: archive)
            said.append(
                "Versions in \(archive.reference) \(suite.map { "are \(relation) than \($0)'s" } ?? "need not be \(relation) than a suite's")."
            )
        }
        if let needsName = settings.needsName {
            try set("name_in_version", to: needsName, of: archive)
            said.append(
                "Versions in \(archive.reference) \(needsName ? "contain its name" : "need not contain its name").")
        }
        if let action = settings.newerInBase {
            try set("newer_in_base", to: action.rawValue, of: archive)
            said.append("What the base has in a newer version than \(archive.reference) \(action.sentence)")
        }
        if let rebuilds = settings.rebuilds {
            try set("rebuilds", to: rebuilds.rawValue, of: archive)
            said.append("A rebuild in \(archive.reference) makes \(rebuilds.sentence)")
        }
        return said
    }

    private func set(_ column: String, to value: any SQLArgument, of archive: Archive) throws {
        try execute(
            "UPDATE archive SET \(column) = :value WHERE id = :archive", ["value": value, "archive": archive.id])
    }
}
