internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

extension BuildExamination {
    /// The build failed with it; the person who signed the source hears why.
    func refused(_ findings: [Finding], _ build: BuildRecord) -> Examined {
        let first = findings.first { $0.severity == .error }
        let cause = "The result of the build was refused: \(first?.sentence ?? "")"
        let now = examination.clock()
        let report = BuildReport(
            build: build.id, archive: build.archive, suite: build.suite, package: build.package.description,
            version: build.version.description, architecture: build.architecture.description,
            duration: now - (build.started ?? now), cause: cause,
            logTail: findings.map(\.description).joined(separator: "\n"))
        let letter = Letter(
            to: build.signer, identity: "build-\(build.id)-failed-\(build.started ?? now)",
            content: .buildFailed(report), reason: "you signed the source")
        var examined = examined(.rejected, findings, build)
        examined.effect = .failedBuild(build.id, cause: cause, letter)
        return examined
    }

    func accepted(_ evidence: BuildEvidence, _ findings: [Finding], _ text: VerifiedText) -> Examined {
        let published = evidence.files.filter { PackageEvidence.isPublished($0.kind) || $0.kind == .buildinfo }
        var examined = examined(.accepted, findings, evidence.build)
        examined.files = evidence.files.map(\.reported)
        examined.effect = .build(
            AcceptedBinaries(
                build: evidence.build.id, binaries: evidence.inside.accepted,
                records: evidence.files.filter { $0.kind == .buildinfo }.compactMap(\.content),
                signingKey: text.signer, signatureIdentity: text.identity),
            published.compactMap { file in
                guard let place = file.place, let content = file.content else { return nil }
                return BytesToStore(place: place, sha256: content.sha256)
            })
        return examined
    }

    private func examined(_ outcome: Verdict.Outcome, _ findings: [Finding], _ build: BuildRecord) -> Examined {
        Examined(
            Verdict(
                outcome, findings: findings, archive: build.archive, suite: build.suite,
                package: build.package.description, version: build.version.description))
    }
}
