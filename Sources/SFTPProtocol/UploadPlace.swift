public import FTPProtocol

/// Where a file of a session stands: an upload path and a name.
public struct UploadPlace: Hashable, Sendable {
    public let path: VirtualPath
    public let name: UploadName

    public init(_ path: VirtualPath, _ name: UploadName) {
        self.path = path
        self.name = name
    }

    /// A path that ends with a file's name.
    init(parsing text: String) throws(Mistake) {
        let slash = text.utf8.lastIndex(of: UInt8(ascii: "/"))
        let last = slash.map { text[text.utf8.index(after: $0)...] } ?? text[...]
        guard let name = UploadName(String(last)) else { throw .name }
        do throws(PathMistake) {
            path = try VirtualPath.root.entering(slash.map { String(text[...$0]) } ?? "")
        } catch {
            throw .path(error)
        }
        self.name = name
    }

    enum Mistake: Error, Equatable {
        case name
        case path(PathMistake)

        var sentence: String {
            switch self {
            case .name: "Not a file name this service takes: letters, digits and \"_-+~.\", a letter or digit first."
            case .path(let mistake): mistake.sentenceForSFTP
            }
        }
    }
}

extension PathMistake {
    var sentenceForSFTP: String { self == .dotDot ? "\"..\" is not taken in a path." : sentence }
}

extension VirtualPath {
    /// With "." and ".." resolved, as a `cd ..` of sftp sends them; ".." does not lead above the root.
    init(resolving text: String) throws(PathMistake) {
        var parts: [Substring] = []
        for part in text.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        self = try VirtualPath.root.entering(parts.joined(separator: "/"))
    }
}

extension UploadName {
    /// Files of Debian have these names, targets do not: a client that asks whether one is a folder means a file.
    var looksLikeFile: Bool {
        completesUpload
            || [".dsc", ".deb", ".udeb", ".ddeb", ".buildinfo", ".asc", ".diff.gz"].contains {
                description.hasSuffix($0)
            } || description.contains(".tar.")
    }
}
