import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Foundation
import SystemPackage
import Testing

@testable import Builder

struct SbuildCommandTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let source: String
        let buildsAll: Bool
        let options: [String]

        var testDescription: String { "\(source), \(buildsAll ? "with" : "without") all" }
    }

    @Test(arguments: [
        Row(source: "any", buildsAll: false, options: ["--no-arch-all", "--arch-any"]),
        Row(source: "any all", buildsAll: true, options: ["--arch-all", "--arch-any"]),
        Row(source: "any all", buildsAll: false, options: ["--no-arch-all", "--arch-any"]),
        Row(source: "all", buildsAll: true, options: ["--arch-all", "--no-arch-any"]),
        Row(source: "s390x all", buildsAll: true, options: ["--arch-all", "--no-arch-any"]),
    ])
    func asksForTheRightPackages(_ row: Row) {
        let words = row.source.split(separator: " ").compactMap { ArchitectureWildcard($0) }
        let native = BuildPlan.buildsNative(words, on: BuildMachine.architecture)
        #expect(SbuildCommand.packages(all: row.buildsAll, native: native) == row.options)
    }

    @Test(arguments: [
        (
            "http://127.0.0.1:8080",
            "deb [signed-by=/srv/slipway-keys/0.gpg] http://127.0.0.1:8080/~alice/debian/tools bookworm main"
        ),
        (
            "https://ppa.example.org/",
            "deb [signed-by=/srv/slipway-keys/0.gpg] https://ppa.example.org/~alice/debian/tools bookworm main"
        ),
        ("file:///usr", nil), ("ftp://example.org", nil), ("/srv/archives", nil),
    ])
    func repositoryIsALineOfSources(_ base: String, _ line: String?) throws {
        let archive = try #require(ArchiveReference("~alice/debian/tools"))
        let repository = try? PublishedRepository(of: archive, suite: BuildMachine.suite, base: base, key: [])
        #expect(repository?.line == line)
    }

    @Test func folderOfArchivesHasToBeOpen() async throws {
        try await World.with { world in
            let closed = world.folder.appending("closed")
            let tree = closed.appending("\(world.archive.reference)")
            try Durably.makeFolders(tree, sync: .later)
            func repository() throws -> PublishedRepository {
                try PublishedRepository(
                    of: world.archive.reference, suite: BuildMachine.suite, base: "file://\(closed)", key: [])
            }
            #expect(try repository().line == "deb [signed-by=/srv/slipway-keys/0.gpg] file:/srv/slipway bookworm main")
            #expect(try repository().folder == tree)
            try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: closed.string)
            #expect { try repository() } throws: {
                ($0 as? BuilderFault)?.remedy?.contains("chmod o+x \(closed)") == true
            }
        }
    }
}

/// With scripts in sbuild's place.
struct SbuildRunTests {
    @Test(arguments: [
        ("echo hello; echo there >&2; exit 3", SbuildRun.End.exited(3), "hello\nthere\n"), ("exit 0", .exited(0), ""),
        ("yes | head -c 3000", .logFull, String(repeating: "y\n", count: 512)),
        ("echo begin; setsid sleep 10000 & echo $! > left; exec sleep 10000", .overTime, "begin\n"),
        ("trap '' TERM; echo begin; while :; do sleep 1000; done", .overTime, "begin\n"),
        ("kill -9 $$", .exited(137), ""),
    ])
    func endsWithEverythingItStarted(_ script: String, _ end: SbuildRun.End, _ text: String) async throws {
        try await World.with { world in
            try await world.accept("tiny")
            let order = try #require(try await world.claim())
            let user = BuildUser(name: "tests", id: geteuid(), group: getegid())
            let folder = try BuildFolder(in: world.configuration.work, name: "run", user: user)
            let executable = folder.path.appending("sbuild")
            try Durably.write(Array(script.utf8), to: folder.path.appending("sbuild.script"), sync: .later)
            try FileManager.default.createSymbolicLink(
                atPath: executable.string,
                withDestinationPath: "\(FilePath(#filePath).removingLastComponent())/../Fixtures/as-told")
            let command = SbuildCommand(executable: executable, order: order, folder: folder, repositories: [])
            let log = try BuildLog(in: world.configuration.builds.appending("1"), limit: 1024)
            let run = SbuildRun(
                command: command, log: log, timeLimit: .seconds(end == .overTime ? 3 : 60), grace: .milliseconds(100))
            #expect(try await run.run() == end)
            #expect(try log.end() == text)
            let left = try? String(decoding: world.bytes(folder.path.appending("left")), as: UTF8.self)
            for number in (left ?? "").split(separator: "\n").compactMap({ pid_t($0) }) {
                try await eventually { ProcessIdentity(number) == nil }
            }
        }
    }
}
