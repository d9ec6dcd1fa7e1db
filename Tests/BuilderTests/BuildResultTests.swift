import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Foundation
import SystemPackage
import Testing

@testable import Builder

/// What sbuild leaves was in the hands of the package: nothing of it is believed.
struct BuildResultTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Shell commands that change a good result.
        let change: String
        let mistake: String?
    }

    @Test(arguments: [
        Row(testDescription: "a good result", change: "true", mistake: nil),
        Row(testDescription: "no .changes", change: "rm *.changes", mistake: "0 .changes"),
        Row(testDescription: "two .changes", change: "cp tiny_1.0_all.changes more.changes", mistake: "2 .changes"),
        Row(
            testDescription: "another source", change: "sed -i 's/^Source: tiny/Source: bash/' *.changes",
            mistake: "made bash 1.0"),
        Row(
            testDescription: "another version", change: "sed -i 's/^Version: 1.0/Version: 9/; s/_1.0_/_9_/' *.changes",
            mistake: "tiny 9"),
        Row(
            testDescription: "a .changes that is a link", change: "mv *.changes x; ln -s x tiny_1.0_all.changes",
            mistake: "cannot be read"),
        Row(
            testDescription: "a .changes that is a pipe", change: "rm *.changes; mkfifo tiny_1.0_all.changes",
            mistake: "cannot be read"),
        Row(
            testDescription: "a file that is a link", change: "ln -sf /etc/shadow tiny_1.0_all.deb",
            mistake: "cannot be read"),
        Row(testDescription: "a file that is missing", change: "rm *.deb", mistake: "cannot be read"),
        Row(
            testDescription: "a file of another size", change: "echo more >> tiny_1.0_all.deb",
            mistake: "cannot be read"),
        Row(
            testDescription: "a path as a file's name",
            change: "sed -i 's/tiny_1.0_all.deb/..\\/tiny_1.0_all.deb/' *.changes", mistake: "not in order"),
        Row(
            testDescription: "bytes that are no text", change: "printf '\\377\\n' >> tiny_1.0_all.changes",
            mistake: "not UTF-8"),
        Row(
            testDescription: "a line that cannot be signed",
            change: "printf 'X-Long: %020000d\\n' 0 >> tiny_1.0_all.changes", mistake: "too long to be signed"),
        Row(
            testDescription: "more bytes than are taken", change: "sed -i 's/ 4 / 9000000000000000000 /' *.changes",
            mistake: "larger than"),
    ])
    func readsWhatSbuildLeft(_ row: Row) async throws {
        try await World.with { world in
            try await world.accept("tiny")
            let order = try #require(try await world.claim())
            let folder = world.folder.appending("result")
            try makeResult(in: folder, row.change)
            let mistake = try await mistake(order.record, folder, world)
            #expect(row.mistake.map { mistake?.contains($0) == true } ?? (mistake == nil), "\(mistake ?? "none")")
        }
    }

    @Test func resultsThatACrashLeftAreClearedAway() async throws {
        try await World.with { world in
            try await world.accept("tiny")
            let order = try #require(try await world.claim())
            let folder = world.folder.appending("result")
            try makeResult(in: folder, "true")
            for _ in 1...2 { _ = try await mistake(order.record, folder, world) }
            let shelf = world.configuration.builds.appending("\(order.record.id)")
            #expect(world.listing(shelf).filter { !$0.contains("/") }.count == 1)
        }
    }

    private func mistake(_ build: BuildRecord, _ folder: FilePath, _ world: World) async throws -> String? {
        let shelf = world.configuration.builds.appending("\(build.id)")
        try Durably.makeFolders(shelf, sync: .later)
        do {
            _ = try await BuildResult(of: build, in: folder, limit: 1 << 20).stage(on: shelf, world.parts)
            return nil
        } catch let mistake as ResultMistake {
            return mistake.description
        }
    }

    private func makeResult(in folder: FilePath, _ change: String) throws {
        try Durably.makeFolders(folder, sync: .later)
        try Durably.write(Array(Self.changes.utf8), to: folder.appending("tiny_1.0_all.changes"), sync: .later)
        try Durably.write(Array("deb\n".utf8), to: folder.appending("tiny_1.0_all.deb"), sync: .later)
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-ec", change]
        shell.currentDirectoryURL = URL(filePath: folder.string)
        try shell.run()
        shell.waitUntilExit()
        try #require(shell.terminationStatus == 0)
    }

    private static let changes = """
        Format: 1.8
        Date: Mon, 02 Mar 2026 12:00:00 +0000
        Source: tiny
        Binary: tiny
        Architecture: all
        Version: 1.0
        Distribution: bookworm
        Urgency: medium
        Maintainer: Alice Example <alice@example.org>
        Changed-By: Alice Example <alice@example.org>
        Description:
         tiny - tiny package
        Changes:
         tiny (1.0) bookworm; urgency=medium
         .
           * First.
        Checksums-Sha1:
         89a5e2d6f2c5e4bd6fdb8e1ba3a5c4e2c2a3c1de 4 tiny_1.0_all.deb
        Checksums-Sha256:
         d74cf9a7d27c6ae1bb6b3ea9d1ad6c6fd4ec3df8e0b5a21ef3c3be36d6dc1d2a 4 tiny_1.0_all.deb
        Files:
         0123456789abcdef0123456789abcdef 4 misc optional tiny_1.0_all.deb

        """
}
