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
        guard let file = settings.lintian.tags else { return nil }
        guard settings.intake.unpacksSources else {
            throw ConfigurationMistake(key: "lintian.tags", mistake: "lintian is run only with intake: {unpack: true}")
        }
        guard Lintian.isInstalled else {
            throw ConfigurationMistake(key: "lintian.tags", mistake: "there is no lintian; apt-get install lintian")
        }
        var limits = settings.lintian.limits
        limits.freeDisk = settings.intake.unpacking.freeDisk
        let wanted = try tags(in: file)
        let known = LintianTags(wanted.weights.filter { Lintian.knows($0.key) })
        guard !known.weights.isEmpty else {
            throw ConfigurationMistake(key: "\(file)", mistake: "the installed lintian has none of these tags")
        }
        let left = wanted.weights.keys.filter { known[$0] == nil }.sorted()
        if !left.isEmpty { unknown(left) }
        return LintianPolicy(
            Lintian(tags: known, profile: try profile(settings.lintian.profile), limits: limits),
            archives: try archives(settings.lintian.archives))
    }

    func lintianPolicy() throws -> LintianPolicy? {
        try Self.lintianPolicy(settings) { tags in
            log.warning("the installed lintian does not have these tags", metadata: ["tags": "\(tags)"])
        }
    }

    private static func tags(in file: FilePath) throws -> LintianTags {
        let text: String
        do {
            text = try String(contentsOfFile: file.string, encoding: .utf8)
        } catch {
            throw ConfigurationMistake(key: "lintian.tags", mistake: "\(file) cannot be read")
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
                        key: "lintian.archives", mistake: "\"\(word)\" is neither primary, ppa, nor an archive")
                }
                return choice
            })
    }
}
