/// What the child that becomes lintian is told, as words. Its working directory is the scratch folder, and all files are in
/// the folder `in` of it.
struct LintianRequest: Equatable {
    let limits: LintianLimits
    let profile: String?
    /// The name of the `.changes`.
    let subject: String

    /// Tells it from a request to unpack, which begins with a number.
    private static let mark = "lintian"
    /// In the folder `in`, where no uploaded file has a name like it: those begin with a letter or a digit.
    static let tags = ".tags"

    var words: [String] {
        let numbers: [Int64] = [
            Int64(limits.seconds), limits.memory, limits.fileSize, limits.freeDisk, Int64(limits.processes),
        ]
        return [Self.mark] + numbers.map { "\($0)" } + [profile ?? "", subject]
    }

    init(limits: LintianLimits, profile: String?, subject: String) {
        self.limits = limits
        self.profile = profile
        self.subject = subject
    }

    init?(words: some Collection<String>) {
        let words = Array(words)
        guard words.count == 8, words[0] == Self.mark else { return nil }
        let numbers = words[1...5].compactMap { Int64($0) }
        guard numbers.count == 5 else { return nil }
        var limits = LintianLimits()
        limits.seconds = Int(numbers[0])
        (limits.memory, limits.fileSize, limits.freeDisk) = (numbers[1], numbers[2], numbers[3])
        limits.processes = Int(numbers[4])
        self.init(limits: limits, profile: words[6].isEmpty ? nil : words[6], subject: words[7])
    }

    /// The command line, without the program's name. Nothing of it is a stranger's but the name of the file.
    var arguments: [String] {
        [
            "--allow-root", "--no-cfg", "--ignore-lintian-env", "--color", "never", "--hyperlinks", "off",
            "--show-overrides", "--tag-display-limit", "0", "--fail-on", "none",
            "--tags-from-file", "\(UnpackRequest.input)/\(Self.tags)",
        ] + (profile.map { ["--profile", $0] } ?? []) + ["\(UnpackRequest.input)/\(subject)"]
    }
}
