/// Where a session stands: a path with a meaning, not a folder anyone else can see.
///
/// A component is made of ASCII letters, digits and `_ - + ~ .`; `~` stands only first in the first component. So a path
/// is safe on disk, and a reply may carry it. Which paths mean something, the intake knows.
public struct VirtualPath: Hashable, Sendable {
    public static let root = VirtualPath([])
    /// `~owner/distribution/name/suite/DELAYED/3-day` has six; two more let a mistake be explained.
    public static let componentLimit = 8
    /// Bytes in a component; longer than any name an archive can have.
    public static let lengthLimit = 128

    public let components: [String]

    private init(_ components: [String]) {
        self.components = components
    }

    public var parent: VirtualPath {
        VirtualPath(Array(components.dropLast()))
    }

    /// The path after `CWD argument`: one component (curl), many (dput), with slashes at either end or doubled.
    /// `/…` and `~…` start at the root, wherever the session stands.
    public func entering(_ argument: String) throws(PathMistake) -> VirtualPath {
        var path = argument.hasPrefix("/") || argument.hasPrefix("~") ? [] : components
        for part in argument.split(separator: "/") where part != "." {
            try Self.check(part, isFirst: path.isEmpty)
            path.append(String(part))
        }
        guard path.count <= Self.componentLimit else { throw .tooDeep(limit: Self.componentLimit) }
        return VirtualPath(path)
    }

    private static func check(_ part: Substring, isFirst: Bool) throws(PathMistake) {
        guard part != ".." else { throw .dotDot }
        guard part.utf8.count <= lengthLimit else { throw .tooLong }
        let name = part.hasPrefix("~") ? part.dropFirst() : part
        guard isFirst || name == part else { throw .misplacedTilde }
        // The stock dput.cf has `~<launchpad-id>/ubuntu`, and means it to be edited.
        guard !name.contains("<") else { throw .placeholder }
        guard let first = name.utf8.first, first != UInt8(ascii: ".") else { throw .notAName }
        guard name.utf8.allSatisfy({ $0.isASCIIAlphanumeric || "_-+.".utf8.contains($0) }) else { throw .notAName }
    }
}

extension VirtualPath: CustomStringConvertible {
    /// Without slash at either end: `~alice/debian`; empty for the root.
    public var description: String {
        components.joined(separator: "/")
    }

    /// As a client knows it: `/~alice/debian`.
    public var absolute: String {
        "/" + description
    }
}

/// What is wrong with a path by its form alone.
public enum PathMistake: Error, Equatable, Sendable {
    case dotDot, tooLong, misplacedTilde, placeholder, notAName
    case tooDeep(limit: Int)

    public var sentence: String {
        switch self {
        case .dotDot: "\"..\" is not taken in a path; CDUP goes up."
        case .tooLong: "A part of the path is longer than \(VirtualPath.lengthLimit) bytes."
        case .tooDeep(let limit): "The path has more than \(limit) parts."
        case .misplacedTilde: "\"~\" stands only at the beginning of a path."
        case .placeholder: "The upload profile has a placeholder in <> in its incoming path; put the real name there."
        case .notAName: "A part of the path is not a name: letters, digits, \"-\", \"+\", \".\" and \"_\" are taken."
        }
    }
}
