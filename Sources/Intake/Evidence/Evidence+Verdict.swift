internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP
internal import PackageFiles

/// From findings to the verdict.
extension Evidence {
    /// An error refuses; else a missing file is waited for, for a while, or a day that the path names; else all is well.
    /// - Throws: when nothing refuses it and yet there is nothing to take, a fault of ours.
    func examined(_ findings: [Finding]) throws -> Examined {
        if findings.hasErrors || isOverdue { return rejected(findings + missing.map(Self.missingFile)) }
        if !missing.isEmpty { return held(findings) }
        if let due { return delayed(findings, until: due) }
        return try waitsInNew ? inNew(findings) : accepted(findings)
    }

    private var isOverdue: Bool { !missing.isEmpty && arrival.now >= deadline }

    private var deadline: Int64 { arrival.received.received + limits.incompletePatience }

    func rejected(_ findings: [Finding]) -> Examined {
        var examined = self.examined(.rejected, findings)
        examined.replayed = arrival.isReplay ? arrival.text.identity : nil
        return examined
    }

    private func held(_ findings: [Finding]) -> Examined {
        var examined = self.examined(.held, findings)
        examined.verdict.waitsFor = missing.map { "\($0.name) (\($0.entry.size) bytes) is missing." }
        examined.next = [
            "Upload what is missing to /\(path.directory) by \(UTCDate(secondsSince1970: deadline)); nothing else has to be sent again."
        ]
        examined.retryAt = deadline
        return examined
    }

    /// When a delayed upload is taken, unless that is now: by the last order about it, else by its path.
    private var due: Int64? {
        let byPath = arrival.destination.archive?.delay.map { arrival.received.received + Int64($0) * 86_400 }
        guard let due = arrival.received.orders.due ?? byPath else { return nil }
        return due > arrival.now ? due : nil
    }

    private func delayed(_ findings: [Finding], until due: Int64) -> Examined {
        var examined = self.examined(.held, findings)
        examined.verdict.waitsFor = ["It is delayed until \(UTCDate(secondsSince1970: due))."]
        examined.next = ["Then it is judged again, and taken if nothing stands against it by then."]
        examined.retryAt = due
        return examined
    }

    private func accepted(_ findings: [Finding]) throws -> Examined {
        var examined = self.examined(.accepted, findings)
        if let source = acceptedSource {
            let builds = source.archive.buildsByItself ? source.builds : []
            let machines = builds.map(\.architecture.description).joined(separator: ", ")
            let built = machines.isEmpty ? "" : "built for \(machines), and "
            examined.next = ["It is \(built)published in \(source.archive.reference) \(source.suite.name)."]
            examined.effect = .source(source, bytesToStore)
        } else if let packages = acceptedPackages(records: records) {
            examined.next = ["They are published in \(packages.archive.reference) \(packages.suite.name)."]
            examined.effect = .packages(packages, bytesToStore)
        } else {
            throw IntakeFault("Nothing refuses \(changes.source) \(changes.version), and there is nothing in it.")
        }
        return examined
    }

    func examined(_ outcome: Verdict.Outcome, _ findings: [Finding]) -> Examined {
        var examined = Examined(
            Verdict(
                outcome, findings: findings, archive: arrival.destination.archive?.archive.reference,
                suite: suite?.name, package: changes.source.description, version: changes.version.description),
            signer: arrival.signer)
        examined.heldFor = outcome == .held ? arrival.destination.archive?.archive.id : nil
        examined.files = files.map { $0.reported(.init(of: outcome)) }
        examined.changes = changes.changes
        return examined
    }

    private static func missingFile(_ file: NeededFile) -> Finding {
        Finding(
            .missingFile, "\(file.listings[0].lister) lists it, and it was not uploaded.",
            file: file.name.description, field: "Files", expected: "\(file.entry.size) bytes",
            remedy:
                "Upload it too; an upstream tarball that the archive does not have is included with dpkg-buildpackage -sa."
        )
    }

    private var acceptedSource: AcceptedSource? {
        guard let archive = arrival.destination.archive?.archive, let suite, let source, let plan,
            let dsc = changes.dsc.flatMap({ content(of: $0) })
        else { return nil }
        var accepted = AcceptedSource(
            archive: archive, suite: suite, name: source.source, version: source.version, dsc: dsc,
            files: source.files.compactMap { content(of: $0) }, control: source.paragraph, component: component,
            section: section, priority: priority, changes: changes.changes, signer: arrival.signer,
            signingKey: arrival.text.signer, signatureIdentity: arrival.text.identity,
            builds: builds(of: plan, source), records: records, packages: inside?.accepted ?? [])
        accepted.room = limits.quotas.limit(of: archive)
        accepted.mayActAgain = arrival.isSentBySigner
        accepted.said = arrival.received.orders.override
        accepted.claim = claim(archive, suite)
        return accepted
    }

    private func content(of entry: FileEntry) -> CatalogFile? {
        files.first { $0.name == entry.name }?.content
    }

    /// The `.changes` itself, and what is neither published nor of no use later: the `.buildinfo`.
    private var records: [CatalogFile] {
        let changes = Digester.digests(of: arrival.received.bytes)
        let text = CatalogFile(
            name: path.name, size: changes.size, md5: changes.md5, sha1: changes.sha1, sha256: changes.sha256,
            sha512: changes.sha512)
        return [text]
            + files.filter { !$0.kind.isSource && !PackageEvidence.isPublished($0.kind) }.compactMap(\.content)
    }

    private var bytesToStore: BytesToStore {
        BytesToStore(files: files.compactMap(\.sent), texts: [arrival.received.bytes])
    }
}

extension UploadReport.File.State {
    /// Of a file that was sent.
    fileprivate init(of outcome: Verdict.Outcome) {
        self =
            switch outcome {
            case .accepted: .accepted
            case .rejected, .ignored: .rejected
            case .held, .failed: .waits
            }
    }
}
