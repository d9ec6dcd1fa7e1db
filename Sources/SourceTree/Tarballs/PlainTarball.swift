internal import DebianControl
internal import Glibc

/// A tarball in which there is nothing but folders, files and links, each once and each where one expects it: unpacked by
/// libarchive in this process, it gives the tree that tar gives, and nobody has to start tar, a decompressor and chmod.
///
/// Whatever is not so plain (a member twice, sparse files, another compression than the name says, bytes behind the end) is
/// left to tar and its judgement: then nothing is kept of what was unpacked here.
struct PlainTarball {
    struct NotPlain: Error {}

    /// In the scratch folder: what was unpacked here, each tarball in a folder of its own, until dpkg-source takes it.
    static let folder = "plain"

    /// - Parameters:
    ///   - descriptor: the tarball's; read from its first byte.
    ///   - tree: a folder that is not there yet; its parent is.
    ///   - limit: bytes that may be written.
    /// - Returns: false when it is tar's to unpack.
    static func unpack(_ file: String, _ descriptor: CInt, into tree: String, upTo limit: Int64) -> Bool {
        do {
            guard lseek(descriptor, 0, SEEK_SET) == 0, let compression = compression(of: file) else { throw NotPlain() }
            let packed = try ArchiveFile(descriptor, as: .singleFile)
            guard try packed.next() != nil, packed.compressions == [compression] else { throw NotPlain() }
            var writer = try TreeWriter(in: tree, upTo: limit)
            try fill(&writer, from: try ArchiveFile(within: packed))
            try packed.finish()
            guard packed.bytesRead == size(of: descriptor) else { throw NotPlain() }
            try writer.finish()
            return true
        } catch {
            return false
        }
    }

    private static func fill(_ writer: inout TreeWriter, from archive: ArchiveFile) throws {
        var isEmpty = true
        while let member = try archive.nextPlain() {
            isEmpty = false
            try writer.add(member.member, mode: member.mode, modified: member.modified) { descriptor in
                try archive.copyData(to: descriptor)
            }
        }
        // tar calls that no archive.
        guard !isEmpty else { throw NotPlain() }
    }

    /// By the name, as dpkg-source has it; `nil` for those that are not unpacked here.
    private static func compression(of file: String) -> ArchiveFile.Compression? {
        switch file.split(separator: ".").last {
        case "gz": .gzip
        case "bz2": .bzip2
        case "xz": .xz
        default: nil
        }
    }

    private static func size(of descriptor: CInt) -> Int64? {
        var found = stat()
        return fstat(descriptor, &found) == 0 ? Int64(found.st_size) : nil
    }
}
