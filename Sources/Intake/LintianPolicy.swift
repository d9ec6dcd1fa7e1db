public import ArchiveModel
internal import Catalog
public import SourceTree

/// Which uploads lintian looks at, and what it says that counts.
public struct LintianPolicy: Sendable {
    /// Archives by their kind, or one by its reference.
    public enum Choice: Sendable, Hashable {
        case kind(ArchiveKind)
        case archive(ArchiveReference)

        /// `primary`, `ppa`, `external`, or a reference such as `debian` or `~alice/debian/tools`.
        public init?(_ text: String) {
            if let kind = ArchiveKind(rawValue: text) {
                self = .kind(kind)
            } else if let reference = ArchiveReference(text) {
                self = .archive(reference)
            } else {
                return nil
            }
        }
    }

    public let lintian: Lintian
    public let archives: Set<Choice>

    public init(_ lintian: Lintian, archives: Set<Choice>) {
        self.lintian = lintian
        self.archives = archives
    }

    func covers(_ archive: Archive) -> Bool {
        archives.contains(.kind(archive.kind)) || archives.contains(.archive(archive.reference))
    }
}
