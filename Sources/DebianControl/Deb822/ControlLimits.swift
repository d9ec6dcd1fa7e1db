/// How much control text is read before it is refused.
public struct ControlLimits: Sendable, Equatable {
    /// The whole text, in bytes.
    public var bytes: Int
    /// Fields of one paragraph.
    public var fields: Int
    /// One line, in bytes: some tools write `Binary` of a kernel, tens of thousands of bytes, without folding it.
    public var lineLength: Int
    /// Paragraphs of one text.
    public var paragraphs: Int

    public init(bytes: Int, fields: Int, lineLength: Int, paragraphs: Int) {
        self.bytes = bytes
        self.fields = fields
        self.lineLength = lineLength
        self.paragraphs = paragraphs
    }

    /// For what people upload. The largest real .changes, of a thousand binaries with a long changelog, stay below
    /// 1 MiB and have some thirty fields.
    public static let standard = ControlLimits(bytes: 4 << 20, fields: 200, lineLength: 128 << 10, paragraphs: 1000)

    /// For indexes, ours or a mirror's: Debian's largest has 64,000 paragraphs in 50 MB.
    public static let index = ControlLimits(bytes: 1 << 30, fields: 200, lineLength: 1 << 20, paragraphs: 1_000_000)
}
