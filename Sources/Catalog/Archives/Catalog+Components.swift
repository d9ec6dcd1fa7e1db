public import ArchiveModel
internal import DebianControl

extension Archive {
    /// Where a source is published, by what the archive has, what it says about the source, and the source's section
    /// (Policy 2.4: `contrib/utils`). An archive with one component publishes everything in it.
    public func component(ofSection section: String, override: ComponentName?) -> ComponentName {
        if let components, components.count == 1 { return components[0] }
        if let override { return override }
        let words = section.split(separator: "/")
        return words.count == 2 ? ComponentName(String(words[0])) ?? .main : .main
    }
}

extension Catalog {
    /// The components of an archive, in the order they were named; a primary archive has those of its suites.
    /// - Parameter suite: nil for all suites together.
    public func components(of archive: Archive, suite: SuiteName? = nil) async throws -> [ComponentName] {
        if let components = archive.components { return components }
        let suites = try await suites().filter { described in
            described.distribution == archive.reference.distribution && archive.suite(described.name) != nil
                && (suite == nil || described.name == suite)
        }
        return suites.flatMap(\.components).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// From now on the archive publishes in these; sources that are published stay where they are.
    /// - Throws: `Conflict` for a primary archive, for none, and when something is published in one that is left out.
    public func setComponents(_ components: [ComponentName], of archive: Archive) async throws {
        var settings = ArchiveSettings()
        settings.components = components
        _ = try await change(archive.reference, settings)
    }
}
