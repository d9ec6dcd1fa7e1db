internal import FoundationEssentials
internal import GRDB

/// One transaction of the catalog. The SQL given to it is the part that SQLite and PostgreSQL share; values are always
/// named arguments (`:name`).
///
/// GRDB stops here and at `Catalog`: a driver for PostgreSQL replaces these two files.
struct Connection {
    let database: Database
    /// Of the text of commands that is carried out; nil of all else.
    var tally: ChangeTally?

    init(database: Database) { self.database = database }

    /// Runs one statement.
    /// - Returns: how many rows it changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: [String: any SQLArgument] = [:]) throws -> Int {
        let statement = try database.cachedStatement(sql: sql)
        try statement.execute(arguments: Self.bound(arguments))
        return database.changesCount
    }

    /// Inserts one row and gives its `id`; the statement ends with `RETURNING id`.
    func insert(_ sql: String, _ arguments: [String: any SQLArgument] = [:]) throws -> Int64 {
        guard let row = try row(sql, arguments) else { throw CatalogFailure.noRow(sql) }
        return try row.integer("id")
    }

    /// - Parameter isKept: whether the statement stays prepared, as long as the connection is open. No for a text with a list in it of
    ///   what somebody named: there is no end of those.
    func rows(
        _ sql: String, _ arguments: [String: any SQLArgument] = [:], isKept: Bool = true
    ) throws -> [ResultRow] {
        let statement = try isKept ? database.cachedStatement(sql: sql) : database.makeStatement(sql: sql)
        return try Row.fetchAll(statement, arguments: Self.bound(arguments)).map(ResultRow.init)
    }

    func row(
        _ sql: String, _ arguments: [String: any SQLArgument] = [:], isKept: Bool = true
    ) throws -> ResultRow? {
        try rows(sql, arguments, isKept: isKept).first
    }

    /// Runs through the rows one at a time, for results as large as an archive.
    func forEachRow(
        _ sql: String, _ arguments: [String: any SQLArgument] = [:], _ body: (ResultRow) throws -> Void
    ) throws {
        let statement = try database.cachedStatement(sql: sql)
        let cursor = try Row.fetchCursor(statement, arguments: Self.bound(arguments))
        while let row = try cursor.next() { try body(ResultRow(row: row)) }
    }

    private static func bound(_ arguments: [String: any SQLArgument]) -> StatementArguments {
        StatementArguments(arguments.mapValues { $0.sqlValue.databaseValue })
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .text(let text): text.databaseValue
        case .integer(let integer): integer.databaseValue
        case .bytes(let bytes): bytes.withUnsafeBytes { Data($0) }.databaseValue
        case .null: .null
        }
    }
}
