internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import PackageFiles
internal import SourceTree

/// Reads what dpkg-source has made once more, in reach of a stranger's package, and puts it into the content store.
struct RemadeReading {
    private let wanted: WantedSourceRebuild
    private let kept: KeptFiles
    /// Bytes that the archive has room for; nil is no limit.
    private let room: Int64?

    init(_ wanted: WantedSourceRebuild, _ kept: KeptFiles, room: Int64? = nil) {
        (self.wanted, self.kept, self.room) = (wanted, kept, room)
    }

    /// Returns when the files are in the store for good.
    /// - Throws: `WishMistake` when they are not a new version of the source.
    func read(_ remade: RemadeSource) throws -> ImportedSource {
        let control = try control(of: remade)
        guard control.format.rawValue == wanted.control["Format"], let name = dscName else {
            throw WishMistake("dpkg-source made another format of it, \(control.format).")
        }
        let dsc = try described(name, of: remade)
        let files = try control.files.map { try file($0, of: remade) }
        let new = [dsc] + files.filter { !wanted.files.contains($0) }
        // It may have been packed more tightly than dpkg-source packs it.
        try Self.refuse(wanted, new.reduce(0) { $0 + $1.size }, moreThan: room)
        try kept.keep(new) { try remade.open($0.name) }
        return ImportedSource(
            control, dsc: dsc, files: files, section: wanted.section, priority: wanted.priority, binaries: [])
    }

    private var dscName: FileName? { FileName("\(wanted.former.name)_\(wanted.version.withoutEpoch).dsc") }

    private func control(of remade: RemadeSource) throws -> SourceControl {
        do {
            let control = try SourceControl(try ControlParagraph(parsing: remade.dsc))
            guard control.source == wanted.former.name, control.version.description == wanted.version.description else {
                throw WishMistake("dpkg-source made \(control.source) \(control.version) of it.")
            }
            return control
        } catch let mistakes as ControlMistakes {
            throw WishMistake(mistakes.mistakes.map(\.description).joined(separator: " "))
        } catch let mistake as ControlSyntaxError {
            throw WishMistake("Its .dsc: \(mistake)")
        }
    }

    /// What it shares with the former version has the former's bytes, which nobody need read again.
    private func file(_ entry: FileEntry, of remade: RemadeSource) throws -> CatalogFile {
        if let former = wanted.files.first(where: { $0.name == entry.name }) {
            guard entry.sha256 == former.sha256, entry.size == former.size else {
                throw WishMistake("dpkg-source made \(entry.name) with other bytes.")
            }
            return former
        }
        let made = try described(entry.name, of: remade)
        guard entry.sha256 == made.sha256, entry.size == made.size else {
            throw WishMistake("\(entry.name) has other bytes than its .dsc lists.")
        }
        return made
    }

    /// What the archive has no room for is neither made nor stored.
    /// - Throws: `WishMistake`.
    static func refuse(_ wanted: WantedSourceRebuild, _ bytes: Int64, moreThan room: Int64?) throws {
        guard let room, bytes > room else { return }
        throw WishMistake("\(wanted.archive.reference) has no room for \(bytes >> 20) MiB more.")
    }

    private func described(_ name: FileName, of remade: RemadeSource) throws -> CatalogFile {
        guard let digests = try? Digester.digests(of: remade.open(name)) else {
            throw WishMistake("\(name) is no file that dpkg-source made.")
        }
        return CatalogFile(
            name: name, size: digests.size, md5: digests.md5, sha1: digests.sha1, sha256: digests.sha256,
            sha512: digests.sha512)
    }
}
