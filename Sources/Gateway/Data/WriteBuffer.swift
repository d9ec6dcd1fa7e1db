internal import DurableFiles
internal import NIOCore

/// Bytes that came in small pieces and go to the disk in larger ones: the page cache takes 64 KiB with far less work than
/// the same in pieces of 16 KiB, which is what a TLS record holds. Still larger ones make it look for blocks of memory that
/// the host of a virtual machine may have to give anew (docs/performance.md).
struct WriteBuffer {
    private static let writeSize = 64 << 10
    /// A write that ends within a page leaves it to be looked up again by the next one.
    private static let pageSize = 4096

    private var bytes = ByteBuffer()

    var isWorthAWrite: Bool { bytes.readableBytes >= Self.writeSize }

    /// Copies: NIOSSL decrypts into the same memory again.
    mutating func append(_ piece: ByteBuffer) {
        bytes.discardReadBytes()
        bytes.writeImmutableBuffer(piece)
    }

    /// What fills whole pages. To be written before the next `append`, which otherwise copies everything.
    mutating func takePages() -> ByteBuffer {
        let length = bytes.readableBytes / Self.pageSize * Self.pageSize
        return bytes.readSlice(length: length) ?? ByteBuffer()
    }

    mutating func takeAll() -> ByteBuffer {
        defer { bytes = ByteBuffer() }
        return bytes
    }
}

extension IncomingFile {
    /// Blocks.
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
