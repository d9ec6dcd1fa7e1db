import Catalog
import DebianControl
import DurableFiles
import Foundation
import PackageFiles
import SystemPackage
import Testing

@testable import Maintenance
@testable import SourceTree

/// What comes out of the walls is a stranger's until it was read: a package that has taken dpkg-source over gets nothing else published.
@Suite struct RemadeReadingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Nil: it is taken.
        let words: String?
        /// Of the text of the `.dsc`, after it is right.
        var text: @Sendable (String) -> String = { $0 }
        /// In the folder of what was made.
        var folder: @Sendable (Folder) throws -> Void = { _ in }
    }

    static let new = "odd_1.0-1+build1.debian.tar.xz"

    static let rows = [
        Row(testDescription: "a new version", words: nil),
        Row(
            testDescription: "another version", words: "made odd 1.0-1+build2",
            text: { $0.replacing("build1", with: "build2") }),
        Row(testDescription: "another source", words: "made even", text: { $0.replacing("odd", with: "even") }),
        Row(
            testDescription: "another format", words: "another format",
            text: {
                $0.replacing("3.0 (quilt)", with: "1.0").replacing("debian.tar.xz", with: "diff.gz")
                    .replacing("orig.tar.xz", with: "orig.tar.gz")
            }),
        Row(testDescription: "no paragraph", words: "", text: { _ in "what is this?\n" }),
        Row(
            testDescription: "upstream's file with other bytes", words: "odd_1.0.orig.tar.xz with other bytes",
            text: {
                $0.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                    line.hasSuffix(".orig.tar.xz") && line.split(separator: " ")[0].count == 64
                        ? " \(String(repeating: "1", count: 64))\(line.dropFirst(65))" : String(line)
                }.joined(separator: "\n")
            }),
        Row(
            testDescription: "other bytes than listed", words: "other bytes than its .dsc lists",
            folder: {
                try $0.remove(new)
                try $0.createFile(new).write(Array("others".utf8))
            }),
        Row(testDescription: "a file that is not there", words: "is no file", folder: { try $0.remove(new) }),
        Row(
            testDescription: "a link to a file of the service", words: "is no file",
            folder: {
                try $0.remove(new)
                try link("/etc/passwd", at: $0.path.appending(new))
            }),
    ]

    @Test(arguments: rows)
    func onlyAPlainNewVersionIsTaken(_ row: Row) async throws {
        let place = try await RebuildPlace("quilt")
        defer { place.remove() }
        try await place.want()
        let catalog = place.fixture.catalog
        let wanted = try #require(try await catalog.nextWish(WantedSourceRebuild.self, now: MaintenanceFixture.now))
        let scratch = try ScratchFolders(in: place.folder.appending("by-hand")).make()
        let made = try scratch.folder.makeFolder(RemakeRequest.made)
        try made.createFile(Self.new).write(Array("packaging".utf8))
        try made.createFile("odd_1.0-1+build1.dsc").write(Array(row.text(Self.dsc(wanted)).utf8))
        try row.folder(made)
        let remade = try #require(RemadeSource(named: FileName("odd_1.0-1+build1.dsc")!, in: scratch))
        let before = try place.fixture.store.names()
        do {
            let disk = FreeDisk(WishConfiguration(folder: place.folder))
            let source = try RemadeReading(wanted, KeptFiles(place.fixture.store, disk)).read(remade)
            #expect(row.words == nil && source.files.count == 2)
        } catch let mistake as WishMistake {
            #expect(row.words.map { mistake.description.contains($0) || $0.isEmpty } ?? false, "\(mistake)")
            #expect(try place.fixture.store.names() == before)
        }
    }

    private static func dsc(_ wanted: WantedSourceRebuild) -> String {
        let orig = wanted.files.first { $0.name.description.contains(".orig.") }
        let new = Digester.digests(of: Array("packaging".utf8))
        func list(_ field: String, _ sums: [String]) -> String {
            "\(field):\n \(sums[0]) \(orig?.size ?? 0) odd_1.0.orig.tar.xz\n \(sums[1]) \(new.size) \(Self.new)\n"
        }
        return """
            Format: 3.0 (quilt)
            Source: odd
            Binary: odd
            Architecture: any
            Version: 1.0-1+build1
            Maintainer: Alice <alice@example.org>
            Standards-Version: 4.6.2

            """ + list("Checksums-Sha256", [orig?.sha256 ?? "", new.sha256])
                + list("Files", [orig?.md5 ?? "", new.md5])
    }

    /// A package may have put a link where the `.dsc` is to be.
    @Test func aLinkIsNoDsc() async throws {
        let folder = FilePath("/tmp/slipway-remade-\(UInt64.random(in: 0..<UInt64.max))")
        defer { try? Durably.removeTree(folder) }
        let scratch = try ScratchFolders(in: folder).make()
        let made = try scratch.folder.makeFolder(RemakeRequest.made)
        try link("/etc/passwd", at: made.path.appending("odd_1.0.dsc"))
        let remade = RemadeSource(named: FileName("odd_1.0.dsc")!, in: scratch)
        #expect(remade == nil)
    }
}

private func link(_ target: String, at path: FilePath) throws {
    try FileManager.default.createSymbolicLink(atPath: path.string, withDestinationPath: target)
}
