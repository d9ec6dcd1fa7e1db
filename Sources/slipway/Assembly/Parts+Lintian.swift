internal import ArchiveModel
internal import Foundation
internal import Intake
internal import Logging
internal import SourceTree
internal import SystemPackage

extension Parts {
    /// What lintian has to say here; `nil`: nothing.
    /// - Parameter unknown: is told of tags that the installed lintian does not have. They are left out: an upgrade of
    ///   lintian, which renames some, stops no service.
    /// - Throws: `ConfigurationMistake`, also when there is no lintian.
    static func lintianPolicy(_ settings: Settings, unknown: ([String]) -> Void) throws -> LintianPolicy? {
        guard settings.lintian.tags != nil || !settings.lintian.tagsOf.isEmpty else { return nil }
        guard settings.intake.unpacksSources else {
            throw ConfigurationMistake(key: "lintian.tags", mistake: "lintian is run only with intake: {unpack: true}")
        }
        guard Lintian.isInstalled else {
            throw ConfigurationMistake(key: "lintian.tags", mistake: "there is no lintian; apt-get install lintian")
        }
        var left: Set<String> = []
        var standard: Lintian?
        if let file = settings.lintian.tags {
            standard = try lintian(settings, tags: tags(in: file, of: "lintian.tags", unknown: &left))
        }
        var own: [LintianPolicy.Choice: Lintian] = [:]
        for words in settings.lintian.tagsOf {
            let (archives, file) = try choice(words)
            own[archives] = try lintian(settings, tags: tags(in: file, of: "lintian.tagsOf", unknown: &left))
        }
        if !left.isEmpty { unknown(left.sorted()) }
        return LintianPolicy(
            standard, archives: try archives(settings.lintian.archives), own: own, builds: settings.lintian.builds)
    }

    private static func lintian(_ settings: Settings, tags: LintianTags) throws -> Lintian {
        var limits = settings.lintian.limits
        limits.freeDisk = settings.intake.unpacking.freeDisk
        return Lintian(tags: tags, profile: try profile(settings.lintian.profile), limits: limits)
    }

    /// `~alice/debian/tools /etc/slipway/strict.tags`
    private static func choice(_ text: String) throws -> (LintianPolicy.Choice, FilePath) {
        let words = text.split(separator: " ", maxSplits: 1)
        guard words.count == 2, let choice = LintianPolicy.Choice(String(words[0])) else {
            throw ConfigurationMistake(
                key: "lintian.tagsOf", mistake: "\"\(text)\" is not archives and a file of tags")
        }
        return (choice, FilePath(words[1].trimmingCharacters(in: .whitespaces)))
    }

    /// Those that the installed lintian has.
    private static func tags(
        in file: FilePath, of key: String, unknown: inout Set<String>
    ) throws -> LintianTags {
        let wanted = try tags(in: file, of: key)
        let known = LintianTags(wanted.weights.filter { Lintian.knows($0.key) })
        guard !known.weights.isEmpty else {
            throw ConfigurationMistake(key: "\(file)", mistake: "the installed lintian has none of these tags")
        }
        unknown.formUnion(wanted.weights.keys.filter { known[$0] == nil })
        return known
    }

    func lintianPolicy() throws -> LintianPolicy? {
        try Self.lintianPolicy(settings) { tags in
            log.warning("the installed lintian does not have these tags", metadata: ["tags": "\(tags)"])
        }
    }

    private static func tags(in file: FilePath, of key: String) throws -> LintianTags {
        let text: String
        do {
            text = try String(contentsOfFile: file.string, encoding: .utf8)
        } catch {
            throw ConfigurationMistake(key: key, mistake: "\(file) cannot be read")
        }
        do {
            return try LintianTags(parsing: text)
        } catch {
            throw ConfigurationMistake(key: "\(file), line \(error.line)", mistake: error.mistake)
        }
    }

    /// A name such as `debian` or `debian/ftp-master-auto`: it becomes a word of lintian's command line.
    private static func profile(_ name: String?) throws -> String? {
        guard let name else { return nil }
        guard name.first?.isLetter == true,
            name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-/".contains($0)) })
        else { throw ConfigurationMistake(key: "lintian.profile", mistake: "\"\(name)\" is no profile") }
        return name
    }

    private static func archives(_ words: [String]) throws -> Set<LintianPolicy.Choice> {
        Set(
            try words.map { word in
                guard let choice = LintianPolicy.Choice(word) else {
                    throw ConfigurationMistake(
                        key: "lintian.archives",
                        mistake: """
                            "\(word)" is neither primary, ppa, external, a distribution such as debian/*, nor an archive
                            """)
                }
                return choice
            })
    }
}
