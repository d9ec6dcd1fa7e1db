internal import ArchiveModel
internal import DebianControl

/// What a copy comes to as things stand: what is copied, and all that keeps it from being copied.
struct CopyPlan {
    let copy: PackageCopy
    let archive: Archive
    let to: ArchiveSuite
    /// The person decides what waits there: its owner, or an admin.
    let isDecider: Bool
    var sources: [CopiedSource] = []
    var findings: [Finding] = []

    /// The same while the suite is frozen: where an admin froze it, an admin.
    var decidesInFrozen: Bool { isDecider && (copy.person.isAdmin || !to.onlyAdminsOpen) }
}

/// One source of a copy.
struct CopiedSource {
    let id: Int64
    let name: PackageName
    let version: PackageVersion
    /// A suite has it still: then of its packages those are copied that the suite has, too.
    let isLive: Bool
    /// Its files are here, and not only packages made of it.
    let isHere: Bool
    let section: String
    let priority: String
    let dscSHA256: String
    /// The words of its `Architecture` field.
    let architectures: [ArchitectureWildcard]
    /// The packages it makes, as its `.dsc` says.
    let packages: [PackageName]
    /// Packages and builds are wanted for these alone; `nil`: for those of the suite.
    var only: Set<Architecture>?
    /// Where it is published from now on.
    var component = ComponentName.main
    /// The `.dsc`, and what it lists.
    var files: [StoredFile] = []
    /// The packages that are copied with it, and that the suite has not.
    var binaries: [CopiedBinary] = []
    /// The same source in the suite that is copied to, where that has it.
    var there: Int64?

    /// The suite has all of it.
    var isThere: Bool { there != nil && binaries.isEmpty }
    var title: String { "\(name) \(version)" }
    var allFiles: [StoredFile] { files + binaries.map(\.file) }
    var architecturesMade: Set<Architecture> { Set(binaries.map(\.architecture)) }
}

struct CopiedBinary {
    let id: Int64
    let name: PackageName
    let architecture: Architecture
    let section: String
    let priority: String?
    /// A builder made it, here or in an archive that it was copied from, or it is the base's: nobody uploaded it.
    let isBuilt: Bool
    let file: StoredFile
}

extension CopiedSource {
    init(row: ResultRow) throws {
        id = try row.integer("id")
        name = try row.parsed("name") { PackageName($0) }
        version = try row.parsed("version") { PackageVersion($0) }
        isLive = try row.flag("is_live")
        isHere = try row.flag("is_here")
        (section, priority) = (try row.text("section"), try row.text("priority"))
        dscSHA256 = try row.text("dsc_sha256")
        architectures = try row.text("architectures").split(whereSeparator: \.isWhitespace).compactMap {
            ArchitectureWildcard(String($0))
        }
        let names = try ControlParagraph(parsing: row.text("control"))["Binary"] ?? ""
        packages = names.split { $0 == "," || $0.isWhitespace }.compactMap { PackageName(String($0)) }
    }
}

extension CopiedBinary {
    init(row: ResultRow) throws {
        id = try row.integer("binary")
        name = try row.parsed("package") { PackageName($0) }
        architecture = try row.parsed("architecture") { Architecture($0) }
        section = try row.text("section")
        priority = try ControlParagraph(parsing: row.text("control"))["Priority"]
        isBuilt = try row.optionalInteger("build") != nil || row.optionalText("origin") != nil
        file = try StoredFile(row: row)
    }
}
