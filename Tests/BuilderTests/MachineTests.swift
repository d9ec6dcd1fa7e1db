import Foundation
import SystemPackage
import Testing

@testable import Builder

struct SubordinateIDsTests {
    @Test(arguments: [
        ("slipway:300000:65536", true), ("998:300000:65536", true), ("slipway:300000:1000", false),
        ("other:300000:65536\nslipway:400000:65536\n", true), ("slipway:300000", false), ("slipway:x:y", false),
        ("slipways:300000:65536", false), ("", false),
    ])
    func finds(_ table: String, _ isThere: Bool) {
        #expect(SubordinateIDs.hasRange(in: table, for: "slipway", 998) == isThere)
    }
}

struct BuildUserTests {
    @Test func rootIsRefused() {
        #expect { try BuildUser.resolve("root") } throws: { ($0 as? BuilderFault)?.cause.contains("root") == true }
    }

    @Test func unknownUserIsNamed() {
        #expect { try BuildUser.resolve("no-such-user") } throws: { "\($0)".contains("useradd") }
    }
}

struct ProcessTreeTests {
    @Test(arguments: [
        ("12 (sleep) S 1 12 12 0 -1 4194304 90 0 0 0 0 0 0 0 20 0 1 0 4711 3 1", UInt64(4711)),
        ("12 (a) R 9) S 1 12 12 0 -1 4194304 90 0 0 0 0 0 0 0 20 0 1 0 4711 3 1", 4711),
        ("12 (gone) Z 1 12 12 0 -1 4194304 90 0 0 0 0 0 0 0 20 0 1 0 4711 3 1", nil), ("12 (cut) S 1", nil), ("", nil),
    ])
    func reads(_ stat: String, _ start: UInt64?) {
        #expect(ProcessIdentity(stat: stat)?.start == start)
    }

    @Test func findsChildrenAndKnowsThemAgain() throws {
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "echo; exec sleep 1000"]
        let ready = Pipe()
        shell.standardOutput = ready
        try shell.run()
        defer { shell.waitUntilExit() }
        _ = ready.fileHandleForReading.readData(ofLength: 1)
        let own = try #require(ProcessIdentity(shell.processIdentifier))
        defer { own.kill() }
        #expect(own.isAlive)
        #expect(try #require(ProcessIdentity(getpid())).descendants.contains(own))
        #expect(!ProcessIdentity(number: own.number, start: own.start + 1).isAlive)
    }
}

struct RestsTests {
    @Test func lengthenUntilTheyAreForgotten() {
        var places = Rests<String>(first: .seconds(60), longest: .seconds(150))
        places.rest("bookworm/i386", now: 1000)
        #expect(places.resting(now: 1059) == ["bookworm/i386"])
        #expect(places.resting(now: 1060) == [])
        places.rest("bookworm/i386", now: 1060)
        #expect(places.resting(now: 1179) == ["bookworm/i386"])
        places.rest("bookworm/i386", now: 1180)
        #expect(places.resting(now: 1329) == ["bookworm/i386"], "the longest pause is 150 s, not 240")
        #expect(places.resting(now: 1330) == [])
        places.forget("bookworm/i386")
        places.rest("bookworm/i386", now: 2000)
        #expect(places.resting(now: 2060) == [])
    }
}

struct BuildFolderTests {
    @Test func successorEndsAndRemovesWhatAKilledWorkerLeft() async throws {
        try await World.with { world in
            let user = BuildUser(name: "tests", id: geteuid(), group: getegid())
            let work = world.configuration.work
            let other = try BuildFolder(in: work, name: "other@1", user: user)
            let left = try BuildFolder(in: work, name: "me@1", user: user)
            let shell = Process()
            shell.executableURL = URL(filePath: "/bin/sh")
            shell.arguments = ["-c", "setsid sleep 10000 & echo $!; exec sleep 10000"]
            let said = Pipe()
            shell.standardOutput = said
            try shell.run()
            let bytes = said.fileHandleForReading.availableData
            let child = try #require(pid_t(String(decoding: bytes, as: UTF8.self).filter(\.isNumber)))
            try left.note(try #require(ProcessIdentity(shell.processIdentifier)))
            try await BuildFolder.sweep(work, names: "me@", user: user)
            shell.waitUntilExit()
            #expect(shell.terminationReason == .uncaughtSignal)
            try await eventually { ProcessIdentity(child) == nil }
            #expect(world.entries(work) == [other.path.lastComponent?.string])
        }
    }

    @Test func folderOfSomebodyElseIsNotUsed() async throws {
        try await World.with { world in
            let work = world.folder.appending("link")
            try FileManager.default.createSymbolicLink(atPath: work.string, withDestinationPath: "/var/tmp")
            let user = BuildUser(name: "tests", id: geteuid(), group: getegid())
            #expect(throws: BuilderFault.self) { try BuildFolder(in: work, name: "x", user: user) }
        }
    }
}
