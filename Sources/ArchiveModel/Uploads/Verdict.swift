/// What the service decided about one upload. Session answer, mail, page and `--json` are all made from this value.
public struct Verdict: Hashable, Sendable, Codable {
    public enum Outcome: String, Sendable, Codable, CaseIterable {
        case accepted
        /// The uploader's to mend.
        case rejected
        /// Waits for files, a day, or a person.
        case held
        /// Nobody is proven to have sent it: no mail.
        case ignored
        /// Ours to mend: kept, retried, told to the admin.
        case failed
    }

    public let outcome: Outcome
    public var findings: [Finding]
    /// The archive as far as it is known; a refused path names none.
    public var archive: ArchiveReference?
    public var suite: SuiteName?
    /// Source package name, or the command file's name.
    public var package: String?
    public var version: String?
    /// What a held upload waits for, as sentences.
    public var waitsFor: [String]
    /// Where the upload's page is.
    public var page: String?

    public init(
        _ outcome: Outcome, findings: [Finding] = [], archive: ArchiveReference? = nil, suite: SuiteName? = nil,
        package: String? = nil, version: String? = nil, waitsFor: [String] = [], page: String? = nil
    ) {
        self.outcome = outcome
        self.findings = findings
        self.archive = archive
        self.suite = suite
        self.package = package
        self.version = version
        self.waitsFor = waitsFor
        self.page = page
    }
}

extension Verdict {
    /// `hello 2.10-3`, `hello`, or nothing.
    public var subject: String? {
        package.map { name in version.map { "\(name) \($0)" } ?? name }
    }

    /// `~alice/debian/tools bookworm`
    public var place: String? {
        archive.map { archive in suite.map { "\(archive) \($0)" } ?? archive.description }
    }
}
