internal import ArchiveModel
internal import DebianControl
internal import SSHKeys

/// A value as SQLite and PostgreSQL both hold it.
enum SQLValue: Sendable, Equatable {
    case text(String)
    case integer(Int64)
    case bytes([UInt8])
    case null
}

/// What can be the argument of a statement.
protocol SQLArgument {
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLArgument { var sqlValue: SQLValue { self } }
extension String: SQLArgument { var sqlValue: SQLValue { .text(self) } }
extension Int64: SQLArgument { var sqlValue: SQLValue { .integer(self) } }
extension Int: SQLArgument { var sqlValue: SQLValue { .integer(Int64(self)) } }
extension Bool: SQLArgument { var sqlValue: SQLValue { .integer(self ? 1 : 0) } }
extension [UInt8]: SQLArgument { var sqlValue: SQLValue { .bytes(self) } }
extension Name: SQLArgument { var sqlValue: SQLValue { .text(text) } }
extension Fingerprint: SQLArgument { var sqlValue: SQLValue { .text(text) } }
extension SSHFingerprint: SQLArgument { var sqlValue: SQLValue { .text(text) } }
extension FileName: SQLArgument { var sqlValue: SQLValue { .text(description) } }
extension PackageName: SQLArgument { var sqlValue: SQLValue { .text(description) } }
extension Architecture: SQLArgument { var sqlValue: SQLValue { .text(description) } }
extension PackageVersion: SQLArgument { var sqlValue: SQLValue { .text(description) } }
extension PublicationState: SQLArgument { var sqlValue: SQLValue { .text(rawValue) } }
extension BuildState: SQLArgument { var sqlValue: SQLValue { .text(rawValue) } }
extension ArchiveKind: SQLArgument { var sqlValue: SQLValue { .text(rawValue) } }
extension OwnerSort: SQLArgument { var sqlValue: SQLValue { .text(rawValue) } }
extension ArchivePresence: SQLArgument { var sqlValue: SQLValue { .text(rawValue) } }
extension SuiteState: SQLArgument { var sqlValue: SQLValue { .text(rawValue) } }
extension Verdict.Outcome: SQLArgument { var sqlValue: SQLValue { .text(rawValue) } }
extension Optional: SQLArgument where Wrapped: SQLArgument {
    var sqlValue: SQLValue { map(\.sqlValue) ?? .null }
}
