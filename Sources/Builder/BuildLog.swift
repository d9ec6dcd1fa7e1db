internal import DurableFiles
internal import Subprocess
internal import Synchronization
internal import SystemPackage

/// A build's log, `builds/<id>/log`: written as the build runs and readable all the time.
final class BuildLog: Sendable {
    /// More came than is kept.
    struct Overflow: Error {}

    let path: FilePath
    private let file: OwnedDescriptor
    private let room: Mutex<Int64>

    /// Starts the log anew. `limit` is in bytes.
    init(in folder: FilePath, limit: Int64) throws {
        try Durably.makeFolders(folder, permissions: .publicFolder)
        let opened = try Folder(opening: folder)
        try opened.removeTree("log")
        file = try opened.createFile("log", permissions: .worldReadable)
        path = folder.appending("log")
        room = Mutex(limit)
    }

    /// - Throws: `Overflow`, once the log is full.
    func append(_ bytes: UnsafeRawBufferPointer) throws {
        let kept = room.withLock { room in
            let kept = min(room, Int64(bytes.count))
            room -= kept
            return Int(kept)
        }
        try file.write(UnsafeRawBufferPointer(rebasing: bytes[..<kept]))
        guard kept == bytes.count else { throw Overflow() }
    }

    /// A remark of ours in the log.
    func note(_ text: String) {
        var line = "\nSlipway: \(text)\n"
        line.withUTF8 { try? file.write(UnsafeRawBufferPointer($0)) }
    }

    /// The last part of it, `limit` bytes at most.
    func end(limit: Int = 256 << 10) throws -> String {
        let size = try file.status().size
        let length = Int(min(size, Int64(limit)))
        let bytes = try [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            count = try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: size - Int64(length))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
