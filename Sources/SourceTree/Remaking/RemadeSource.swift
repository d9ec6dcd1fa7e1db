public import ArchiveModel
public import DebianControl
public import DurableFiles

/// A source package that dpkg-source has just made of another one's tree, in a folder that a stranger's package could write to:
/// nothing in it is known to be true.
public struct RemadeSource: Sendable {
    /// Its `.dsc`, as text.
    public let dsc: String
    private let folder: Folder

    /// Bytes of a `.dsc` that are read.
    private static let dscLimit = ControlLimits.standard.bytes

    /// Nil when it is not there, is no plain file, or is too large for a `.dsc`.
    init?(named dsc: FileName, in place: Scratch) {
        guard let folder = try? place.folder.folder(RemakeRequest.made),
            let bytes = try? folder.openFile(dsc.description).readAll(limit: Self.dscLimit)
        else { return nil }
        self.folder = folder
        self.dsc = String(decoding: bytes, as: UTF8.self)
    }

    /// Opens a file of it, at its first byte. What it shares with the package that it is made of is not there.
    /// - Throws: `FileFailure` for anything but a regular file.
    public func open(_ name: FileName) throws(FileFailure) -> OwnedDescriptor {
        try folder.openFile(name.description)
    }
}

/// What became of a source package that was to be made once more.
public enum Remaking<Value: Sendable>: Sendable {
    case made(Value)
    /// What keeps dpkg-source from it: the package's to mend.
    case refused([Finding])
}
