internal import CLibArchive
public import DurableFiles
public import SystemPackage

/// A binary package file, read in place: its control file, and lists of what its two archives hold.
///
/// The file is a stranger's. Time and memory are bounded by `DebLimits`, nothing is written to the disk, and what dpkg would refuse is
/// refused. One bound is not ours: an xz part may ask for a dictionary of up to 4 GiB, which fills as the part is unpacked, so `contents` of
/// packages from nowhere belongs in a process with a limit on its memory.
///
/// Everything here throws `DebFileMistake` when the package is wrong and `FileFailure` when it could not be read.
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
        let reader = try TarReader(
            parts.control, of: parts, named: "control.tar", known: PartCompression.ofControl,
            unpackedLimit: limits.controlArchive, limits)
        var members: [Member] = []
        var control: [UInt8]?
        while let member = try reader.next() {
            members.append(member)
            guard member.path == "control", member.kind == .file else { continue }
            guard control == nil else { throw DebFileMistake.severalControlFiles }
            guard member.size <= limits.controlFile else {
                throw DebFileMistake.tooLarge(what: "bytes in its control file", limit: limits.controlFile)
            }
            control = try reader.bytes(of: member)
        }
        guard let control else { throw DebFileMistake.noControlFile }
        guard let text = String(validating: control, as: UTF8.self) else { throw DebFileMistake.controlNotUTF8 }
        (self.control, controlMembers) = (text, members)
    }

    /// What the package installs, in its order. The whole data archive is unpacked for it (not to the disk): 10 ms for a megabyte of xz.
    public func contents() throws -> [Member] {
        let reader = try TarReader(
            parts.data, of: parts, named: "data.tar", known: PartCompression.ofData, unpackedLimit: limits.dataArchive,
            limits)
        var members: [Member] = []
        while let member = try reader.next() { members.append(member) }
        return members
    }
}
