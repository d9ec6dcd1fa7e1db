internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import OpenPGP
internal import PackageFiles

/// What the checks of binary packages look at, whoever made them: a builder, or the person who uploads them.
struct PackageEvidence: Sendable {
    let archive: ArchiveReference
    /// All that the `.changes` lists.
    let listed: [FileEntry]
    /// The binary packages that are here, read.
    let packages: [BuiltPackage]
    /// The `.buildinfo` files that are here, read; an unreadable one has its findings.
    let buildinfos: [Result<BuildInfo, Mistakes>]
    /// Of the sources that packages say to have parts of, those that nobody here knows.
    private(set) var unknownSources: Set<SourceVersion> = []

    /// What is published: installer packages (`.udeb`) would need indexes of their own.
    static func isPublished(_ kind: UploadFileKind) -> Bool { kind == .deb || kind == .ddeb }

    /// Reads what is here, for a thread that may wait.
    /// - Throws: failures of ours.
    init(reading files: [NeededFile], listed: [FileEntry], for archive: ArchiveReference, now: Int64) throws {
        self.archive = archive
        self.listed = listed
        let sent = files.compactMap { file in file.sent.map { (file, $0) } }
        packages = try sent.filter { Self.isPublished($0.0.kind) }
            .map { try BuiltPackage(reading: $0.0, $0.1, now: now) }
        buildinfos = try sent.filter { $0.0.kind == .buildinfo }.map { try Self.buildinfo($0.0, $0.1) }
    }

    /// Looks up what packages say to have parts of.
    func lookingUpSources(
        in suite: ArchiveSuite, of archive: Archive, _ catalog: Catalog
    ) async throws -> PackageEvidence {
        let named = packages.compactMap(\.readControl).flatMap(\.builtUsing).map {
            SourceVersion($0.source, $0.version)
        }
        guard !named.isEmpty else { return self }
        var evidence = self
        evidence.unknownSources = try await catalog.unknown(Set(named), in: suite, of: archive)
        return evidence
    }

    /// What enters the catalog.
    var accepted: [AcceptedBinaries.Binary] {
        packages.compactMap { package in
            guard let control = package.readControl, let content = package.file.content else { return nil }
            return AcceptedBinaries.Binary(
                name: control.package, version: control.version, architecture: control.architecture, file: content,
                section: control.section ?? package.file.entry.section ?? "misc", control: control.paragraph)
        }
    }

    /// Who built it need not sign it; what counts is that the `.changes` lists it.
    static func buildinfo(_ file: NeededFile, _ sent: SentFile) throws -> Result<BuildInfo, Mistakes> {
        do {
            let bytes = try sent.read(limit: ControlLimits.standard.bytes)
            return .success(try BuildInfo(try ControlParagraph(parsing: try UnprovenText(reading: bytes).text)))
        } catch let failure as FileFailure where !failure.isTooLarge {
            throw failure
        } catch {
            return .failure(Mistakes(error, file: file.name))
        }
    }
}

/// A binary package file and what its control file says.
struct BuiltPackage: Sendable {
    let file: NeededFile
    let control: Result<BinaryControl, Mistakes>
    /// What is wrong with the files in it.
    let contents: [Finding]

    /// Reads the file, for a thread that may wait.
    /// - Parameter now: Unix seconds.
    /// - Throws: failures of ours.
    init(reading file: NeededFile, _ sent: SentFile, now: Int64) throws {
        self.file = file
        let deb: DebFile
        do {
            deb = try DebFile(reading: sent.open())
            contents = try PackageContents.findings(in: deb, file: file.name, now: now)
        } catch let mistake as DebFileMistake {
            control = .failure(Mistakes(mistake, file: file.name))
            contents = []
            return
        }
        do {
            control = .success(try BinaryControl(try ControlParagraph(parsing: deb.control)))
        } catch let mistakes as ControlMistakes {
            control = .failure(Mistakes(mistakes, file: file.name))
        } catch let mistake as ControlSyntaxError {
            control = .failure(Mistakes(mistake, file: file.name))
        }
    }

    var readControl: BinaryControl? { try? control.get() }
}
