public import ArchiveModel

/// How an archive stands to another.
public enum RelationKind: String, Sendable {
    /// It needs the other: its builds draw on it, and its users add it.
    case depends
    /// It is not to be used together with the other.
    case breaks
}

/// What is said of an archive's relations of one kind, in place of what was said before.
public struct RelationOrder: Sendable {
    /// Others of one kind that an archive may name: more are a distribution of their own.
    public static let othersLimit = 16

    public let archive: ArchiveReference
    public let kind: RelationKind
    public let others: [ArchiveReference]
    public let person: Person

    public init(of archive: ArchiveReference, _ kind: RelationKind, _ others: [ArchiveReference], by person: Person) {
        (self.archive, self.kind, self.others, self.person) = (archive, kind, others, person)
    }
}

/// The archives that one has to do with.
public struct ArchiveRelations: Sendable, Hashable {
    /// Archives that one may need, by itself or through others: each is an index more that builds and users read.
    public static let neededLimit = 64

    public struct Other: Sendable, Hashable {
        public let reference: ArchiveReference
        /// Neither taken down nor deleted.
        public let isShown: Bool
    }

    /// As its owner named them.
    public let depends: [Other]
    /// The same.
    public let breaks: [Other]
    /// What it needs, by itself or through others, nearest first; also what is not shown at present.
    public let needed: [Archive]
}

extension Catalog {
    public func relations(of archive: Archive) async throws -> ArchiveRelations {
        try await read { connection in
            ArchiveRelations(
                depends: try connection.others(archive.id, .depends),
                breaks: try connection.others(archive.id, .breaks),
                needed: try connection.needed(by: [archive.id]).compactMap { try connection.archive(id: $0) })
        }
    }

    /// All that keeps the relations from being so, as things stand.
    public func preview(_ order: RelationOrder) async throws -> [Finding] {
        try await read { try $0.problems(of: order) }
    }
}

extension CommandEffect {
    public static func relate(_ order: RelationOrder) -> CommandEffect {
        CommandEffect { connection, now in
            if let finding = try connection.problems(of: order).first { throw Conflict(finding.sentence) }
            let archive = try connection.known(order.archive)
            try connection.set(order, of: archive.id)
            try connection.tellOfBrokenCombinations(around: archive.id, now: now)
            return [order.sentence]
        }
    }
}

extension Connection {
    func related(_ archive: Int64, _ kind: RelationKind) throws -> [Int64] {
        try rows(
            "SELECT other FROM archive_relation WHERE archive = :archive AND kind = :kind ORDER BY place",
            ["archive": archive, "kind": kind.rawValue]
        ).map { try $0.integer("other") }
    }

    /// What these need, by themselves or through others, without these, nearest first. One more than the limit at most.
    func needed(by archives: [Int64]) throws -> [Int64] {
        var seen = Set(archives)
        var found: [Int64] = []
        var next = archives[...]
        while let archive = next.popFirst() {
            for other in try related(archive, .depends) where seen.insert(other).inserted {
                guard found.count <= ArchiveRelations.neededLimit else { return found }
                found.append(other)
                next.append(other)
            }
        }
        return found
    }

    /// Archives that need this one, by themselves or through others.
    func dependents(of archive: Int64) throws -> [Int64] {
        try rows(
            """
            WITH RECURSIVE dependent(id) AS (
                SELECT archive FROM archive_relation WHERE other = :archive AND kind = 'depends'
                UNION
                SELECT r.archive FROM archive_relation r JOIN dependent d ON r.other = d.id WHERE r.kind = 'depends')
            SELECT id FROM dependent ORDER BY id
            """, ["archive": archive]
        ).map { try $0.integer("id") }
    }

    func archive(id: Int64) throws -> Archive? {
        try row("SELECT * FROM archive WHERE id = :id", ["id": id]).map { try archive(row: $0) }
    }

    fileprivate func others(_ archive: Int64, _ kind: RelationKind) throws -> [ArchiveRelations.Other] {
        try rows(
            """
            SELECT o.reference, o.presence FROM archive_relation r JOIN archive o ON o.id = r.other
            WHERE r.archive = :archive AND r.kind = :kind ORDER BY r.place
            """, ["archive": archive, "kind": kind.rawValue]
        ).map { row in
            ArchiveRelations.Other(
                reference: try row.parsed("reference") { ArchiveReference($0) },
                isShown: try row.text("presence") == ArchivePresence.shown.rawValue)
        }
    }

    fileprivate func set(_ order: RelationOrder, of archive: Int64) throws {
        try execute(
            "DELETE FROM archive_relation WHERE archive = :archive AND kind = :kind",
            ["archive": archive, "kind": order.kind.rawValue])
        for (place, other) in order.others.enumerated() {
            try execute(
                "INSERT INTO archive_relation (archive, other, kind, place) VALUES (:archive, :other, :kind, :place)",
                [
                    "archive": archive, "other": try known(other).id, "kind": order.kind.rawValue,
                    "place": Int64(place),
                ])
        }
    }
}

extension RelationOrder {
    fileprivate var sentence: String {
        let names = others.isEmpty ? "no other archive" : others.map(\.description).joined(separator: ", ")
        return switch kind {
        case .depends: "\(archive) depends on \(names)."
        case .breaks: "\(archive) breaks \(names)."
        }
    }
}
