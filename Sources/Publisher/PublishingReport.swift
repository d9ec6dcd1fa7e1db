public import ArchiveModel

/// What became of one archive in one pass.
public struct PublishingReport: Sendable, Hashable {
    public enum Outcome: Sendable, Hashable {
        /// The suites that apt now sees as the catalog had them.
        case published([SuiteName])
        /// Another process is publishing the archive.
        case busy
        /// It was taken down, or deleted.
        case notShown(ArchivePresence)
        /// Ours to mend; the sentence is for the admin. The suites go on waiting.
        case failed(String)
    }

    public let archive: ArchiveReference
    public let outcome: Outcome
}
