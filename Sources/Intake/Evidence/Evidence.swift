internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// All that the checks of a source upload look at, gathered before the first of them runs: so a check is a function of
/// values, and every one of them has its say.
struct Evidence: Sendable {
    let arrival: Arrival
    let changes: Changes
    /// Of the `.changes` and of its `.dsc`.
    let files: [NeededFile]
    let dsc: DscEvidence
    /// The names of files that are in the archive's pool already.
    let pooled: Set<FileName>
    /// Every version of this source the archive ever had.
    let history: [SourceHistory]
    /// What the archive says of versions, and this one does not keep.
    let breaches: [VersionRuleBreach]
    /// Uploads of this source that wait in the archive's NEW, besides this one.
    let waiting: [WaitingUpload]
    /// Names that the archive never had, where such uploads wait for an admin.
    let newNames: NewNames
    /// What may not be uploaded here, as far as it is about this source or this key.
    let denials: [UploadDenial]
    /// Where the archive has this source, whatever it says itself.
    let override: PackageOverride?
    /// Packages that came with it; nil where people upload none.
    let inside: PackageEvidence?
    /// The `.buildinfo` files of an upload without packages.
    let buildinfos: [Result<BuildInfo, Mistakes>]
    /// The packages of their names that the suite has.
    let live: [LivePackage]
    /// What of the source that is published already is to be built yet; empty when the source is in the upload.
    let wanted: [PlannedBuild]
    let limits: IntakeConfiguration

    var path: UploadPath { arrival.path }
    var source: SourceControl? { dsc.control }

    /// The suite's name: that of the path goes before that of the field.
    var suiteName: SuiteName? {
        arrival.destination.archive?.forcedSuite ?? changes.distribution.first.flatMap { SuiteName($0) }
    }

    var suite: ArchiveSuite? {
        suiteName.flatMap { name in arrival.destination.archive?.archive.suite(name) }
    }

    var missing: [NeededFile] { files.filter(\.isMissing) }

    /// What the suite needs built of this source.
    var plan: BuildPlan? {
        guard let source, let suite else { return nil }
        return BuildPlan(source: source.architectures, suite: suite.architectures)
    }
}

/// An upload of the same source that waits in NEW.
struct WaitingUpload: Sendable {
    let upload: Int64
    let source: WaitingSource
}

/// How far the `.dsc` could be read.
enum DscEvidence: Sendable {
    /// It is not listed, or not here: other findings say so.
    case absent
    /// The `.changes` lists other bytes: nothing in it counts.
    case damaged
    case refused([Finding])
    case read(SourceControl, signer: Fingerprint)

    var control: SourceControl? {
        switch self {
        case .read(let control, _): control
        case .absent, .damaged, .refused: nil
        }
    }

    var signer: Fingerprint? {
        switch self {
        case .read(_, let signer): signer
        case .absent, .damaged, .refused: nil
        }
    }
}
