import ArchiveModel
import DebianControl
import DurableFiles
import Foundation
import Subprocess
import SystemPackage
import Testing

@testable import SourceTree

/// What a package unpacks to here, beside what dpkg-source makes of it alone, with tar and all its programs.
struct SameTreeTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let kind: String
        /// Tarballs of it that are unpacked without tar.
        let plain: Int
        var testDescription: String { kind }
    }

    static let rows: [Row] = [
        ("native", 1), ("native-gz", 1), ("native-bz2", 1), ("native-lzma", 0), ("quilt", 2), ("quilt-component", 3),
        ("quilt-patched", 2), ("one-zero", 1), ("set-id", 1), ("link-inside", 1), ("modes", 1), ("names", 1),
        ("pax", 1), ("two-tops", 1), ("top-itself", 1), ("twice", 0), ("folder-twice", 1), ("pc", 1),
        ("debian-upstream", 2), ("behind-the-end-gz", 0), ("zeros-behind-the-end-gz", 0), ("two-streams", 1),
        ("misnamed", 0), ("no-end", 1), ("sparse", 0), ("link-absolute", 1), ("copyright-missing", 1),
        ("changelog-link-inside", 1), ("patch-out", 2), ("patch-fails", 2), ("changelog-link", 1),
    ].map { Row(kind: $0.0, plain: $0.1) }

    @Test(arguments: rows)
    func theTreeIsThatOfDpkgSource(row: Row) async throws {
        let odd = try await OddSource(row.kind)
        let bench = try Bench()
        let expected = try await Self.unpacked(byDpkgSource: odd)
        #expect(try await Self.unpacked(odd, by: bench.unpacker) == expected)
        #expect(try Self.plainTarballs(of: odd) == row.plain)
        try odd.remove()
        try bench.remove()
    }

    /// Refused before dpkg-source has its turn, by it, or by neither.
    @Test(arguments: ["behind-the-end", "wrong-sum", "empty", "cut-off", "no-tar"])
    func whatDpkgSourceRefusesIsRefused(kind: String) async throws {
        let odd = try await OddSource(kind)
        let bench = try Bench()
        #expect(try await Self.unpacked(byDpkgSource: odd) == nil)
        #expect(try await Self.unpacked(odd, by: bench.unpacker) == nil)
        try odd.remove()
        try bench.remove()
    }

    /// What cannot be written in UTF-8 is left to tar.
    @Test func aNameThatIsNotUTF8IsUnpacked() async throws {
        let odd = try await OddSource("latin1")
        let bench = try Bench()
        #expect(try await bench.unpacker.findings(in: odd.source) == [])
        #expect(try Self.plainTarballs(of: odd) == 0)
        try odd.remove()
        try bench.remove()
    }

    private static func plainTarballs(of odd: OddSource) throws -> Int {
        let folder = FilePath("/tmp/slipway-plain-\(UInt64.random(in: 0..<UInt64.max))")
        try Durably.makeFolders(folder, sync: .later)
        // As slipway-unpack does.
        setlocale(LC_CTYPE, "C.UTF-8")
        var count = 0
        for (index, file) in odd.source.files.enumerated() where file.name.description.contains(".tar.") {
            let tree = folder.appending("\(index)").string
            let isPlain = try file.open().withRaw {
                PlainTarball.unpack(file.name.description, $0.rawValue, into: tree, upTo: 1 << 30)
            }
            #expect(FileManager.default.fileExists(atPath: tree) == isPlain, "nothing is left of what is not plain")
            count += isPlain ? 1 : 0
        }
        try Durably.removeTree(folder)
        return count
    }

    /// `nil` when it is refused.
    private static func unpacked(_ odd: OddSource, by unpacker: SourceUnpacker) async throws -> [String: String]? {
        let seen = Seen()
        let looked = try await unpacker.look(into: odd.source) { tree in
            seen.tree = try listing(of: tree.path)
            return UnpackedSource(findings: [])
        }
        guard !looked.findings.contains(where: { $0.severity == .error }) else { return nil }
        return seen.tree
    }

    private static func unpacked(byDpkgSource odd: OddSource) async throws -> [String: String]? {
        let tree = odd.folder.appending("tree")
        let script = "umask 022; exec dpkg-source --no-check --no-copy -x \(odd.source.dsc) tree"
        let ended = try await run(
            .name("sh"), arguments: ["-c", script], workingDirectory: odd.folder, output: .discarded, error: .discarded)
        return ended.terminationStatus.isSuccess ? try listing(of: tree) : nil
    }

    private final class Seen: @unchecked Sendable {
        var tree: [String: String]?
    }

    /// By path: kind, rights, content or target, and of files the time, when it is not that of today's unpacking.
    private static func listing(of tree: FilePath) throws -> [String: String] {
        let root = tree.string
        let files = FileManager.default
        var found: [String: String] = [:]
        for path in [""] + (try files.subpathsOfDirectory(atPath: root)) {
            let place = path.isEmpty ? root : "\(root)/\(path)"
            let facts = try files.attributesOfItem(atPath: place)
            let kind = facts[.type] as? FileAttributeType
            let rights = (facts[.posixPermissions] as? Int).map { String($0, radix: 8) } ?? "?"
            let content =
                switch kind {
                case .typeSymbolicLink: try files.destinationOfSymbolicLink(atPath: place)
                case .typeRegular: try Data(contentsOf: URL(filePath: place)).base64EncodedString()
                default: ""
                }
            let time = kind == .typeDirectory ? nil : facts[.modificationDate] as? Date
            let old = time.map { $0.timeIntervalSinceNow < -86_400 ? "\($0.timeIntervalSince1970)" : "new" } ?? "?"
            found[path] = "\(kind?.rawValue ?? "?") \(rights) \(old) \(content)"
        }
        return found
    }
}
