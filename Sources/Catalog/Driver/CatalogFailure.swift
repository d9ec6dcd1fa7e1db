/// The catalog could not do its work: ours to mend, never the uploader's.
public enum CatalogFailure: Error, Sendable, Equatable, CustomStringConvertible {
    case cannotOpen(path: String, cause: String)
    case unreadable(column: String)
    case noRow(String)

    public var description: String {
        switch self {
        case .cannotOpen(let path, let cause): "The catalog \(path) cannot be opened: \(cause)"
        case .unreadable(let column): "The catalog holds something unreadable in column \(column)."
        case .noRow(let sql): "The catalog gave no row for: \(sql)"
        }
    }
}

/// Something stood otherwise than the caller had seen it: look again and decide anew.
public struct Conflict: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
