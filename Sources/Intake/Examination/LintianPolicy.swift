public import ArchiveModel
internal import Catalog
public import SourceTree

/// Which uploads lintian looks at, and what it says that counts.
public struct LintianPolicy: Sendable {
    /// Archives by their kind or their distribution, or one by its reference.
    public enum Choice: Sendable, Hashable {
        case kind(ArchiveKind)
        case distribution(DistributionName)
        case archive(ArchiveReference)

        /// `primary`, `ppa`, `external`; `debian/*`; or a reference such as `debian` or `~alice/debian/tools`.
        public init?(_ text: String) {
            if let kind = ArchiveKind(rawValue: text) {
                self = .kind(kind)
            } else if text.hasSuffix("/*"), let distribution = DistributionName(String(text.dropLast(2))) {
                self = .distribution(distribution)
            } else if let reference = ArchiveReference(text) {
                self = .archive(reference)
            } else {
                return nil
            }
        }
    }

    /// What is done with the results of builds.
    public enum Builds: String, Sendable, CaseIterable {
        case nothing
        /// lintian looks at them, and whatever it finds is a warning: nobody is there to mend it and send it again.
        case warn
        /// As an upload of the same would be: a result that is refused is a build that has failed.
        case refuse
    }

    /// What counts in `archives`; nil: nothing, where no tags of their own do.
    public let lintian: Lintian?
    public let archives: Set<Choice>
    /// What counts elsewhere, or there instead. An archive's comes before its distribution's, and that before its kind's.
    public let own: [Choice: Lintian]
    public let builds: Builds

    public init(
        _ lintian: Lintian?, archives: Set<Choice>, own: [Choice: Lintian] = [:], builds: Builds = .nothing
    ) {
        self.lintian = lintian
        self.archives = archives
        self.own = own
        self.builds = builds
    }

    /// `nil`: it is not asked.
    func lintian(for archive: Archive) -> Lintian? {
        let choices: [Choice] = [
            .archive(archive.reference), .distribution(archive.reference.distribution), .kind(archive.kind),
        ]
        if let own = choices.lazy.compactMap({ own[$0] }).first { return own }
        return choices.contains(where: archives.contains) ? lintian : nil
    }
}
