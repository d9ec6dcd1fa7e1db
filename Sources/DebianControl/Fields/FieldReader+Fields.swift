/// Fields that several control files have in common.
extension FieldReader {
    mutating func packageName(_ field: String) -> PackageName? {
        required(field, Self.packageNameRule) { PackageName($0) }
    }

    mutating func version() -> PackageVersion? {
        required("Version", "a version such as 1.2-3 or 1:2.0~rc1-1") { PackageVersion($0) }
    }

    /// `Source: name` or `Source: name (version)`, the version where it differs from the package's own.
    mutating func sourceReference(_ value: String?) -> SourceReference? {
        guard let value else { return nil }
        guard let reference = SourceReference(value) else {
            note(.badValue, "Source", expected: "\(Self.packageNameRule), or name (version)", got: value)
            return nil
        }
        return reference
    }

    /// A person: `Name <user@host>` or `user@host`.
    mutating func person(_ value: String?, _ field: String) -> String? {
        guard let value else { return nil }
        guard Self.isPerson(value) else {
            note(.badAddress, field, expected: "Name <user@host.example>", got: value)
            return nil
        }
        return value
    }

    /// The relations of an optional field, which may not be empty.
    mutating func relations(_ field: String) -> Relations? {
        guard let text = optional(field, "package relations, or no such field") else { return nil }
        do {
            return try Relations(parsing: text)
        } catch {
            note(.badRelations, field, expected: error.expected, got: error.got)
            return nil
        }
    }

    static let packageNameRule = "a package name: two or more of a-z 0-9 + - . and a letter or digit first"

    /// A comma at the end is taken: some packages of Debian 12 have one.
    static func isPerson(_ value: String) -> Bool {
        let text = value.utf8.last == UInt8(ascii: ",") ? value.dropLast().trimmed : value[...]
        guard let open = text.utf8.lastIndex(of: UInt8(ascii: "<")) else { return isAddress(text) }
        let inside = text[text.utf8.index(after: open)...]
        return inside.utf8.last == UInt8(ascii: ">") && isAddress(inside.dropLast())
    }

    /// One `@` with something printable on both sides.
    private static func isAddress(_ text: Substring) -> Bool {
        let sides = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        let forbidden = "<>(),;:\"\\ \t\n".utf8
        return sides.count == 2
            && sides.allSatisfy { side in
                !side.isEmpty && side.allSatisfy { !$0.isControl && !forbidden.contains($0) }
            }
    }
}

/// A source package as other packages name it.
public struct SourceReference: Hashable, Sendable {
    public let name: PackageName
    /// Nil where it is the version of the package that names it.
    public let version: PackageVersion?

    public init(name: PackageName, version: PackageVersion?) {
        self.name = name
        self.version = version
    }

    /// `name` or `name (version)`.
    public init?(_ text: String) {
        guard let (head, tail) = text.splitOnce(at: "(") else {
            guard let name = PackageName(text.trimmed) else { return nil }
            self.init(name: name, version: nil)
            return
        }
        guard let name = PackageName(head.trimmed), tail.utf8.last == UInt8(ascii: ")"),
            let version = PackageVersion(tail.dropLast().trimmed)
        else { return nil }
        self.init(name: name, version: version)
    }
}
