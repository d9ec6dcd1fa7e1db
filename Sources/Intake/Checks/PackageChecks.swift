internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// What binary packages have to be, whoever made them.
enum PackageChecks {
    static func canBeRead(_ evidence: PackageEvidence) -> [Finding] {
        let packages = evidence.packages.flatMap { package -> [Finding] in
            guard case .failure(let mistakes) = package.control else { return [] }
            return mistakes.findings
        }
        let buildinfos = evidence.buildinfos.flatMap { buildinfo -> [Finding] in
            guard case .failure(let mistakes) = buildinfo else { return [] }
            return mistakes.findings
        }
        return packages + buildinfos
    }

    static func namesFit(_ evidence: PackageEvidence) -> [Finding] {
        evidence.packages.flatMap { package in
            let name = package.file.name
            return (package.readControl?.mistakes(named: name) ?? []).map { Finding($0, file: name) }
        }
    }

    static func replaceNothing(_ evidence: PackageEvidence) -> [Finding] {
        evidence.packages.compactMap { package in
            guard let known = package.file.known, known.sha256 != package.file.entry.sha256 else { return nil }
            return Finding(
                .fileDiffersFromPublished,
                "\(evidence.archive) has a package of this name and version with other bytes.",
                file: package.file.name.description, expected: known.sha256, got: package.file.entry.sha256,
                remedy: "Raise the version of the source, so that its packages have names of their own.")
        }
    }

    static func agreeWithTheBuildinfo(_ evidence: PackageEvidence) -> [Finding] {
        disagreements(of: evidence.listed, with: evidence.buildinfos, .error)
    }

    /// Nothing is built by the record of a source's making, so what is wrong with it is told only.
    static func sourceAgreesWithItsBuildinfo(_ evidence: Evidence) -> [Finding] {
        let unreadable = evidence.buildinfos.flatMap { buildinfo -> [Finding] in
            guard case .failure(let mistakes) = buildinfo else { return [] }
            return mistakes.findings.map(\.asWarning)
        }
        return unreadable + disagreements(of: evidence.changes.files, with: evidence.buildinfos, .warning)
    }

    private static func disagreements(
        of listed: [FileEntry], with buildinfos: [Result<BuildInfo, Mistakes>], _ severity: Finding.Severity
    ) -> [Finding] {
        let recorded = buildinfos.compactMap { try? $0.get() }.flatMap(\.files)
        return listed.compactMap { file in
            guard let other = recorded.first(where: { $0.name == file.name }), other.sha256 != file.sha256 else {
                return nil
            }
            return Finding(
                rule: MistakeKind.digestsDisagree, "The .buildinfo has another SHA-256 of it.", severity: severity,
                file: file.name.description,
                field: "Checksums-Sha256", expected: other.sha256, got: file.sha256)
        }
    }

    static func arePublished(_ evidence: PackageEvidence) -> [Finding] {
        evidence.listed.filter { $0.named.kind == .udeb }.map { file in
            Finding(
                .notPublished, "Packages for the installer are not published.", severity: .warning,
                file: file.name.description)
        }
    }

    /// Whoever distributes parts of a source may have to offer it, and apt shall find it.
    static func partsAreOfKnownSources(_ evidence: PackageEvidence) -> [Finding] {
        evidence.packages.flatMap { package in
            (package.readControl?.builtUsing ?? []).filter {
                evidence.unknownSources.contains(SourceVersion($0.source, $0.version))
            }.map { source, version in
                Finding(
                    .builtUsingUnknown, "Neither \(evidence.archive) nor its base has the source \(source) \(version).",
                    severity: .warning, file: package.file.name.description, field: "Built-Using",
                    got: "\(source) (= \(version))",
                    remedy: "Upload that source, too, or build again with what the base has.")
            }
        }
    }

    static func contentsAreSound(_ evidence: PackageEvidence) -> [Finding] { evidence.packages.flatMap(\.contents) }
}
