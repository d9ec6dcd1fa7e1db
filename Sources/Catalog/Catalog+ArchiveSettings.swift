public import ArchiveModel

/// What of an archive is to be changed; `nil` stays as it is.
public struct ArchiveSettings: Sendable {
    public enum Announce: Sendable {
        case nobody
        case to(MailAddress)
    }

    public var description: String?
    public var hasNew: Bool?
    public var takesBinaries: Bool?
    public var announce: Announce?

    public init(
        description: String? = nil, hasNew: Bool? = nil, takesBinaries: Bool? = nil, announce: Announce? = nil
    ) {
        (self.description, self.hasNew) = (description, hasNew)
        (self.takesBinaries, self.announce) = (takesBinaries, announce)
    }
}

extension CommandEffect {
    public static func change(_ reference: ArchiveReference, _ settings: ArchiveSettings) -> CommandEffect {
        CommandEffect { connection, _ in try connection.change(connection.known(reference), settings) }
    }

    public static func setState(
        _ state: SuiteState, of suites: [SuiteName], in reference: ArchiveReference
    ) -> CommandEffect {
        CommandEffect { connection, _ in
            let archive = try connection.known(reference)
            return try suites.map { name in
                guard let suite = archive.suite(name) else { throw Conflict("\(reference) has no suite \(name).") }
                try connection.setState(state, of: suite)
                return "\(name) of \(reference) is \(state.rawValue)."
            }
        }
    }
}

extension Connection {
    /// - Throws: `Conflict` when there is none.
    func known(_ reference: ArchiveReference) throws -> Archive {
        guard let archive = try archive(reference) else { throw Conflict("There is no archive \(reference).") }
        return archive
    }

    func setState(_ state: SuiteState, of suite: ArchiveSuite) throws {
        try execute("UPDATE archive_suite SET state = :state WHERE id = :suite", ["state": state, "suite": suite.id])
    }

    fileprivate func change(_ archive: Archive, _ settings: ArchiveSettings) throws -> [String] {
        var said: [String] = []
        if let description = settings.description {
            try set("description", to: description, of: archive)
            said.append("\(archive.reference) has a new description.")
        }
        if let hasNew = settings.hasNew {
            try set("has_new", to: hasNew, of: archive)
            said.append(
                "What is new in \(archive.reference) \(hasNew ? "waits in NEW" : "is taken like the rest").")
        }
        if let takes = settings.takesBinaries {
            try set("takes_binaries", to: takes, of: archive)
            said.append("\(archive.reference) takes \(takes ? "packages and sources" : "sources only") from people.")
        }
        if let announce = settings.announce {
            let address: MailAddress? = if case .to(let address) = announce { address } else { nil }
            try set("announce", to: address?.description, of: archive)
            said.append(
                "What \(archive.reference) accepts is announced to \(address?.address ?? "nobody but who signed it").")
        }
        return said
    }

    private func set(_ column: String, to value: any SQLArgument, of archive: Archive) throws {
        try execute(
            "UPDATE archive SET \(column) = :value WHERE id = :archive", ["value": value, "archive": archive.id])
    }
}
