internal import FTPProtocol

extension FileMistake {
    var sentenceForSFTP: String {
        if case .path(let mistake) = self { mistake.sentenceForSFTP } else { sentence }
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
