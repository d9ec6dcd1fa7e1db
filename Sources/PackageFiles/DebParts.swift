internal import DurableFiles
internal import SystemPackage

/// The outer archive of a package (deb(5), ar(5)): three parts in fixed order.
///
/// Read here and not by libarchive, because dpkg reads it more strictly than ar does: no tables of long names, no other
/// order. Two readers that see different parts in one file are how a check is deceived.
final class DebParts: Sendable {
    struct Part: Sendable {
        let name: String
        let offset: Int64
        let size: Int64
    }

    let file: OwnedDescriptor
    let control: Part
    let data: Part

    init(_ file: consuming OwnedDescriptor, _ limits: DebLimits) throws {
        let parts = try Self.parts(of: file, limits)
        var needed = parts.filter { !$0.name.hasPrefix("_") }[...]  // such names are for programs to skip: deb(5)
        func next(_ expected: String, _ fits: (Part) -> Bool) throws(DebFileMistake) -> Part {
            guard let part = needed.popFirst() else { throw .wrongPart(expected: expected, found: nil) }
            guard fits(part) else { throw .wrongPart(expected: expected, found: part.name) }
            return part
        }
        let version = try next("debian-binary") { $0.name == "debian-binary" && parts.first?.name == $0.name }
        control = try next("control.tar") { $0.name.hasPrefix("control.tar") }
        data = try next("data.tar") { $0.name.hasPrefix("data.tar") }
        try Self.checkVersion(version, in: file)
        self.file = file
    }

    private static func checkVersion(_ part: Part, in file: borrowing OwnedDescriptor) throws {
        let text = try String(decoding: file.bytes(at: part.offset, count: Int(min(part.size, 32))), as: UTF8.self)
        guard let end = text.firstIndex(of: "\n") else { throw DebFileMistake.unsupportedVersion("without an end") }
        let numbers = text[..<end].split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 2, numbers.allSatisfy({ UInt16($0) != nil }), numbers[0] == "2" else {
            throw DebFileMistake.unsupportedVersion(String(text[..<end]))
        }
    }

    private static func parts(of file: borrowing OwnedDescriptor, _ limits: DebLimits) throws -> [Part] {
        let end = try file.status().size
        guard try file.bytes(at: 0, count: magic.count) == magic else { throw DebFileMistake.notAnArchive }
        var parts: [Part] = []
        var offset = Int64(magic.count)
        while offset < end {
            guard parts.count < limits.parts else {
                throw DebFileMistake.tooLarge(what: "parts", limit: Int64(limits.parts))
            }
            let part = try part(at: offset, of: file)
            guard part.size <= end - part.offset else { throw DebFileMistake.truncated(part: part.name) }
            parts.append(part)
            offset = part.offset + part.size + part.size % 2  // parts start at even offsets
        }
        return parts
    }

    private static func part(at offset: Int64, of file: borrowing OwnedDescriptor) throws -> Part {
        let header = try file.bytes(at: offset, count: headerSize)
        guard header.count == headerSize else { throw DebFileMistake.truncated(part: "the header of a part") }
        guard header.suffix(2) == [UInt8(ascii: "`"), UInt8(ascii: "\n")], let size = Int64(field(header[48..<58])),
            size >= 0
        else { throw DebFileMistake.damaged(part: "list of parts", reason: "a header is not one of ar") }
        var name = field(header[0..<16])
        if name.hasSuffix("/"), !name.hasPrefix("/") { name.removeLast() }  // as System V's ar ends names
        return Part(name: name, offset: offset + Int64(headerSize), size: size)
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
    fileprivate borrowing func bytes(at offset: Int64, count: Int) throws(FileFailure) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
        defer { buffer.deallocate() }
        return Array(buffer[..<(try read(into: buffer, at: offset))])
    }
}
