internal import FoundationEssentials

/// A public key of OpenSSH that lets somebody in: of a kind that is taken, whole, and with nothing before or behind it.
public struct SSHPublicKey: Hashable, Sendable {
    public let type: SSHKeyType
    /// The key as RFC 4253, section 6.6, encodes it: what stands in base64 in a line, and what is fingerprinted.
    public let blob: [UInt8]
    /// Its owner's note, without control characters; often empty.
    public let comment: String

    /// In bytes; ssh-keygen writes user@host.
    public static let longestComment = 255

    /// From what was stored.
    public init(type: SSHKeyType, blob: [UInt8], comment: String) throws(SSHKeyMistake) {
        try type.check(blob)
        guard comment.utf8.count <= Self.longestComment, comment.unicodeScalars.allSatisfy(Self.isShowable) else {
            throw .comment
        }
        self.type = type
        self.blob = blob
        self.comment = comment
    }

    public var fingerprint: SSHFingerprint { SSHFingerprint(of: blob) }

    /// The two words that sshd knows the key by: no options, no comment.
    public var words: String { "\(type.rawValue) \(Data(blob).base64EncodedString())" }

    /// Neither moves the cursor of a terminal nor turns the text around.
    private static func isShowable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }
}

extension SSHPublicKey {
    /// One line as ssh-keygen writes it: type, base64, comment.
    public init(parsing line: String) throws(SSHKeyMistake) {
        let words = line.split(maxSplits: 2, whereSeparator: Self.isBlank)
        guard let first = words.first else { throw .noKey }
        guard let type = SSHKeyType(rawValue: String(first)) else { throw Self.mistake(of: line) }
        guard words.count > 1, let blob = Self.decode(String(words[1])) else { throw .base64 }
        let comment = words.count > 2 ? words[2].drop(while: Self.isBlank) : ""
        try self.init(type: type, blob: blob, comment: String(comment.trimmed))
    }

    /// The keys of a file, one on a line; empty lines and comments are passed over.
    public static func keys(inLines text: String) throws(LineMistake) -> [SSHPublicKey] {
        var keys: [SSHPublicKey] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let content = line.drop(while: isBlank)
            guard let first = content.first, first != "#" else { continue }
            do throws(SSHKeyMistake) {
                keys.append(try SSHPublicKey(parsing: String(content)))
            } catch {
                throw LineMistake(line: index + 1, mistake: error)
            }
        }
        guard !keys.isEmpty else { throw LineMistake(line: 1, mistake: .noKey) }
        return keys
    }

    /// What is wrong in a line of a file.
    public struct LineMistake: Error, Hashable, Sendable, CustomStringConvertible {
        /// From 1 on.
        public let line: Int
        public let mistake: SSHKeyMistake

        public var description: String { "line \(line): \(mistake)" }
    }

    /// Why a line does not begin with a type that is taken.
    private static func mistake(of line: String) -> SSHKeyMistake {
        let words = line.split(whereSeparator: isBlank)
        if line.contains("PRIVATE KEY") { return .privateKey }
        if words.first == "ssh-dss" { return .weak }
        if words.first?.hasSuffix("-cert-v01@openssh.com") == true { return .certificate }
        if words.contains(where: { SSHKeyType(rawValue: String($0)) != nil }) { return .options }
        return .noKey
    }

    /// nil unless the text is the one way to write the bytes.
    private static func decode(_ text: String) -> [UInt8]? {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
        return [UInt8](data)
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = self
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }
}
