internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

extension BuildExamination {
    /// The build failed with it; the person who signed the source hears why, and where room is missing, so do those who
    /// look after the archive.
    func refused(_ findings: [Finding], _ build: BuildRecord) async throws -> Examined {
        let first = findings.first { $0.severity == .error }
        let cause = "The result of the build was refused: \(first?.sentence ?? "")"
        let now = examination.clock()
        let report = BuildReport(
            build: build.id, archive: build.archive, suite: build.suite, package: build.package.description,
            version: build.packageVersion, architecture: build.architecture.description,
            duration: now - (build.started ?? now), cause: cause,
            logTail: findings.map(\.description).joined(separator: "\n"))
        let identity = "build-\(build.id)-failed-\(build.started ?? now)"
        let letter = Letter(
            to: build.signer, identity: identity, content: .buildFailed(report), reason: "you signed the source")
        let others = try await keepers(toTellOf: findings, build).map { keeper in
            Letter(
                to: keeper.mail, identity: "\(identity)-\(keeper.id)", content: .buildFailed(report),
                reason: "\(build.archive) is yours to look after")
        }
        var examined = examined(.rejected, findings, build)
        examined.effect = .failedBuild(build.id, cause: cause, [letter] + others)
        return examined
    }

    private func keepers(toTellOf findings: [Finding], _ build: BuildRecord) async throws -> [Person] {
        guard findings.contains(where: { $0.code == FindingCode.quotaExceeded.rawValue }),
            let archive = try await examination.catalog.archive(build.archive)
        else { return [] }
        return try await examination.catalog.keepers(of: archive).filter { $0.mail != build.signer }
    }

    func accepted(_ evidence: BuildEvidence, _ findings: [Finding], _ text: VerifiedText) -> Examined {
        let published = evidence.files.filter { PackageEvidence.isPublished($0.kind) || $0.kind == .buildinfo }
        var examined = examined(.accepted, findings, evidence.build)
        examined.files = evidence.files.map { $0.reported(.accepted) }
        var result = AcceptedBinaries(
            build: evidence.build.id, binaries: evidence.inside.accepted,
            records: evidence.files.filter { $0.kind == .buildinfo }.compactMap(\.content),
            signingKey: text.signer, signatureIdentity: text.identity)
        result.room = evidence.archive.flatMap { evidence.limits.quotas.limit(of: $0) }
        examined.effect = .build(result, BytesToStore(files: published.compactMap(\.sent)))
        return examined
    }

    private func examined(_ outcome: Verdict.Outcome, _ findings: [Finding], _ build: BuildRecord) -> Examined {
        Examined(
            Verdict(
                outcome, findings: findings, archive: build.archive, suite: build.suite,
                package: build.package.description, version: build.version.description))
    }
}
