internal import ArchiveModel
internal import FoundationEssentials
internal import GRDB

/// The catalog: people, archives, packages, builds, uploads, mails, and what each of them has become.
///
/// It is one SQLite file (WAL, `synchronous=FULL`, foreign keys); several processes may have it open. Every public
/// verb is one transaction: it happens wholly, and survives a power cut once it has returned.
public final class Catalog: Sendable {
    private let pool: DatabasePool
    let writer: GroupWriter

    /// Opens the catalog, makes it when it is missing, and brings its schema up to date.
    /// - Throws: `CatalogFailure.cannotOpen` with the path and SQLite's words.
    public init(path: String) throws {
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration)
            // Only now: as it turns WAL on, the pool sets NORMAL, with which a commit waits for no disk.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            writer = GroupWriter(pool)
            try Schema.migrator.migrate(pool)
        } catch {
            throw CatalogFailure.cannotOpen(path: path, cause: "\(error)")
        }
    }

    /// Opens a catalog that is there, to read it: nothing is made, changed or brought up to date.
    /// - Throws: `CatalogFailure.cannotOpen` with the path and SQLite's words.
    public init(reading path: String) throws {
        var configuration = Self.configuration
        configuration.readonly = true
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            writer = GroupWriter(pool)
        } catch {
            throw CatalogFailure.cannotOpen(path: path, cause: "\(error)")
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        return configuration
    }

    /// How long a statement waits for another process's transaction, in seconds: a commit takes milliseconds.
    private static let patience: Double = 20

    func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await pool.read { try body(Connection(database: $0)) }
    }

    @discardableResult
    func write<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
        try await writer.write { try body(Connection(database: $0)) }
    }
}
