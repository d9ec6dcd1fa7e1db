internal import DurableFiles
internal import SystemPackage

/// The two archives in a package file, found in its outer archive (deb(5)) and not yet looked into.
final class DebParts: Sendable {
    /// A tar archive within the file.
    struct Part: Sendable {
        let name: String
        let offset: Int64
        let size: Int64
        let compression: PartCompression
    }

    let file: OwnedDescriptor
    let control: Part
    let data: Part

    init(_ file: consuming OwnedDescriptor, _ limits: DebLimits) throws {
        let all = try ArListing(of: file, limits).members
        var needed = all.filter { !$0.name.hasPrefix("_") }[...]  // such names are for programs to skip: deb(5)
        let version = try Self.take("debian-binary", from: &needed)
        guard version.name == "debian-binary", all.first?.name == version.name else {
            throw DebFileMistake.wrongPart(expected: "debian-binary", found: all.first?.name)
        }
        control = try Self.tar("control.tar", from: &needed, PartCompression.ofControl)
        data = try Self.tar("data.tar", from: &needed, PartCompression.ofData)
        try Self.checkVersion(version, in: file)
        self.file = file
    }

    private static func take(
        _ expected: String, from members: inout ArraySlice<ArListing.Member>
    ) throws(DebFileMistake) -> ArListing.Member {
        guard let member = members.popFirst() else { throw .wrongPart(expected: expected, found: nil) }
        guard member.name.hasPrefix(expected) else { throw .wrongPart(expected: expected, found: member.name) }
        return member
    }

    private static func tar(
        _ stem: String, from members: inout ArraySlice<ArListing.Member>, _ known: Set<PartCompression>
    ) throws(DebFileMistake) -> Part {
        let member = try take(stem, from: &members)
        let compression = try PartCompression(of: member.name, stem: stem, known: known)
        return Part(name: member.name, offset: member.offset, size: member.size, compression: compression)
    }

    private static func checkVersion(_ member: ArListing.Member, in file: borrowing OwnedDescriptor) throws {
        let text = String(decoding: try file.bytes(at: member.offset, count: Int(min(member.size, 32))), as: UTF8.self)
        guard let end = text.firstIndex(of: "\n") else { throw DebFileMistake.unsupportedVersion("without an end") }
        let numbers = text[..<end].split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 2, numbers.allSatisfy({ decimal($0) != nil }), numbers[0] == "2" else {
            throw DebFileMistake.unsupportedVersion(String(text[..<end]))
        }
    }
}

extension DebParts.Part {
    /// The bytes to give to libarchive: as they are, or unpacked when it is xz.
    func source(of parts: DebParts, _ limits: DebLimits) throws -> any PieceSource {
        switch compression {
        case .xz, .lzma: try XZSource(self, of: parts, memoryLimit: limits.xzMemory)
        case .none, .gzip, .zstd, .bzip2: PartSource(self, of: parts)
        }
    }
}
