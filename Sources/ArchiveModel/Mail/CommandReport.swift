/// What came of a command file or mail, paragraph by paragraph.
public struct CommandReport: Sendable, Hashable, Codable {
    public struct Result: Sendable, Hashable, Codable {
        /// The paragraph as it was signed.
        public let paragraph: String
        public let isDone: Bool
        /// Why not, or what is doubtful.
        public let findings: [Finding]
        /// What was done.
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
