internal import Glibc
internal import SystemPackage

extension OwnedDescriptor {
    /// Bytes read or written at a time: large enough that calls cost nothing, small enough to stay in the cache while
    /// several digests are taken of a piece.
    public static let pieceSize = 256 << 10

    /// Reads at `offset` and returns how many bytes came; 0 at the end of the file. The file's own position stays.
    public borrowing func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
    ) throws(FileFailure) -> Int {
        try systemCall("read", path) { pread(number, buffer.baseAddress, buffer.count, off_t(offset)) }
    }

    /// Hands over the whole file from its first byte, a piece of at most 256 KiB at a time. The file's own position
    /// stays.
    public borrowing func forEachPiece(
        _ body: (UnsafeRawBufferPointer) throws(FileFailure) -> Void
    ) throws(FileFailure) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 64)
        defer { buffer.deallocate() }
        var offset: Int64 = 0
        while true {
            let count = try read(into: buffer, at: offset)
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += Int64(count)
        }
    }

    /// The whole file. Throws `tooLarge` as soon as there is a byte more than `limit`.
    public borrowing func readAll(limit: Int) throws(FileFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(min(Int64(limit), try status().size)))
        try forEachPiece { piece throws(FileFailure) in
            guard piece.count <= limit - bytes.count else { throw FileFailure("read", path, .tooLarge(limit: limit)) }
            bytes.append(contentsOf: piece)
        }
        return bytes
    }

    /// Writes all of it at the file's position.
    public borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let left = UnsafeRawBufferPointer(rebasing: rest)
            let written = try systemCall("write", path) { Glibc.write(number, left.baseAddress, left.count) }
            rest = rest.dropFirst(written)
        }
    }

    /// Writes all of it at the file's position.
    public borrowing func write(_ bytes: [UInt8]) throws(FileFailure) {
        try bytes.span.withUnsafeBytes { buffer throws(FileFailure) in try write(buffer) }
    }
}
