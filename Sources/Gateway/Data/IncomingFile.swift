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

    init(_ descriptor: consuming OwnedDescriptor, part: String, offset: Int64, _ file: VirtualFile, in folder: Folder) {
        self.descriptor = descriptor
        self.part = part
        self.offset = offset
        self.file = file
        self.folder = folder
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
        try descriptor.write(bytes)
    }

    func name() throws(FileFailure) {
        try folder.move(part, to: file.place, replacing: true)
    }

    /// A failure leaves the part behind; it is removed before the folder is handed over.
    func discard() {
        try? folder.remove(part)
    }
}
