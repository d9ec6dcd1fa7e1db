internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

/// Where an archive has a package, as options of a verb.
struct OverrideOptions: ParsableArguments {
    @Option(help: "As Policy 2.4 has them.") var section: String?
    @Option(help: "As Policy 2.5 has them.") var priority: String?
    @Option(help: "Of a source: one of the archive's.") var component: String?

    /// - Parameter suite: nil for all of the archive's.
    /// - Throws: `Refusal` that names what is not known.
    func read(
        for archive: Archive, suite: SuiteName? = nil, _ catalog: Catalog, isOfBinary: Bool = false
    ) async throws -> PackageOverride {
        PackageOverride(
            component: try await component(in: archive, suite, catalog, isOfBinary),
            section: try known(section, "a section", KnownWords.isSection),
            priority: try known(priority, "a priority", KnownWords.isPriority))
    }

    private func known(_ text: String?, _ what: String, _ isKnown: (String) -> Bool) throws -> String? {
        guard let text else { return nil }
        guard isKnown(text) else { throw Refusal.unreadable(what, text, rule: "Policy 2.4 and 2.5 list them") }
        return text
    }

    private func component(
        in archive: Archive, _ suite: SuiteName?, _ catalog: Catalog, _ isOfBinary: Bool
    ) async throws -> ComponentName? {
        guard let component else { return nil }
        let known = try await catalog.components(of: archive, suite: suite)
        guard !isOfBinary, let name = ComponentName(component), known.contains(name) else {
            let names = known.map(\.text).joined(separator: ", ")
            throw Refusal.unreadable("a component for it", component, rule: "a source may have one of \(names)")
        }
        return name
    }
}
