internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Whether a builder's result is that of the build it was asked for: the packages were made inside a chroot by the
/// source's own code, which may write anything into them.
enum BuildChecks {
    static func isOfTheSource(_ evidence: BuildEvidence) -> [Finding] {
        let (build, changes) = (evidence.build, evidence.changes)
        let expected = "\(build.package) \(build.version)"
        let got = "\(changes.source) \(changes.sourceVersion)"
        let hasSource = changes.isSourceful || changes.files.contains { $0.named.kind.isSource }
        guard expected != got || hasSource else { return [] }
        return [
            Finding(
                .notTheBuild, "It is not the result of building \(expected).", file: evidence.name.description,
                field: hasSource ? "Architecture" : "Source", expected: expected,
                got: hasSource ? "\(got) with its source" : got)
        ]
    }

    /// A rebuild's packages are one number above the source's version, and no other build's are.
    static func isOfTheVersion(_ evidence: BuildEvidence) -> [Finding] {
        let (expected, got) = (evidence.build.packageVersion, evidence.changes.version.description)
        guard expected != got else { return [] }
        return [
            Finding(
                .notTheBuild, "It is not of the version that was to be built.", file: evidence.name.description,
                field: "Version", expected: expected, got: got)
        ]
    }

    static func hasPackages(_ evidence: BuildEvidence) -> [Finding] {
        guard !evidence.changes.files.contains(where: { PackageEvidence.isPublished($0.named.kind) }) else { return [] }
        return [Finding(.nothingBuilt, "The build made no packages.", file: evidence.name.description)]
    }

    static func areHere(_ evidence: BuildEvidence) -> [Finding] {
        evidence.files.filter(\.isMissing).map { file in
            Finding(.missingFile, "It is listed, and not here.", file: file.name.description)
        }
    }

    static func haveTheirBytes(_ evidence: BuildEvidence) -> [Finding] {
        evidence.files.flatMap { FileChecks.wrongSize($0) + FileChecks.wrongDigests($0) }
    }

    /// Each package names this source, and is for the machine of the build, or for `all` when this build makes those.
    static func areOfTheBuild(_ evidence: BuildEvidence) -> [Finding] {
        evidence.packages.flatMap { package -> [Finding] in
            guard let control = package.readControl else { return [] }
            return foreignSource(control, package, evidence.build) + foreignMachine(control, package, evidence.build)
        }
    }

    private static func foreignSource(
        _ control: BinaryControl, _ package: BuiltPackage, _ build: BuildRecord
    ) -> [Finding] {
        guard control.source != build.package || control.sourceVersion.description != build.version.description else {
            return []
        }
        return [
            Finding(
                rule: MistakeKind.sourceDisagrees, "It says to be made of another source.",
                file: package.file.name.description,
                field: "Source", expected: "\(build.package) (\(build.version))",
                got: "\(control.source) (\(control.sourceVersion))")
        ]
    }

    private static func foreignMachine(
        _ control: BinaryControl, _ package: BuiltPackage, _ build: BuildRecord
    ) -> [Finding] {
        if control.architecture == build.architecture || (control.architecture.isAll && build.buildsAll) { return [] }
        return [
            Finding(
                .unexpectedArchitecture, "This build does not make packages for \(control.architecture).",
                file: package.file.name.description, field: "Architecture",
                expected: build.buildsAll ? "\(build.architecture) or all" : "\(build.architecture)",
                got: "\(control.architecture)")
        ]
    }
}
