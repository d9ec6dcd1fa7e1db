public import ArchiveModel
public import DebianControl

/// What an upload wants of an archive, and by whose word: as it was when it was judged. The transaction that takes it asks once
/// more, as judging may have taken minutes.
public struct UploadClaim: Sendable, Hashable {
    public let archive: Archive
    public let suite: ArchiveSuite
    public let source: PackageName
    public let version: PackageVersion
    public var component: ComponentName
    /// As its `.changes` lists them, `source` among them.
    public var architectures: [Architecture]
    /// That signed the `.changes`: its person needs the rights.
    public let key: Fingerprint
    /// That signed its `.dsc`, perhaps another person's: it has to act, and needs no right.
    public var dscKey: Fingerprint?
    /// It has names that the archive never had, and does not wait in NEW, as a right of its signer's says.
    public var skipsNew = false

    public init(
        archive: Archive, suite: ArchiveSuite, source: PackageName, version: PackageVersion, component: ComponentName,
        architectures: [Architecture], key: Fingerprint
    ) {
        self.archive = archive
        self.suite = suite
        self.source = source
        self.version = version
        self.component = component
        self.architectures = architectures
        self.key = key
    }
}

extension UploadRights {
    /// Those of the architectures for which these rights do not reach.
    /// - Parameter skippingNew: counts only rights by which nothing waits in NEW; an owner has none of these.
    public func uncovered(
        _ architectures: [Architecture], of source: PackageName, in suite: SuiteName, _ component: ComponentName,
        skippingNew: Bool = false
    ) -> [Architecture] {
        guard case .given(let rights) = self else { return skippingNew ? architectures : [] }
        return architectures.filter { architecture in
            !rights.contains { right in
                (right.skipsNew || !skippingNew)
                    && right.covers(source: source, suite: suite, architecture: architecture, component: component)
            }
        }
    }
}

extension Connection {
    /// Everything that an upload's judgement took from the catalog and that is not its own: who signed it, the archive, the
    /// suite, rights, denials. What is judged anew gets the finding that belongs to it.
    /// - Throws: `Conflict` when any of it does not hold any more.
    func guardStillTaken(_ claim: UploadClaim) throws {
        for key in [claim.key, claim.dscKey].compactMap(\.self) { try guardActs(key) }
        try guardTakes(archive: claim.archive.id)
        guard let archive = try archive(claim.archive.reference), archive.takes(likeThatOf: claim) else {
            throw Conflict("\(claim.archive.reference) takes other uploads by now.")
        }
        try guardNotBarred(archive, signer: claim.key)
        try guardRights(claim)
        try guardNotDenied(claim)
    }

    private func guardRights(_ claim: UploadClaim) throws {
        guard case .person(let person, _)? = try signer(claim.key) else {
            throw Conflict("The key \(claim.key) is no person's by now.")
        }
        let rights = try uploadRights(of: person, key: claim.key, to: claim.archive)
        let uncovered = rights.uncovered(
            claim.architectures, of: claim.source, in: claim.suite.name, claim.component, skippingNew: claim.skipsNew)
        guard uncovered.isEmpty else {
            throw Conflict("\(person.name) may not upload \(claim.source) to \(claim.archive.reference) by now.")
        }
    }

    private func guardNotDenied(_ claim: UploadClaim) throws {
        let denials = try denials(source: claim.source, key: claim.key, in: claim.archive)
        guard !denials.contains(where: { $0.covers(claim.version, suite: claim.suite.name) }) else {
            throw Conflict("\(claim.source) \(claim.version) is denied by now.")
        }
    }
}

extension Archive {
    /// Whether it takes what it took when the claim was judged. Its versions, file names and room are asked by themselves.
    fileprivate func takes(likeThatOf claim: UploadClaim) -> Bool {
        let before = claim.archive
        return suite(claim.suite.name) == claim.suite && hasNew == before.hasNew
            && takesBinaries == before.takesBinaries && components == before.components && quota == before.quota
    }
}
