internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Whether it is a source package, and one and the same in `.changes` and `.dsc`.
enum SourceChecks {
    static func isSourceOnly(_ evidence: Evidence) -> [Finding] {
        guard evidence.arrival.destination.archive?.archive.takesBinaries != true else { return hasPackages(evidence) }
        let binaries = evidence.changes.files.filter { $0.named.kind.isBinary || $0.named.kind == .other }
        let machines = evidence.changes.architectures.filter { !$0.isSource }
        guard !binaries.isEmpty || !machines.isEmpty || !evidence.changes.isSourceful else { return [] }
        let got = binaries.map(\.name.description) + machines.map(\.description)
        return [
            Finding(
                .notSourceOnly, "Only source packages are taken; the binaries are built here.",
                file: evidence.path.name.description, field: "Architecture", expected: "source",
                got: got.joined(separator: " "),
                remedy: "Build with dpkg-buildpackage -S and upload its _source.changes.")
        ]
    }

    /// Where people upload packages, too, there are some, or a source.
    private static func hasPackages(_ evidence: Evidence) -> [Finding] {
        let files = evidence.changes.files
        let isPublished = files.contains { PackageEvidence.isPublished($0.named.kind) }
        let others = files.filter { $0.named.kind == .other }.map(\.name.description)
        guard !others.isEmpty || !(isPublished || evidence.changes.isSourceful) else { return [] }
        return [
            Finding(
                .notSourceOnly, "There is nothing in it that is published, or something that is not.",
                file: evidence.path.name.description, expected: "a source, packages, and .buildinfo files",
                got: others.isEmpty ? nil : others.joined(separator: " "))
        ]
    }

    static func changesNameFits(_ evidence: Evidence) -> [Finding] {
        let name = evidence.path.name
        return evidence.changes.mistakes(named: name).map { Finding($0, file: name) }
    }

    static func dscIsRead(_ evidence: Evidence) -> [Finding] {
        switch evidence.dsc {
        case .refused(let findings): findings
        case .absent, .damaged, .read: []
        }
    }

    static func dscAgrees(_ evidence: Evidence) -> [Finding] {
        guard let source = evidence.source else { return [] }
        return evidence.changes.mistakes(against: source).map { Finding($0, file: evidence.path.name) }
    }

    /// An archive with one component publishes all in it; elsewhere it is the one of the section, and has to be there.
    static func componentIsThere(_ evidence: Evidence) -> [Finding] {
        guard let destination = evidence.arrival.destination.archive, let suite = evidence.suite,
            let known = destination.components[suite.name], !known.contains(evidence.component)
        else { return [] }
        let names = known.map(\.text).joined(separator: ", ")
        return [
            Finding(
                .unknownComponent, "\(suite.name) has no component \(evidence.component).",
                file: evidence.changes.dsc?.name.description, field: "Section", expected: names,
                got: evidence.component.text, remedy: "Set Section in debian/control to one of a component of \(names)."
            )
        ]
    }

    /// What the archive says goes before what the package says.
    static func overrideSaysTheSame(_ evidence: Evidence) -> [Finding] {
        guard let override = evidence.override else { return [] }
        let pairs = [
            ("Section", override.section, evidence.section), ("Priority", override.priority, evidence.priority),
        ]
        return pairs.compactMap { field, ours, theirs in
            guard let ours, ours != theirs else { return nil }
            return Finding(
                .overridden, "The archive has \(evidence.changes.source) with \(field) \(ours).".printable,
                severity: .warning, file: evidence.changes.dsc?.name.description, field: field,
                expected: ours.printable,
                got: theirs.printable, remedy: "Say the same in debian/control, or ask the admin to change it here.")
        }
    }

    static func canBeBuilt(_ evidence: Evidence) -> [Finding] {
        guard evidence.isBuiltHere, let plan = evidence.plan, let suite = evidence.suite, plan.builds.isEmpty else {
            return []
        }
        let wanted = evidence.source?.architectures.map(\.description).joined(separator: " ")
        let has = suite.architectures.map(\.description).joined(separator: " ")
        return [
            Finding(
                .nothingToBuild, "Nothing of it can be built for \(suite.name).",
                file: evidence.changes.dsc?.name.description, field: "Architecture", expected: "one of \(has)",
                got: wanted, remedy: "Widen Architecture in debian/control, or upload to a suite that has it.")
        ]
    }
}

extension Evidence {
    /// Where it is published.
    var component: ComponentName {
        arrival.destination.archive?.archive.component(ofSection: section, override: override?.component) ?? .main
    }

    /// As `Files` of the `.changes` has it for the `.dsc`.
    var section: String { changes.dsc?.section ?? "misc" }
    var priority: String { changes.dsc?.priority ?? "optional" }
}
