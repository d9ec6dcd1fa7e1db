internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

/// What becomes of packages that a person uploads.
extension Evidence {
    var uploadedArchitectures: Set<Architecture> { Set((inside?.accepted ?? []).map(\.architecture)) }

    /// Nothing that was uploaded is built once more.
    func builds(of plan: BuildPlan, _ source: SourceControl) -> [PlannedBuild] {
        guard isBuiltHere else { return [] }
        return plan.builds(besides: uploadedArchitectures, source: source.architectures)
    }

    /// nil when there is something missing that a finding tells.
    func acceptedPackages(records: [CatalogFile]) -> AcceptedPackages? {
        guard let archive = arrival.destination.archive?.archive, let suite, let inside, !changes.isSourceful else {
            return nil
        }
        var accepted = AcceptedPackages(
            archive: archive, suite: suite, source: changes.source, version: changes.sourceVersion,
            packages: inside.accepted, records: records, signingKey: arrival.text.signer,
            signatureIdentity: arrival.text.identity)
        accepted.room = limits.quotas.limit(of: archive)
        accepted.mayActAgain = arrival.isSentBySigner
        accepted.claim = claim(archive, suite)
        return accepted
    }

    /// What the judgement went by, to be asked again where the upload is taken.
    func claim(_ archive: Archive, _ suite: ArchiveSuite) -> UploadClaim {
        var claim = UploadClaim(
            archive: archive, suite: suite, source: changes.source, version: changes.sourceVersion,
            component: component, architectures: changes.architectures, key: arrival.text.signer)
        claim.dscKey = dsc.signer
        claim.skipsNew = !newNames.isEmpty && !isAdmitted
        return claim
    }
}
