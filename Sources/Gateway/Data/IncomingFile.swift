internal import DurableFiles
internal import FTPProtocol

/// A file that is being received: it has no name of its own yet. Its calls block and come one after the other.
final class IncomingFile: Sendable {
    let file: VirtualFile
    let part: String
    /// Bytes that an earlier transfer left.
    let offset: Int64
    private let descriptor: OwnedDescriptor
    private let folder: Folder
    private let place: Folder

    /// The part is in the session's `folder`, the file will be in `place`.
    init(
        _ descriptor: consuming OwnedDescriptor, part: String, offset: Int64, _ file: VirtualFile, from folder: Folder,
        to place: Folder
    ) {
        self.descriptor = descriptor
        self.part = part
        self.offset = offset
        self.file = file
        self.folder = folder
        self.place = place
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
        try descriptor.write(bytes)
    }

    func name() throws(FileFailure) {
        try folder.move(part, to: place, as: file.name.description, replacing: true)
    }

    /// Whether the part is gone.
    func removePart() -> Bool {
        (try? folder.remove(part)) != nil
    }
}
