internal import ArchiveModel
internal import DebianControl

/// How much of a source is wanted of a mirror.
struct AskedImport: Equatable {
    /// `nil`: all of the suite's.
    let only: Set<Architecture>?
    let withBinaries: Bool

    init(only: Set<Architecture>?, withBinaries: Bool) { (self.only, self.withBinaries) = (only, withBinaries) }

    init(row: ResultRow) throws {
        let isAll = try row.optionalText("architectures") == nil
        only = isAll ? nil : Set(try row.words("architectures") { Architecture($0) })
        withBinaries = try row.flag("with_binaries")
    }

    /// Blank-separated.
    var words: String? { only.map { $0.map(\.description).sorted().joined(separator: " ") } }

    func joined(with other: AskedImport) -> AskedImport {
        var all: Set<Architecture>?
        if let only, let others = other.only { all = only.union(others) }
        return AskedImport(only: all, withBinaries: withBinaries || other.withBinaries)
    }
}

/// What became of a wish for a source of a mirror.
enum ImportAnswer {
    /// It is of this batch.
    case wanted(batch: Int64)
    /// The same person waits for it already, and now for this as well.
    case joined
    /// Somebody else waits for it, or the archive does, by its rule: it comes as they want it.
    case wantedByOthers
}

extension Connection {
    /// What waits already is fetched once. Nobody changes what another has asked for, and has to answer for.
    func join(_ wish: ImportPlan.Wish, asking asked: AskedImport, by person: Int64) throws -> ImportAnswer {
        let own = try row(
            """
            SELECT * FROM import WHERE archive_suite = :suite AND name = :name AND version = :version
                AND state = 'wanted' AND person = :person AND is_update = 0
            """,
            ["suite": wish.suite.id, "name": wish.source.name, "version": wish.source.version, "person": person])
        guard let own else { return .wantedByOthers }
        let both = try AskedImport(row: own).joined(with: asked)
        try execute(
            "UPDATE import SET architectures = :architectures, with_binaries = :binaries WHERE id = :id",
            ["architectures": both.words, "binaries": both.withBinaries, "id": try own.integer("id")])
        return .joined
    }
}

extension ImportPlan.Wish {
    /// - Parameter archive: that it is for.
    func sentence(_ outcome: ImportAnswer, for archive: ArchiveReference) -> String {
        let title = "\(source.name) \(source.version)"
        let way = "from the mirror of \(baseName), for \(archive), \(suite.name)"
        return switch outcome {
        case .wanted: "\(title) is fetched \(way); a mail says when it is there."
        case .joined: "\(title) waits already to be fetched \(way); the mail about that says when it is there."
        case .wantedByOthers:
            "\(title) waits already to be fetched \(way), as it was asked for before, and comes so; who asked for it has the mail."
        }
    }
}
