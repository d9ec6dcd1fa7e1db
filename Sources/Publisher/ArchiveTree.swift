internal import ArchiveModel
internal import Catalog
internal import SystemPackage

/// Where an archive's files are.
struct ArchiveTree: Sendable {
    let root: FilePath

    init(of archive: Archive, _ configuration: PublisherConfiguration) {
        let base = archive.kind == .external ? configuration.external : configuration.archives
        root = base.appending(archive.reference.description)
    }

    var suites: FilePath { root.appending("dists") }

    /// What apt sees of a suite.
    func suite(_ name: SuiteName) -> FilePath { suites.appending(name.text) }

    /// The suite's next state while it is written, and its former one after the switch. Starts with a dot, which no
    /// suite's name does: a suite may well be named `sid.new`.
    func staging(_ name: SuiteName) -> FilePath { suites.appending(".\(name).new") }

    func pool(_ place: PoolPlace) -> FilePath { root.appending(place.path) }
}
