internal import ArchiveModel

/// What a paragraph of commands changes in the catalog, in the transaction of its text.
public struct CommandEffect: Sendable {
    /// Changes it, as of `now` (Unix seconds), and says in sentences what was done.
    /// - Throws: `Conflict` when it is not possible any more; then it is undone.
    let apply: @Sendable (_ connection: Connection, _ now: Int64) throws -> [String]

    init(_ apply: @escaping @Sendable (_ connection: Connection, _ now: Int64) throws -> [String]) {
        self.apply = apply
    }
}

extension CommandEffect {
    /// - Parameters:
    ///   - settings: what is said of it from the beginning.
    ///   - person: who rules it then; nil in the admin's own name.
    public static func createArchive(
        _ new: NewArchive, _ settings: ArchiveSettings = ArchiveSettings(), by person: Person? = nil
    ) -> CommandEffect {
        CommandEffect { connection, now in
            let archive = try connection.createArchive(new, now: now)
            if let person { try connection.guardRules(person, archive) }
            let names = archive.suites.map(\.name.text).joined(separator: ", ")
            return ["\(archive.reference) is there, for \(names)."]
                + (try connection.change(archive, settings, now: now))
        }
    }

    public static func removePackages(_ removal: PackageRemoval) -> CommandEffect {
        CommandEffect { try $0.remove(removal, now: $1) }
    }

    /// The same about each of these uploads.
    public static func order(_ act: UploadAct, uploads: [Int64], by person: Person) -> CommandEffect {
        CommandEffect { connection, now in
            try uploads.map { try connection.order(act, upload: $0, by: person, now: now) }
        }
    }
}
