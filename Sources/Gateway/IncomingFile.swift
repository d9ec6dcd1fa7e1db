internal import DurableFiles
internal import NIOCore

/// A file that is being received: it has no name of its own yet. Its calls block and come one after the other.
final class IncomingFile: Sendable {
    private let file: OwnedDescriptor
    private let part: String
    private let place: String
    private let folder: Folder

    init(_ file: consuming OwnedDescriptor, part: String, place: String, in folder: Folder) {
        self.file = file
        self.part = part
        self.place = place
        self.folder = folder
    }

    func write(_ pieces: [ByteBuffer]) throws {
        for piece in pieces { try piece.withUnsafeReadableBytes { try file.write($0) } }
    }

    func name() throws(FileFailure) {
        try folder.move(part, to: place, replacing: true)
    }

    /// A failure leaves the part behind; it is removed before the folder is handed over.
    func discard() {
        try? folder.remove(part)
    }
}
