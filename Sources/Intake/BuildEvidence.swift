internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import PackageFiles

/// What the checks of a build's result look at.
struct BuildEvidence: Sendable {
    let name: FileName
    let build: BuildRecord
    /// Where it goes; nil when that is gone.
    let archive: Archive?
    let limits: IntakeConfiguration
    let changes: Changes
    let files: [NeededFile]
    /// The binary packages that are here, read.
    let packages: [BuiltPackage]
    /// The `.buildinfo` files that are here, read; an unreadable one has its findings.
    let buildinfos: [Result<BuildInfo, Mistakes>]

    /// What is published: installer packages (`.udeb`) would need indexes of their own.
    static func isPublished(_ kind: UploadFileKind) -> Bool { kind == .deb || kind == .ddeb }
}

/// A binary package file and what its control file says.
struct BuiltPackage: Sendable {
    let file: NeededFile
    let control: Result<BinaryControl, Mistakes>
    /// What is wrong with the files in it.
    let contents: [Finding]

    /// Reads the file in place, for a thread that may wait.
    /// - Throws: failures of ours.
    init(reading file: NeededFile, at place: FilePlace, now: Int64) throws {
        self.file = file
        let deb: DebFile
        do {
            deb = try DebFile(reading: place.open())
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
