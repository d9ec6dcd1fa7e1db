/// What the mail and the page about an upload say.
public struct UploadReport: Sendable, Hashable, Codable {
    public struct File: Sendable, Hashable, Codable {
        /// What has become of a file.
        public enum State: String, Sendable, Hashable, Codable, CaseIterable {
            case accepted, rejected, missing
            /// Waits in NEW.
            case new
            /// Waits for other files, or for a day.
            case waits
            /// Taken from the archive, as it was not sent.
            case here = "already here"
        }

        public let name: String
        /// In bytes.
        public let size: Int64
        /// Taken from the archive, as it was not sent.
        public let isReused: Bool
        /// `nil` where nothing was looked for, and in reports of older versions.
        public let state: State?

        public init(name: String, size: Int64, isReused: Bool = false, state: State? = nil) {
            self.name = name
            self.size = size
            self.isReused = isReused
            self.state = state
        }
    }

    /// Number of the upload: its page is `/uploads/<number>`.
    public let upload: Int64
    public let changesName: String
    public let verdict: Verdict
    public let files: [File]
    /// The `Changes` field.
    public let changes: String?
    /// What happens now, as sentences.
    public let next: [String]

    public init(
        upload: Int64, changesName: String, verdict: Verdict, files: [File] = [], changes: String? = nil,
        next: [String] = []
    ) {
        self.upload = upload
        self.changesName = changesName
        self.verdict = verdict
        self.files = files
        self.changes = changes
        self.next = next
    }
}
