internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Which indices a suite has, and the paragraphs in each.
struct SuiteIndices: Sendable {
    /// One index: `main/binary-amd64/Packages`.
    struct Index: Sendable {
        let folder: String
        let name: String
        /// Shared between indices: the package for `all` is in several.
        let paragraphs: [String]
    }

    let components: [ComponentName]
    /// An index for every component and architecture, empty ones too: apt asks for each that `Release` promises.
    let all: [Index]

    /// - Throws: `UnreadableControl` when the catalog holds a control paragraph that is none.
    init(_ snapshot: SuiteSnapshot) throws {
        components = Self.components(of: snapshot)
        let sources = try snapshot.sources.map { ($0.component, try IndexEntry.text(of: $0)) }
        let binaries = try snapshot.binaries.map { ($0.component, $0.architecture, try IndexEntry.text(of: $0)) }
        all = components.flatMap { component in
            let ofSources = sources.filter { $0.0 == component }.map(\.1)
            let packages = snapshot.suite.architectures.map { architecture in
                let texts = binaries.filter { $0.0 == component && ($0.1 == architecture || $0.1.isAll) }.map(\.2)
                return Index(folder: "\(component)/binary-\(architecture)", name: "Packages", paragraphs: texts)
            }
            return [Index(folder: "\(component)/source", name: "Sources", paragraphs: ofSources)] + packages
        }
    }

    /// Those of the archive; a primary one has the suite's. One that something is published in is there in
    /// any case.
    private static func components(of snapshot: SuiteSnapshot) -> [ComponentName] {
        let standard = snapshot.archive.components ?? snapshot.components
        let used = Set(snapshot.sources.map(\.component)).union(snapshot.binaries.map(\.component))
        return standard + used.subtracting(standard).sorted()
    }
}

extension IndexText {
    init(_ paragraphs: some Sequence<String>) {
        for paragraph in paragraphs { append(paragraph) }
    }
}
