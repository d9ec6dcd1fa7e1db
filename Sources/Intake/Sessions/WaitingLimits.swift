internal import ArchiveModel
internal import Catalog

/// How much may wait, for files, for a day or in NEW: nobody fills the disk by having things wait. What is judged at the same
/// moment may go above it, by one session for each judgement.
public struct WaitingLimits: Sendable {
    /// Uploads of one signer: a rebuild of all that a large team has, delayed by a day.
    public var uploadsEach: Int64 = 200
    /// Bytes of one signer's sessions: one of the largest packages, or hundreds of usual ones.
    public var bytesEach: Int64 = 10 << 30
    /// Uploads of all together: as many as an admin may still look through.
    public var uploads: Int64 = 5000
    /// Bytes of all together: ten people at their own limit.
    public var bytes: Int64 = 100 << 30

    public init() {}

    /// - Parameters:
    ///   - own: what else waits of the same signer.
    ///   - all: what else waits of anybody.
    func findings(_ size: Int64, own: WaitingExtent, all: WaitingExtent, file: String) -> [Finding] {
        if let excess = excess(size, own, uploads: uploadsEach, bytes: bytesEach) {
            return [
                finding(
                    "It would have to wait, and of the same signer \(excess.sentence)", excess, file,
                    remedy: "Upload it again when some of these are decided, or cancel some of them.")
            ]
        }
        guard let excess = excess(size, all, uploads: uploads, bytes: bytes) else { return [] }
        return [
            finding(
                "It would have to wait, and of all people \(excess.sentence)", excess, file,
                remedy: "Upload it again later, whole and without a delay, or ask the admin.")
        ]
    }

    private struct Excess {
        let sentence: String
        let expected: String
        let got: String
    }

    private func excess(_ size: Int64, _ others: WaitingExtent, uploads: Int64, bytes: Int64) -> Excess? {
        if others.uploads >= uploads {
            return Excess(
                sentence: "\(others.uploads) uploads wait already.", expected: "at most \(uploads) uploads",
                got: "\(others.uploads + 1)")
        }
        let sum = others.bytes.addingReportingOverflow(size).partialValue
        guard sum > bytes else { return nil }
        return Excess(
            sentence: "\(others.bytes.inBytes) wait already.", expected: "at most \(bytes) bytes", got: "\(sum) bytes")
    }

    private func finding(_ sentence: String, _ excess: Excess, _ file: String, remedy: String) -> Finding {
        Finding(.tooMuchWaits, sentence, file: file, expected: excess.expected, got: excess.got, remedy: remedy)
    }
}
