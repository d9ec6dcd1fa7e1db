internal import Glibc
public import SystemPackage

extension ContentStore {
    /// Gives a stored file a second name, such as its place in a pool. The folder must be there. Where a hard link is
    /// not possible (another filesystem, too many links) it is a copy.
    ///
    /// Safe to repeat: a file with the same bytes at `path` is left as it is. One with other bytes throws `differs`.
    public func link(_ sha256: String, to path: FilePath, sync: SyncTime = .each) throws(FileFailure) {
        let name = try ContentName(sha256, in: root)
        let place = try Place(path)
        do {
            try systemCall("link to \(path)", root.appending(name.relative)) {
                linkat(folder.number, name.relative, place.folder.number, place.name, 0)
            }
        } catch  where error.alreadyExists {
            guard try holds(name, at: place) else { throw FileFailure("link to", path, .differs) }
        } catch  where error.reason == .system(.improperLink) || error.reason == .system(.tooManyLinks) {
            try copy(name, to: path, place)
        }
        if sync == .each { try place.folder.sync() }
    }

    private func copy(_ name: ContentName, to path: FilePath, _ place: Place) throws(FileFailure) {
        let stored = try folder.openFile(name.relative)
        do {
            try Durably.replace(path, permissions: .stored, sync: .each, replacing: false) { file throws(FileFailure) in
                try stored.forEachPiece { piece throws(FileFailure) in try file.write(piece) }
            }
        } catch  where error.alreadyExists {
            guard try holds(name, at: place) else { throw FileFailure("copy to", path, .differs) }
        }
    }

    private func holds(_ name: ContentName, at place: Place) throws(FileFailure) -> Bool {
        let stored = try folder.openFile(name.relative)
        let other = try place.folder.openFile(place.name)
        if try stored.isSameFile(as: other) { return true }
        return try stored.hasSameBytes(as: other)
    }
}

extension OwnedDescriptor {
    borrowing func isSameFile(as other: borrowing OwnedDescriptor) throws(FileFailure) -> Bool {
        let (one, two) = (try status(), try other.status())
        return one.inode == two.inode && one.deviceID == two.deviceID
    }

    borrowing func hasSameBytes(as other: borrowing OwnedDescriptor) throws(FileFailure) -> Bool {
        let (size, otherSize) = (try status().size, try other.status().size)
        guard size == otherSize else { return false }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 64)
        defer { buffer.deallocate() }
        var offset: Int64 = 0
        var same = true
        try forEachPiece { piece throws(FileFailure) in
            let count = try other.read(
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<piece.count]), at: offset)
            same = same && piece.elementsEqual(buffer[..<count])
            offset += Int64(piece.count)
        }
        return same
    }
}
