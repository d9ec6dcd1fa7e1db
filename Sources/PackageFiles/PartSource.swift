internal import DurableFiles
internal import SystemPackage

/// The bytes of a part of a package, a piece at a time. A piece is good until the next is asked for; an empty one is
/// the end.
protocol PieceSource: AnyObject {
    func next() throws -> UnsafeRawBufferPointer
}

/// The bytes as they are in the file.
final class PartSource: PieceSource {
    private let parts: DebParts
    private var offset: Int64
    private let end: Int64
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)

    init(_ part: DebParts.Part, of parts: DebParts) {
        self.parts = parts
        offset = part.offset
        end = part.offset + part.size
    }

    deinit { buffer.deallocate() }

    func next() throws -> UnsafeRawBufferPointer {
        let wanted = Int(min(Int64(buffer.count), end - offset))
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
        let count = try parts.file.read(into: room, at: offset)
        offset += Int64(count)
        return UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }
}
