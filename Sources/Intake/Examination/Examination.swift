internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP
internal import PackageFiles

/// Judges one `.changes`: bytes → verified text → fields → files → checks → verdict.
///
/// Takes: a text from anybody, and the session it came in. Trusts: the signature of a registered key, and nothing else.
/// Leaves: nothing; what the verdict needs done is in `Examined.effect`.
/// Throws: only failures of ours; what is the uploader's to mend is a finding, and all findings come at once.
struct Examination: Sendable {
    let signatures: SignatureExamination
    let targets: TargetReader
    let search: FileSearch
    /// nil where sources are not unpacked.
    let trees: TreeExamination?
    /// nil where lintian is not asked.
    let lintian: LintianExamination?
    let limits: IntakeConfiguration
    let clock: @Sendable () -> Int64

    var catalog: Catalog { signatures.catalog }

    func examine(_ received: ReceivedText) async throws -> Examined {
        do {
            let name = received.path.name
            let (text, signer) = try await signatures.signedText(received.bytes, file: name)
            switch signer {
            case .person(let person, _):
                return try await examineSource(try await arrival(received, text, person))
            case .builder:
                return try await BuildExamination(examination: self).examine(received, text)
            }
        } catch let early as EarlyVerdict {
            return early.examined
        }
    }

    private func arrival(_ received: ReceivedText, _ text: VerifiedText, _ signer: Person) async throws -> Arrival {
        Arrival(
            received: received, text: text, signer: signer,
            sender: try received.session.sender(by: limits.provingDoor),
            destination: try await targets.destination(
                of: received.path.directory, for: signer, key: text.signer),
            earlier: try await catalog.seen(signature: text.identity), now: clock(), signatureAge: limits.signatureAge)
    }

    private func examineSource(_ arrival: Arrival) async throws -> Examined {
        let findings = [Finding].of(arrival, by: .ofArrivals)
        switch Self.changes(in: arrival.text, file: arrival.path.name) {
        case .failure(let mistakes):
            return arrival.rejected(mistakes.findings + findings)
        case .success(let changes):
            var arrival = arrival
            arrival.isRefused = findings.hasErrors
            guard let trees else { return try await examine(changes, arrival, besides: findings) }
            return try await trees.keepingPlace(for: changes, of: arrival.received.session.name) { [arrival] in
                try await examine(changes, arrival, besides: findings)
            }
        }
    }

    private func examine(
        _ changes: Changes, _ arrival: Arrival, besides findings: [Finding]
    ) async throws -> Examined {
        let evidence = try await evidence(arrival, changes)
        let found =
            findings + .of(evidence, by: .ofSourceUploads)
            + (evidence.inside.map { .of($0, by: .ofPackages) + .of(evidence, by: .ofUploadedPackages) } ?? [])
        let examined = try evidence.examined(try await withSlowFindings(found, evidence))
        return examined.verdict.outcome == .held ? try await withinLimits(examined, evidence) : examined
    }

    /// What costs most comes last, and only when nothing refuses the upload yet.
    private func withSlowFindings(_ found: [Finding], _ evidence: Evidence) async throws -> [Finding] {
        guard let lintian else { return try await withTreeFindings(found, evidence) }
        return try await lintian.keepingPlace(for: evidence, besides: found) {
            let found = try await withTreeFindings(found, evidence)
            return try await found + lintian.findings(in: evidence, besides: found)
        }
    }

    private func withTreeFindings(_ found: [Finding], _ evidence: Evidence) async throws -> [Finding] {
        found + (try await trees?.findings(in: evidence, besides: found) ?? [])
    }

    static func changes(in text: VerifiedText, file: FileName) -> Result<Changes, Mistakes> {
        do {
            return .success(try Changes(try ControlParagraph(parsing: text.text)))
        } catch {
            return .failure(Mistakes(error, file: file))
        }
    }
}

/// What is wrong with the fields of a control file.
struct Mistakes: Error {
    let findings: [Finding]

    init(_ error: any Error, file: FileName) {
        switch error {
        case let error as ControlMistakes: findings = error.mistakes.map { Finding($0, file: file) }
        case let error as ControlSyntaxError: findings = [Finding(error, file: file)]
        case let error as SignatureRefusal: findings = [Finding(error, file: file)]
        case let error as DebFileMistake:
            findings = [Finding(rule: error.rule, error.description.printable, file: file.description)]
        default: findings = [Finding(.unreadable, "\(error)".printable, file: file.description)]
        }
    }
}

extension Arrival {
    /// As far as the upload is known before its fields are.
    func rejected(_ findings: [Finding]) -> Examined {
        let archive = destination.archive
        var examined = Examined(
            Verdict(.rejected, findings: findings, archive: archive?.archive.reference, suite: archive?.forcedSuite),
            signer: signer)
        examined.replayed = isReplay ? text.identity : nil
        return examined
    }
}
