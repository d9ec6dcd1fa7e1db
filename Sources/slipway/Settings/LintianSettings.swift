internal import ArchiveModel
internal import Configuration
internal import Intake
internal import SourceTree
internal import SystemPackage

/// Whether lintian has a say about uploads, and which.
struct LintianSettings: Sendable {
    /// The file of tags that count; `nil`: lintian is not run.
    var tags: FilePath?
    /// Other files of tags, as "ARCHIVES FILE", and ARCHIVES as in `archives`.
    var tagsOf: [String] = []
    /// Where: `primary`, `ppa`, `debian/*`, or references of archives.
    var archives = ["primary", "ppa"]
    /// What is done with the results of builds.
    var builds = LintianPolicy.Builds.warn
    /// Which of lintian's profiles; `nil`: that of the machine's vendor.
    var profile: String?
    /// How much it may take.
    var limits = LintianLimits()
}

extension LintianSettings {
    /// - Parameter reader: of the section `lintian`.
    init(_ reader: ConfigReader) throws {
        tags = reader.path("tags")
        archives = reader.stringArray(forKey: "archives", default: archives)
        tagsOf = reader.stringArray(forKey: "tagsOf", default: tagsOf)
        let word = reader.string(forKey: "builds", default: builds.rawValue)
        guard let builds = LintianPolicy.Builds(rawValue: word) else {
            throw ConfigurationMistake(
                key: "lintian.builds", mistake: "\"\(word)\" is neither nothing, warn nor refuse")
        }
        self.builds = builds
        profile = reader.string(forKey: "profile")
        limits.seconds = try reader.number(
            "seconds", default: limits.seconds, within: 1...86_400, of: "lintian.seconds")
        let memory = try reader.number(
            "memoryMiB", default: Int(limits.memory >> 20), within: 1...1 << 30, of: "lintian.memoryMiB")
        limits.memory = Int64(memory) << 20
    }
}
