internal import DebianControl

/// The folder of a session that a file lies in, which says the target: `~alice/debian/tools`, or nothing.
///
/// What the gateway sends is checked here once more: a gateway that was broken into names nothing else either.
struct TargetPath: Hashable, Sendable, CustomStringConvertible {
    /// Without slash at either end.
    let description: String

    static let componentLimit = 8

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard text.isEmpty || parts.count <= Self.componentLimit else { return nil }
        guard text.isEmpty || parts.enumerated().allSatisfy({ Self.isComponent($1, isFirst: $0 == 0) }) else {
            return nil
        }
        description = text
    }

    func appending(_ name: FileName) -> String { description.isEmpty ? "\(name)" : "\(description)/\(name)" }

    /// Of two components: longer forms of a target begin with it.
    var isHalfWay: Bool { description.split(separator: "/").count == 2 }

    /// The build whose result it is: `builds/17`.
    var build: Int64? {
        let parts = description.split(separator: "/")
        guard parts.count == 2, parts[0] == "builds", parts[1].utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int64(parts[1])
    }

    private static func isComponent(_ part: Substring, isFirst: Bool) -> Bool {
        FileName(isFirst && part.hasPrefix("~") ? part.dropFirst() : part) != nil
    }
}

/// Where a file lies in a session.
struct UploadPath: Hashable, Sendable, CustomStringConvertible {
    let directory: TargetPath
    let name: FileName

    var description: String { directory.appending(name) }
}
