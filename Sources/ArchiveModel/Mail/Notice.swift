/// What whoever looks after an archive, or has a key, should know, in sentences: something that others have done, or that a day
/// brings.
public struct Notice: Sendable, Hashable, Codable {
    /// Nil where it is about none.
    public let archive: ArchiveReference?
    /// The archive's; it says by which host name it is seen. Nil of one that has no host name of its own.
    public let kind: ArchiveKind?
    /// For the subject, without the archive.
    public let title: String
    public let sentences: [String]

    public init(archive: ArchiveReference?, kind: ArchiveKind? = nil, title: String, sentences: [String]) {
        self.archive = archive
        self.kind = kind
        self.title = title
        self.sentences = sentences
    }
}
