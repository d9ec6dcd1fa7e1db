internal import ArchiveModel
internal import Configuration
internal import Intake
internal import SourceTree
internal import SystemPackage

/// Whether lintian has a say about uploads, and which.
struct LintianSettings: Sendable {
    /// The file of tags that count; `nil`: lintian is not run.
    var tags: FilePath?
    /// Where: `primary`, `ppa`, or references of archives.
    var archives = ["primary", "ppa"]
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
        profile = reader.string(forKey: "profile")
        limits.seconds = try reader.number(
            "seconds", default: limits.seconds, within: 1...86_400, of: "lintian.seconds")
        let memory = try reader.number(
            "memoryMiB", default: Int(limits.memory >> 20), within: 1...1 << 30, of: "lintian.memoryMiB")
        limits.memory = Int64(memory) << 20
    }
}
