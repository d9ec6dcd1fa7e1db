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
        guard archive.components != nil, !components.isEmpty else {
            throw Conflict("\(archive.reference) has the components of its suites.")
        }
        try await write { connection in
            if let other = try connection.publishedSource(in: archive, outside: components) {
                throw Conflict("\(archive.reference) has \(other.name) in \(other.component): remove it first.")
            }
            try connection.execute(
                "UPDATE archive SET components = :components WHERE id = :archive",
                ["components": components.map(\.text).joined(separator: " "), "archive": archive.id])
            try connection.markAllChanged(archive.id)
        }
    }
}

extension Connection {
    fileprivate func publishedSource(
        in archive: Archive, outside components: [ComponentName]
    ) throws -> (name: PackageName, component: ComponentName)? {
        let used = try rows(
            """
            SELECT p.component, min(s.name) AS name FROM source_publication p
            JOIN archive_suite a ON a.id = p.archive_suite JOIN source s ON s.id = p.source
            WHERE a.archive = :archive AND p.state IN ('pending', 'published') GROUP BY p.component
            """, ["archive": archive.id])
        for row in used {
            let component = try row.parsed("component") { ComponentName($0) }
            if !components.contains(component) { return (try row.parsed("name") { PackageName($0) }, component) }
        }
        return nil
    }
}
