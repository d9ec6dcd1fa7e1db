public import ArchiveModel
public import DebianControl

/// Where an archive has a package, whatever the package says itself. `nil`: as it says.
public struct PackageOverride: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case source, binary
    }

    /// Of sources only; their packages go with them.
    public var component: ComponentName?
    public var section: String?
    public var priority: String?

    public init(component: ComponentName? = nil, section: String? = nil, priority: String? = nil) {
        self.component = component
        self.section = section
        self.priority = priority
    }

    /// This, and where it says nothing the other.
    public func over(_ other: PackageOverride?) -> PackageOverride {
        PackageOverride(
            component: component ?? other?.component, section: section ?? other?.section,
            priority: priority ?? other?.priority)
    }
}

/// An override as it is listed.
public struct NamedOverride: Sendable, Hashable {
    public let kind: PackageOverride.Kind
    public let name: PackageName
    public let override: PackageOverride
}

extension Catalog {
    public func override(
        of name: PackageName, _ kind: PackageOverride.Kind, in archive: Archive
    ) async throws -> PackageOverride? {
        try await read { connection in
            try connection.row(
                "SELECT * FROM override WHERE archive = :archive AND kind = :kind AND name = :name",
                ["archive": archive.id, "kind": kind.rawValue, "name": name]
            ).map(PackageOverride.init(row:))
        }
    }

    /// In order of kind and name.
    public func overrides(in archive: Archive) async throws -> [NamedOverride] {
        try await read { connection in
            try connection.rows(
                "SELECT * FROM override WHERE archive = :archive ORDER BY kind DESC, name", ["archive": archive.id]
            ).map { row in
                NamedOverride(
                    kind: try row.parsed("kind", PackageOverride.Kind.init(rawValue:)),
                    name: try row.parsed("name") { PackageName($0) }, override: try PackageOverride(row: row))
            }
        }
    }

    /// Section and priority change with the next publication, a component with the next upload: files do not move.
    public func set(
        _ override: PackageOverride, of name: PackageName, _ kind: PackageOverride.Kind, in archive: Archive
    ) async throws {
        try await write { connection in
            try connection.execute(
                """
                INSERT INTO override (archive, kind, name, component, section, priority)
                VALUES (:archive, :kind, :name, :component, :section, :priority)
                ON CONFLICT (archive, kind, name) DO UPDATE SET component = excluded.component,
                    section = excluded.section, priority = excluded.priority
                """, connection.arguments(override, name, kind, archive.id))
            try connection.markAllChanged(archive.id)
        }
    }

    /// From now on the archive has the package as it says itself; a primary archive, as its next upload does.
    /// - Throws: `Conflict` when there is no override of it.
    public func removeOverride(
        of name: PackageName, _ kind: PackageOverride.Kind, in archive: Archive
    ) async throws {
        try await write { connection in
            let changed = try connection.execute(
                "DELETE FROM override WHERE archive = :archive AND kind = :kind AND name = :name",
                ["archive": archive.id, "kind": kind.rawValue, "name": name])
            guard changed == 1 else {
                throw Conflict("\(archive.reference) has no override of the \(kind.rawValue) \(name).")
            }
            try connection.markAllChanged(archive.id)
        }
    }
}

extension Connection {
    /// What a package said when it first came holds from then on, where nobody has said otherwise.
    func keepFirst(
        _ override: PackageOverride, of name: PackageName, _ kind: PackageOverride.Kind, inArchive archive: Int64
    ) throws {
        try execute(
            """
            INSERT INTO override (archive, kind, name, component, section, priority)
            VALUES (:archive, :kind, :name, :component, :section, :priority)
            ON CONFLICT (archive, kind, name) DO UPDATE SET
                component = coalesce(override.component, excluded.component),
                section = coalesce(override.section, excluded.section),
                priority = coalesce(override.priority, excluded.priority)
            """, arguments(override, name, kind, archive))
    }

    /// Whoever lets a source out of NEW says where the archive has it; what they leave open stays as it was. Written when the
    /// source is accepted, and not before: a source that is refused after all leaves nothing behind.
    func amend(_ override: PackageOverride, ofSource name: PackageName, inArchive archive: Int64) throws {
        guard override != PackageOverride() else { return }
        try execute(
            """
            INSERT INTO override (archive, kind, name, component, section, priority)
            VALUES (:archive, :kind, :name, :component, :section, :priority)
            ON CONFLICT (archive, kind, name) DO UPDATE SET
                component = coalesce(excluded.component, override.component),
                section = coalesce(excluded.section, override.section),
                priority = coalesce(excluded.priority, override.priority)
            """, arguments(override, name, .source, archive))
        try markAllChanged(archive)
    }

    /// The publisher looks at every suite of the archive.
    func markAllChanged(_ archive: Int64) throws {
        try execute(
            "UPDATE archive_suite SET changed = changed + 1 WHERE archive = :archive AND is_removed = 0",
            ["archive": archive])
    }

    fileprivate func arguments(
        _ override: PackageOverride, _ name: PackageName, _ kind: PackageOverride.Kind, _ archive: Int64
    ) -> [String: any SQLArgument] {
        [
            "archive": archive, "kind": kind.rawValue, "name": name, "component": override.component,
            "section": override.section, "priority": override.priority,
        ]
    }
}

extension PackageOverride {
    /// Of a row of `override` or `upload_order`.
    init(row: ResultRow) throws {
        component = try row.optionalParsed("component") { ComponentName($0) }
        section = try row.optionalText("section")
        priority = try row.optionalText("priority")
    }
}
