internal import SystemPackage

/// A SHA-256 in lower-case hexadecimal, as the name of a file in the store.
struct ContentName: Hashable {
    let sha256: String

    init(_ sha256: String, in root: FilePath) throws(FileFailure) {
        guard sha256.utf8.count == 64, sha256.utf8.allSatisfy(Self.digits.contains) else {
            throw FileFailure("use \"\(sha256)\" in", root, .notAName)
        }
        self.sha256 = sha256
    }

    /// The folder it is in: its first two digits.
    var shard: String { String(sha256.prefix(2)) }
    var relative: String { "\(shard)/\(sha256)" }

    static let folders = digits.flatMap { high in digits.map { low in String(decoding: [high, low], as: UTF8.self) } }
    private static let digits = Array("0123456789abcdef".utf8)
}
