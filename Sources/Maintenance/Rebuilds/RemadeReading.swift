internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import PackageFiles
internal import SourceTree

/// Reads what dpkg-source has made once more, in reach of a stranger's package, and puts it into the content store.
struct RemadeReading {
    private let wanted: WantedSourceRebuild
    private let store: ContentStore

    init(_ wanted: WantedSourceRebuild, _ store: ContentStore) { (self.wanted, self.store) = (wanted, store) }

    /// Returns when the files are in the store for good.
    /// - Throws: `RebuildMistake` when they are not a new version of the source.
    func read(_ remade: RemadeSource) throws -> ImportedSource {
        let control = try control(of: remade)
        guard control.format.rawValue == wanted.control["Format"], let name = dscName else {
            throw RebuildMistake("dpkg-source made another format of it, \(control.format).")
        }
        let dsc = try described(name, of: remade)
        let files = try control.files.map { try file($0, of: remade) }
        try keep([dsc] + files.filter { !wanted.files.contains($0) }, of: remade)
        return ImportedSource(
            control, dsc: dsc, files: files, section: wanted.section, priority: wanted.priority, binaries: [])
    }

    private var dscName: FileName? { FileName("\(wanted.former.name)_\(wanted.version.withoutEpoch).dsc") }

    private func control(of remade: RemadeSource) throws -> SourceControl {
        do {
            let control = try SourceControl(try ControlParagraph(parsing: remade.dsc))
            guard control.source == wanted.former.name, control.version.description == wanted.version.description else {
                throw RebuildMistake("dpkg-source made \(control.source) \(control.version) of it.")
            }
            return control
        } catch let mistakes as ControlMistakes {
            throw RebuildMistake(mistakes.mistakes.map(\.description).joined(separator: " "))
        } catch let mistake as ControlSyntaxError {
            throw RebuildMistake("Its .dsc: \(mistake)")
        }
    }

    /// What it shares with the former version has the former's bytes, which nobody need read again.
    private func file(_ entry: FileEntry, of remade: RemadeSource) throws -> CatalogFile {
        if let former = wanted.files.first(where: { $0.name == entry.name }) {
            guard entry.sha256 == former.sha256, entry.size == former.size else {
                throw RebuildMistake("dpkg-source made \(entry.name) with other bytes.")
            }
            return former
        }
        let made = try described(entry.name, of: remade)
        guard entry.sha256 == made.sha256, entry.size == made.size else {
            throw RebuildMistake("\(entry.name) has other bytes than its .dsc lists.")
        }
        return made
    }

    private func keep(_ files: [CatalogFile], of remade: RemadeSource) throws {
        var batch = store.batch()
        for file in files { try batch.add(from: remade.open(file.name), hashing: Hashing(), expecting: file.sha256) }
        try batch.commit()
    }

    private func described(_ name: FileName, of remade: RemadeSource) throws -> CatalogFile {
        guard let digests = try? Digester.digests(of: remade.open(name)) else {
            throw RebuildMistake("\(name) is no file that dpkg-source made.")
        }
        return CatalogFile(
            name: name, size: digests.size, md5: digests.md5, sha1: digests.sha1, sha256: digests.sha256,
            sha512: digests.sha512)
    }
}

/// What keeps a source from being made once more: its own to mend.
struct RebuildMistake: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
