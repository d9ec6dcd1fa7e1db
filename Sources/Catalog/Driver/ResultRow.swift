internal import ArchiveModel
internal import DebianControl
internal import FoundationEssentials
internal import GRDB

/// One row of a result. Reading a column as what it is not is a mistake in our SQL or a broken catalog, and is thrown.
struct ResultRow {
    let row: Row

    func text(_ column: String) throws -> String { try required(column, optionalText(column)) }

    func optionalText(_ column: String) throws -> String? {
        guard case .string(let text) = try storage(column) else { return nil }
        return text
    }

    func integer(_ column: String) throws -> Int64 { try required(column, optionalInteger(column)) }

    func optionalInteger(_ column: String) throws -> Int64? {
        guard case .int64(let integer) = try storage(column) else { return nil }
        return integer
    }

    func flag(_ column: String) throws -> Bool { try integer(column) != 0 }

    func bytes(_ column: String) throws -> [UInt8] {
        guard case .blob(let data) = try storage(column) else { throw CatalogFailure.unreadable(column: column) }
        return [UInt8](data)
    }

    /// A column parsed into a type that cannot be wrong: `try row.parsed("name", PackageName.init)`.
    func parsed<Value>(_ column: String, _ parse: (String) -> Value?) throws -> Value {
        try required(column, parse(text(column)))
    }

    func optionalParsed<Value>(_ column: String, _ parse: (String) -> Value?) throws -> Value? {
        guard let text = try optionalText(column) else { return nil }
        return try required(column, parse(text))
    }

    /// Blank-separated words, each parsed.
    func words<Value>(_ column: String, _ parse: (String) -> Value?) throws -> [Value] {
        try text(column).split(separator: " ").map { try required(column, parse(String($0))) }
    }

    private func storage(_ column: String) throws -> DatabaseValue.Storage {
        guard row.hasColumn(column) else { throw CatalogFailure.unreadable(column: column) }
        return (row[column] as DatabaseValue).storage
    }

    private func required<Value>(_ column: String, _ value: Value?) throws -> Value {
        guard let value else { throw CatalogFailure.unreadable(column: column) }
        return value
    }
}
