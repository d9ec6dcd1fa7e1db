public import ArchiveModel

/// Who may upload to an archive beside its owner, everything and as long as nothing else is said.
public enum Uploaders: Sendable, Hashable {
    /// Every person who is registered.
    case everyone
    /// Nobody when it is empty.
    case these([Uploader])
}

public enum Uploader: Sendable, Hashable {
    /// A person or a team.
    case owner(OwnerName)
    /// Whoever has this primary key, with it alone.
    case key(Fingerprint)

    public var description: String {
        switch self {
        case .owner(let name): name.text
        case .key(let key): key.text
        }
    }
}

extension CommandEffect {
    /// All that was given before ends.
    public static func setUploaders(
        _ uploaders: Uploaders, in reference: ArchiveReference, by person: Person
    ) -> CommandEffect {
        CommandEffect { connection, _ in
            let archive = try connection.known(reference)
            try connection.guardRules(person, archive)
            return [try connection.setUploaders(uploaders, in: archive)]
        }
    }
}

extension Connection {
    /// All rights that were given before end.
    /// - Returns: who may upload, in a sentence.
    func setUploaders(_ uploaders: Uploaders, in archive: Archive) throws -> String {
        try execute("DELETE FROM upload_right WHERE archive = :archive", ["archive": archive.id])
        try execute(
            "UPDATE archive SET everyone_uploads = :everyone WHERE id = :archive",
            ["everyone": uploaders == .everyone, "archive": archive.id])
        guard case .these(let these) = uploaders else {
            return "Every person who is registered here may upload to \(archive.reference)."
        }
        for uploader in these {
            switch uploader {
            case .owner(let name): try give(UploadRight(), to: owner(name), in: archive)
            case .key(let key): try give(UploadRight(key: key), to: holder(of: key), in: archive)
            }
        }
        let who = ["its owner"] + these.map(\.description)
        return "These may upload to \(archive.reference): \(who.joined(separator: ", "))."
    }

    private func holder(of key: Fingerprint) throws -> Int64 {
        let row = try row("SELECT person FROM person_key WHERE fingerprint = :key", ["key": key])
        guard let row else { throw Conflict("The key \(key) is registered for nobody.") }
        return try row.integer("person")
    }

    /// As it is in this transaction.
    func isForEveryone(_ archive: Archive) throws -> Bool {
        try row("SELECT everyone_uploads FROM archive WHERE id = :archive", ["archive": archive.id])?
            .flag("everyone_uploads") ?? false
    }
}
