internal import DurableFiles
internal import NIOCore
internal import NIOPosix
internal import SystemPackage

/// An open file that is being sent. All reading happens on the thread pool: a slow disk holds up no event loop.
final class ServedFile: Sendable {
    private let descriptor: OwnedDescriptor
    let validators: FileValidators

    /// Bytes read at a time, and so held for each connection.
    static let pieceSize = 128 << 10

    /// Opens the file at `path` beneath the folder, following no link. Blocks.
    /// - Returns: `nil` when there is no such file.
    static func open(_ path: String, in folder: FilePath, now: Int64) throws -> ServedFile? {
        do {
            return try ServedFile(Folder(opening: folder).openFile(path), now: now)
        } catch let failure as FileFailure where failure.isNoServableFile {
            return nil
        }
    }

    private init(_ descriptor: consuming OwnedDescriptor, now: Int64) throws {
        let status = try descriptor.status()
        let changed = status.rawValue.st_mtim
        let parts = [Int64(changed.tv_sec), Int64(changed.tv_nsec), Int64(status.rawValue.st_ino), status.size]
        validators = FileValidators(
            size: status.size, tag: "\"" + parts.map { String($0, radix: 36) }.joined(separator: "-") + "\"",
            modified: HTTPDate(seconds: Int64(changed.tv_sec)), now: now)
        self.descriptor = descriptor
    }

    /// Hands over the bytes of the range, a piece at a time, as fast as they are taken.
    func forEachPiece(of range: Range<Int64>, _ body: (ByteBuffer) async throws -> Void) async throws {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let piece = try await piece(at: offset, count: Int(min(Int64(Self.pieceSize), range.upperBound - offset)))
            guard piece.readableBytes > 0 else { throw FileBecameShorter() }
            offset += Int64(piece.readableBytes)
            try await body(piece)
        }
    }

    private func piece(at offset: Int64, count: Int) async throws -> ByteBuffer {
        try await NIOThreadPool.singleton.runIfActive { [self] in
            var buffer = ByteBufferAllocator().buffer(capacity: count)
            try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
                try descriptor.read(into: UnsafeMutableRawBufferPointer(rebasing: space[..<count]), at: offset)
            }
            return buffer
        }
    }
}

/// The length was promised already, so the connection has to end.
struct FileBecameShorter: Error {}

extension FileFailure {
    /// Nothing is there, or something we do not serve: a folder, a link, a name too long.
    fileprivate var isNoServableFile: Bool {
        switch reason {
        case .notARegularFile, .notAName: true
        case .system(let errno):
            [
                .noSuchFileOrDirectory, .notDirectory, .isDirectory, .tooManySymbolicLinkLevels, .improperLink,
                .fileNameTooLong,
            ].contains(errno)
        case .tooLarge, .otherContent, .differs: false
        }
    }
}
