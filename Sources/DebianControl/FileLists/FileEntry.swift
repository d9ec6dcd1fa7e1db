/// One file that a control file lists, merged from all its lists.
public struct FileEntry: Sendable, Equatable {
    public let name: FileName
    /// In bytes.
    public let size: Int64
    /// Digests are lower-case hexadecimal of the right length; nil where there is no such list.
    public var md5: String?
    public var sha1: String?
    public var sha256: String?
    public var sha512: String?
    /// Of a .changes only.
    public var section: String?
    public var priority: String?

    public init(
        name: FileName, size: Int64, md5: String? = nil, sha1: String? = nil, sha256: String? = nil,
        sha512: String? = nil, section: String? = nil, priority: String? = nil
    ) {
        self.name = name
        self.size = size
        (self.md5, self.sha1, self.sha256, self.sha512) = (md5, sha1, sha256, sha512)
        (self.section, self.priority) = (section, priority)
    }

    /// What the name says about the file.
    public var named: NamedUploadFile { NamedUploadFile(name) }

    public subscript(_ algorithm: DigestAlgorithm) -> String? {
        get {
            switch algorithm {
            case .md5: md5
            case .sha1: sha1
            case .sha256: sha256
            case .sha512: sha512
            }
        }
        set {
            switch algorithm {
            case .md5: md5 = newValue
            case .sha1: sha1 = newValue
            case .sha256: sha256 = newValue
            case .sha512: sha512 = newValue
            }
        }
    }
}
