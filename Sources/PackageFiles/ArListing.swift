internal import DurableFiles
internal import SystemPackage

/// What an ar archive holds, and where (ar(5)).
///
/// Read here and not by libarchive, because dpkg reads it more strictly than ar does: it knows no tables of long
/// names. Two readers that see different members in one file are how a check is deceived.
struct ArListing {
    struct Member {
        let name: String
        let offset: Int64
        let size: Int64
    }

    let members: [Member]

    init(of file: borrowing OwnedDescriptor, _ limits: DebLimits) throws {
        let end = try file.status().size
        guard try file.bytes(at: 0, count: Self.magic.count) == Self.magic else { throw DebFileMistake.notAnArchive }
        var members: [Member] = []
        var offset = Int64(Self.magic.count)
        while offset < end {
            guard members.count < limits.parts else {
                throw DebFileMistake.tooLarge(what: "parts", limit: Int64(limits.parts))
            }
            let member = try Self.member(at: offset, of: file)
            guard member.size <= end - member.offset else { throw DebFileMistake.truncated(part: member.name) }
            members.append(member)
            offset = member.offset + member.size + member.size % 2  // members start at even offsets
        }
        self.members = members
    }

    private static func member(at offset: Int64, of file: borrowing OwnedDescriptor) throws -> Member {
        let header = try file.bytes(at: offset, count: headerSize)
        guard header.count == headerSize else { throw DebFileMistake.truncated(part: "the header of a part") }
        guard header.suffix(2) == [UInt8(ascii: "`"), UInt8(ascii: "\n")],
            let size = decimal(field(header[48..<58]))
        else { throw DebFileMistake.damaged(part: "list of parts", reason: "a header is not one of ar") }
        var name = field(header[0..<16])
        if name.hasSuffix("/"), !name.hasPrefix("/") { name.removeLast() }  // as System V's ar ends names
        return Member(name: name, offset: offset + Int64(headerSize), size: size)
    }

    /// A field of the header, without the spaces that fill it up.
    private static func field(_ bytes: ArraySlice<UInt8>) -> String {
        let text = bytes.reversed().drop { $0 == UInt8(ascii: " ") }.reversed()
        return String(decoding: text, as: UTF8.self)
    }

    private static let magic = Array("!<arch>\n".utf8)
    private static let headerSize = 60
}

extension OwnedDescriptor {
    /// Fewer than `count` only at the end of the file.
    borrowing func bytes(at offset: Int64, count: Int) throws(FileFailure) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { buffer.deallocate() }
        return Array(buffer[..<(try read(into: buffer, at: offset))])
    }
}

/// Digits and nothing else; Swift's own reading would also take a sign.
func decimal(_ text: some StringProtocol) -> Int64? {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int64(text) : nil
}
