/// What the mail about a failed build says.
public struct BuildReport: Sendable, Hashable, Codable {
    /// Number of the build: its page is `/builds/<number>`, its log `/builds/<number>/log`.
    public let build: Int64
    public let archive: ArchiveReference
    public let suite: SuiteName
    public let package: String
    public let version: String
    public let architecture: String
    /// In seconds.
    public let duration: Int64
    /// One sentence: "The build failed at stage build."
    public let cause: String
    /// The last lines of the log.
    public let logTail: String

    public init(
        build: Int64, archive: ArchiveReference, suite: SuiteName, package: String, version: String,
        architecture: String, duration: Int64, cause: String, logTail: String
    ) {
        self.build = build
        self.archive = archive
        self.suite = suite
        self.package = package
        self.version = version
        self.architecture = architecture
        self.duration = duration
        self.cause = cause
        self.logTail = logTail
    }
}
