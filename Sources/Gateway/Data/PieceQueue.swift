internal import DurableFiles
internal import NIOCore

/// Bytes that came in small pieces and go to the disk in large ones: the page cache takes 512 KiB with far less work than
/// the same in pieces of 16 KiB, which is what a TLS record holds (docs/performance.md).
struct PieceQueue {
    static let writeSize = 512 << 10

    private var pieces: [ByteBuffer] = []
    private(set) var bytes = 0

    var isWorthAWrite: Bool { bytes >= Self.writeSize }

    mutating func append(_ piece: ByteBuffer) {
        pieces.append(piece)
        bytes += piece.readableBytes
    }

    /// Everything, or as much as fills whole writes; the rest waits for more.
    mutating func take(all: Bool) -> [ByteBuffer] {
        guard !all, var last = pieces.last else {
            defer { self = PieceQueue() }
            return pieces
        }
        let rest = min(bytes % Self.writeSize, last.readableBytes)
        let kept = last.getSlice(at: last.writerIndex - rest, length: rest)
        last.moveWriterIndex(to: last.writerIndex - rest)
        pieces[pieces.count - 1] = last
        defer {
            self = PieceQueue()
            if let kept, rest > 0 { append(kept) }
        }
        return pieces
    }
}

extension IncomingFile {
    /// Blocks.
    func write(_ pieces: [ByteBuffer]) throws(FileFailure) {
        guard pieces.count > 1 else {
            for piece in pieces { try write(piece) }
            return
        }
        let size = min(PieceQueue.writeSize, pieces.reduce(0) { $0 + $1.readableBytes })
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        var filled = 0
        for var piece in pieces {
            while let part = piece.readSlice(length: min(size - filled, piece.readableBytes)), part.readableBytes > 0 {
                part.withUnsafeReadableBytes {
                    UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyMemory(from: $0)
                }
                filled += part.readableBytes
                guard filled == size else { continue }
                try write(UnsafeRawBufferPointer(buffer))
                filled = 0
            }
        }
        try write(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
    }

    func write(_ piece: ByteBuffer) throws(FileFailure) {
        let result = piece.withUnsafeReadableBytes { bytes -> Result<Void, FileFailure> in
            do throws(FileFailure) {
                return .success(try write(bytes))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }
}
