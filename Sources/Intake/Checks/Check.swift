internal import ArchiveModel

/// One rule of the archive, as a function: it says everything that is wrong by this rule, and nothing when all is well.
///
/// A new rule is a function beside those of its subject and a line in the table below.
struct Check<Subject>: Sendable {
    let findings: @Sendable (Subject) -> [Finding]

    init(_ findings: @escaping @Sendable (Subject) -> [Finding]) { self.findings = findings }
}

extension [Check<Arrival>] {
    /// What needs no field of the `.changes`.
    static let ofArrivals: Self = [
        Check(SignatureChecks.isNotReplayed), Check(SignatureChecks.isNotTooOld),
        Check(RightChecks.pathIsATarget), Check(RightChecks.archiveTakesUploads), Check(RightChecks.signerMayUpload),
        Check(ExternalChecks.nobodyIsBarred),
    ]
}

extension [Check<Evidence>] {
    static let ofSourceUploads: Self = [
        Check(RightChecks.rightCoversIt), Check(DenialChecks.isNotDenied), Check(RightChecks.suiteIsThere),
        Check(RightChecks.suiteIsOpen),
        Check(RightChecks.suiteIsThatOfTheField),
        Check(SourceChecks.isSourceOnly), Check(SourceChecks.changesNameFits), Check(SourceChecks.dscIsRead),
        Check(SourceChecks.dscAgrees), Check(SourceChecks.componentIsThere), Check(SourceChecks.canBeBuilt),
        Check(WordChecks.urgencyIsKnown), Check(WordChecks.sectionIsKnown), Check(WordChecks.priorityIsKnown),
        Check(SourceChecks.overrideSaysTheSame),
        Check(FileChecks.areNotTooMany), Check(FileChecks.haveTheirSize), Check(FileChecks.haveTheirDigests),
        Check(FileChecks.replaceNothing), Check(FileChecks.agreeWithThePrimaryArchive),
        Check(VersionChecks.isNotTaken), Check(VersionChecks.isNotWaiting), Check(VersionChecks.isNewer),
        Check(VersionChecks.keepsTheArchivesRules),
        Check(SuiteOrderChecks.isNewerThanInOtherSuites), Check(SuiteOrderChecks.isOlderThanInOtherSuites),
        Check(PackageChecks.sourceAgreesWithItsBuildinfo), Check(QuotaChecks.sourceFits),
    ]
}

extension [Check<Evidence>] {
    /// Besides those of the packages themselves.
    static let ofUploadedPackages: Self = [
        Check(UploadedPackageChecks.areOfTheSource), Check(UploadedPackageChecks.theirSourceIsHere),
        Check(UploadedPackageChecks.theirArchitectureIsThere), Check(UploadedPackageChecks.areNewer),
        Check(UploadedPackageChecks.areComplete), Check(ExternalChecks.versionIsNew),
    ]
}

extension [Check<BuildEvidence>] {
    static let ofBuilds: Self = [
        Check(BuildChecks.isOfTheSource), Check(BuildChecks.isOfTheVersion), Check(BuildChecks.hasPackages),
        Check(BuildChecks.areHere),
        Check(BuildChecks.haveTheirBytes), Check(BuildChecks.areOfTheBuild), Check(QuotaChecks.packagesFit),
    ]
}

extension [Check<PackageEvidence>] {
    static let ofPackages: Self = [
        Check(PackageChecks.canBeRead), Check(PackageChecks.namesFit), Check(PackageChecks.contentsAreSound),
        Check(PackageChecks.replaceNothing), Check(PackageChecks.agreeWithTheBuildinfo),
        Check(PackageChecks.arePublished), Check(PackageChecks.partsAreOfKnownSources),
    ]
}

extension [Finding] {
    static func of<Subject>(_ subject: Subject, by checks: [Check<Subject>]) -> [Finding] {
        checks.flatMap { $0.findings(subject) }
    }

    var hasErrors: Bool { contains { $0.severity == .error } }
}
