internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Whether packages that a person uploads are of a source that is here, and fit into the suite.
enum UploadedPackageChecks {
    static func areOfTheSource(_ evidence: Evidence) -> [Finding] {
        let expected = "\(evidence.changes.source) (\(evidence.changes.sourceVersion))"
        return controls(evidence).compactMap { file, control in
            let got = "\(control.source) (\(control.sourceVersion))"
            guard got != expected else { return nil }
            return Finding(
                rule: MistakeKind.sourceDisagrees, "It says to be made of another source.", file: file.description,
                field: "Source", expected: expected, got: got)
        }
    }

    /// Nothing is distributed without its source beside it, but in external archives.
    static func theirSourceIsHere(_ evidence: Evidence) -> [Finding] {
        guard !evidence.isWithoutSource, evidence.inside != nil, !evidence.changes.isSourceful,
            let suite = evidence.suite
        else { return [] }
        let version = evidence.changes.sourceVersion
        let isHere = evidence.history.contains { $0.isLive && $0.suite == suite.name && $0.version == version }
        guard !isHere else { return [] }
        return [
            Finding(
                .sourceNotHere, "\(suite.name) has no source \(evidence.changes.source) \(version).",
                file: evidence.path.name.description, field: "Source",
                remedy: "Upload the source first, or with its packages.")
        ]
    }

    static func theirArchitectureIsThere(_ evidence: Evidence) -> [Finding] {
        guard let suite = evidence.suite else { return [] }
        return controls(evidence).compactMap { file, control in
            let architecture = control.architecture
            guard !architecture.isAll, !suite.architectures.contains(architecture) else { return nil }
            return Finding(
                .noArchitecture, "\(suite.name) has no architecture \(architecture).", file: file.description,
                field: "Architecture", expected: suite.architectures.map(\.description).joined(separator: " "),
                got: "\(architecture)")
        }
    }

    static func areNewer(_ evidence: Evidence) -> [Finding] {
        controls(evidence).compactMap { file, control in
            let others = evidence.live.filter {
                $0.name == control.package && $0.architecture == control.architecture
            }
            guard let newest = others.map(\.version).max(), control.version <= newest else { return nil }
            return Finding(
                control.version == newest ? .versionTaken : .versionNotNewer,
                "\(control.package) \(newest) is there already for \(control.architecture).", file: file.description,
                field: "Version", expected: "higher than \(newest)", got: "\(control.version)",
                remedy: "Raise the version of the source and build again.")
        }
    }

    /// What one build would make comes as a whole, as it is not built any more.
    static func areComplete(_ evidence: Evidence) -> [Finding] {
        guard evidence.isBuiltHere else { return [] }
        let uploaded = Set(controls(evidence).map(\.control.architecture))
        let planned = evidence.plan?.builds ?? evidence.wanted
        guard !uploaded.contains(.all),
            let build = planned.first(where: { $0.buildsAll && uploaded.contains($0.architecture) })
        else { return [] }
        return [
            Finding(
                .packagesIncomplete, "There are packages for \(build.architecture), and none for all.",
                file: evidence.path.name.description, field: "Architecture", expected: "\(build.architecture) all",
                remedy: "Build with dpkg-buildpackage -b, and upload all that it made.")
        ]
    }

    private static func controls(_ evidence: Evidence) -> [(file: FileName, control: BinaryControl)] {
        (evidence.inside?.packages ?? []).compactMap { package in
            package.readControl.map { (file: package.file.name, control: $0) }
        }
    }
}
