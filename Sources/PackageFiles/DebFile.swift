internal import CLibArchive
public import DurableFiles
public import SystemPackage

/// A binary package file, read in place: its control file, and lists of what its two archives hold.
///
/// The file is a stranger's. Time and memory are bounded by `DebLimits`, nothing is written to the disk, and what dpkg
/// would refuse is refused.
///
/// Everything here throws `DebFileMistake` when the package is wrong, and something else (`FileFailure`) when it is
/// ours to mend.
public struct DebFile: Sendable {
    /// The text of the control file, with its line ends as they are.
    public let control: String
    /// What the control archive holds: `control`, `md5sums`, `postinst` …
    public let controlMembers: [Member]

    private let parts: DebParts
    private let limits: DebLimits

    /// A link or anything else but a regular file at `path` is refused.
    public init(reading path: FilePath, limits: DebLimits = .standard) throws {
        try self.init(reading: OwnedDescriptor(opening: path), limits: limits)
    }

    /// Keeps the file open for `contents`.
    public init(reading file: consuming OwnedDescriptor, limits: DebLimits = .standard) throws {
        parts = try DebParts(file, limits)
        self.limits = limits
        (control, controlMembers) = try Self.control(of: parts, limits)
    }

    private static func control(of parts: DebParts, _ limits: DebLimits) throws -> (String, [Member]) {
        let reader = try TarReader(parts.control, of: parts, unpackedLimit: limits.controlArchive, limits)
        var members: [Member] = []
        var control: String?
        while let member = try reader.next() {
            members.append(member)
            guard member.path == "control", member.kind == .file else { continue }
            guard control == nil else { throw DebFileMistake.severalControlFiles }
            control = try text(of: member, in: reader, limit: limits.controlFile)
        }
        guard let control else { throw DebFileMistake.noControlFile }
        return (control, members)
    }

    private static func text(of member: Member, in reader: TarReader, limit: Int64) throws -> String {
        guard member.size <= limit else {
            throw DebFileMistake.tooLarge(what: "bytes in its control file", limit: limit)
        }
        guard let text = String(validating: try reader.bytes(of: member), as: UTF8.self) else {
            throw DebFileMistake.controlNotUTF8
        }
        return text
    }

    /// What the package installs, in its order.
    public func contents() throws -> [Member] {
        var members: [Member] = []
        try forEachInstalled { members.append($0) }
        return members
    }

    /// The same, one after the other: of some packages they are hundreds of thousands. The whole data archive is unpacked for
    /// it (not to the disk): 10 ms for a megabyte of xz.
    public func forEachInstalled(_ body: (Member) throws -> Void) throws {
        let reader = try TarReader(parts.data, of: parts, unpackedLimit: limits.dataArchive, limits)
        while let member = try reader.next() { try body(member) }
    }
}
