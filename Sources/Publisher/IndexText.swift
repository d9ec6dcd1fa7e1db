/// The text of an index while it is written: takes paragraphs in order and cuts them into segments, runs of neighbours
/// that are compressed together.
struct IndexText: Sendable {
    /// In bytes: a segment ends with the first paragraph that reaches it. Large enough to compress well, small enough
    /// that one changed paragraph costs little.
    static let segmentSize = 256 << 10

    private var cut: [[UInt8]] = []
    private var open: [UInt8] = []

    /// - Parameter paragraph: ends with a line feed.
    mutating func append(_ paragraph: String) {
        open.append(contentsOf: paragraph.utf8)
        open.append(UInt8(ascii: "\n"))
        guard open.count >= Self.segmentSize else { return }
        cut.append(open)
        open.removeAll(keepingCapacity: true)
    }

    var segments: [[UInt8]] { open.isEmpty ? cut : cut + [open] }
}
