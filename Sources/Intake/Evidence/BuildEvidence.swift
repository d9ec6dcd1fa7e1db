internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// What the checks of a build's result look at.
struct BuildEvidence: Sendable {
    let name: FileName
    let build: BuildRecord
    /// Where it goes; nil when that is gone.
    let archive: Archive?
    let limits: IntakeConfiguration
    let changes: Changes
    let files: [NeededFile]
    /// What is here of packages and `.buildinfo` files.
    let inside: PackageEvidence
    /// The names of files that are in the archive's pool already.
    let pooled: Set<FileName>

    var packages: [BuiltPackage] { inside.packages }
}
