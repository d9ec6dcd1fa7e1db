/// One mail to one registered person, as a value: it is queued in the transaction of what it tells, and put into words
/// by the mailer's templates when it leaves.
public struct Letter: Sendable, Hashable, Codable {
    public let recipient: MailAddress
    /// The part of the Message-ID before `@`. The same event makes the same identity, so that a mail sent twice by a
    /// crash is one mail to its reader.
    public let identity: String
    /// Identity of the mail this one answers or follows: the thread of a source version.
    public var inReplyTo: String?
    /// A full Message-ID from outside, angle brackets included: the command mail that is answered.
    public var answers: String?
    public let content: Content
    /// Why this person gets it, for the last line: "you signed the upload".
    public let reason: String

    public enum Content: Sendable, Hashable, Codable {
        case verdict(UploadReport)
        case buildFailed(BuildReport)
        case commands(CommandReport)
        /// To the admin: something of ours went wrong.
        case failure(FailureReport)
    }

    public init(
        to recipient: MailAddress, identity: String, inReplyTo: String? = nil, answers: String? = nil, content: Content,
        reason: String
    ) {
        self.recipient = recipient
        self.identity = identity
        self.inReplyTo = inReplyTo
        self.answers = answers
        self.content = content
        self.reason = reason
    }
}

/// What the mail and the page about an upload say.
public struct UploadReport: Sendable, Hashable, Codable {
    public struct File: Sendable, Hashable, Codable {
        public let name: String
        /// In bytes.
        public let size: Int64
        /// Taken from the archive, as it was not sent.
        public let isReused: Bool

        public init(name: String, size: Int64, isReused: Bool = false) {
            self.name = name
            self.size = size
            self.isReused = isReused
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
        architecture: String,
        duration: Int64, cause: String, logTail: String
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

/// What came of a command file or mail, paragraph by paragraph.
public struct CommandReport: Sendable, Hashable, Codable {
    public struct Result: Sendable, Hashable, Codable {
        /// The paragraph as it was signed.
        public let paragraph: String
        public let isDone: Bool
        /// What was done, or why not.
        public let findings: [Finding]
        public let sentences: [String]

        public init(paragraph: String, isDone: Bool, findings: [Finding] = [], sentences: [String] = []) {
            self.paragraph = paragraph
            self.isDone = isDone
            self.findings = findings
            self.sentences = sentences
        }
    }

    /// File name, or the subject of the mail.
    public let title: String
    public let isDryRun: Bool
    /// What is wrong with the file as a whole: when not empty, nothing was run.
    public let findings: [Finding]
    public let results: [Result]

    public init(title: String, isDryRun: Bool = false, findings: [Finding] = [], results: [Result] = []) {
        self.title = title
        self.isDryRun = isDryRun
        self.findings = findings
        self.results = results
    }

    /// Every paragraph was carried out, or would be.
    public var isDone: Bool {
        !findings.contains { $0.severity == .error } && !results.isEmpty && results.allSatisfy(\.isDone)
    }
}

/// What the admin is told when something of ours failed.
public struct FailureReport: Sendable, Hashable, Codable {
    /// What failed: "judging hello_2.10-3_source.changes".
    public let subject: String
    public let cause: String
    /// Where what is kept lies.
    public let place: String?

    public init(subject: String, cause: String, place: String? = nil) {
        self.subject = subject
        self.cause = cause
        self.place = place
    }
}
