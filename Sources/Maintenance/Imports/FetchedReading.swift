internal import ArchiveModel
internal import BaseMirror
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import OpenPGP
internal import PackageFiles

/// Reads what apt has fetched, and puts it into the content store.
struct FetchedReading {
    private let wanted: WantedImport
    private let kept: KeptFiles

    init(_ wanted: WantedImport, _ kept: KeptFiles) { (self.wanted, self.kept) = (wanted, kept) }

    /// Returns when the files are in the store for good.
    /// - Throws: `WishMistake` when they are not what the base says they are.
    func read(_ fetched: FetchedSource) throws -> ImportedSource {
        let files = try fetched.source.map { try digested($0) }
        guard let dsc = files.first(where: { $0.name.description.hasSuffix(".dsc") }) else {
            throw WishMistake("The base lists no .dsc for it.")
        }
        let control = try control(of: dsc, in: fetched)
        let listed = try control.files.map { entry in
            guard let file = files.first(where: { $0.name == entry.name && $0.sha256 == entry.sha256 }) else {
                throw WishMistake("\(dsc.name) lists \(entry.name) with other bytes than the base's index.")
            }
            return file
        }
        let binaries = try fetched.packages.map { try package($0) }
        try keep(fetched, [dsc] + listed + binaries.map(\.file))
        return ImportedSource(
            control, dsc: dsc, files: listed, section: section(fetched.section),
            priority: fetched.priority ?? "optional",
            binaries: binaries)
    }

    /// apt has compared them while it fetched; what is read now may be a mirror's own file.
    private func digested(_ file: FetchedFile) throws -> CatalogFile {
        let digests = try Digester.digests(of: file.place)
        let found = ["SHA256:\(digests.sha256)", "SHA512:\(digests.sha512)"]
        guard digests.size == file.size, found.contains(file.digest) else {
            throw WishMistake("\(file.name) has other bytes than the base's index says.")
        }
        return CatalogFile(
            name: file.name, size: digests.size, md5: digests.md5, sha1: digests.sha1, sha256: digests.sha256,
            sha512: digests.sha512)
    }

    /// Whoever signed it need not be known here: the base's index vouches for its bytes.
    private func control(of dsc: CatalogFile, in fetched: FetchedSource) throws -> SourceControl {
        guard let file = fetched.source.first(where: { $0.name == dsc.name }) else {
            throw WishMistake("The base lists no .dsc for it.")
        }
        let bytes = try OwnedDescriptor(opening: file.place).readAll(limit: ControlLimits.standard.bytes)
        do {
            let control = try SourceControl(try ControlParagraph(parsing: try UnprovenText(reading: bytes).text))
            guard control.source == wanted.source.name, control.version == wanted.source.version else {
                throw WishMistake("\(dsc.name) is of \(control.source) \(control.version).")
            }
            return control
        } catch let mistakes as ControlMistakes {
            throw WishMistake("\(dsc.name): \(mistakes.mistakes.map(\.description).joined(separator: " "))")
        } catch let mistake as ControlSyntaxError {
            throw WishMistake("\(dsc.name), \(mistake)")
        }
    }

    private func package(_ file: FetchedFile) throws -> AcceptedBinaries.Binary {
        let content = try digested(file)
        do {
            let control = try BinaryControl(try ControlParagraph(parsing: DebFile(reading: file.place).control))
            guard control.source == wanted.source.name, control.sourceVersion == wanted.source.version else {
                throw WishMistake("\(file.name) is of \(control.source) \(control.sourceVersion).")
            }
            return AcceptedBinaries.Binary(
                name: control.package, version: control.version, architecture: control.architecture, file: content,
                section: control.section ?? "misc", control: control.paragraph)
        } catch let mistake as DebFileMistake {
            throw WishMistake("\(file.name): \(mistake)")
        } catch let mistakes as ControlMistakes {
            throw WishMistake("\(file.name): \(mistakes.mistakes.map(\.description).joined(separator: " "))")
        } catch let mistake as ControlSyntaxError {
            throw WishMistake("\(file.name), \(mistake)")
        }
    }

    private func keep(_ fetched: FetchedSource, _ files: [CatalogFile]) throws {
        try kept.keep(files) { file in
            guard let place = (fetched.source + fetched.packages).first(where: { $0.name == file.name })?.place else {
                throw WishMistake("\(file.name) was not fetched.")
            }
            return try OwnedDescriptor(opening: place)
        }
    }

    /// With the component that the base has it in (Policy 2.4): `contrib/utils`.
    private func section(_ section: String?) -> String {
        let word = (section ?? "misc").split(separator: "/").last.map(String.init) ?? "misc"
        return wanted.component == .main ? word : "\(wanted.component)/\(word)"
    }
}
