import ArchiveModel
import Catalog
import DebianControl
import Foundation
import OpenPGP
import Synchronization
import SystemPackage
import Testing

@testable import Builder

/// Real builds by sbuild, in a real chroot.
@Suite(.serialized, .enabled(if: BuildMachine.problem == nil, "\(BuildMachine.problem ?? "")"))
struct RealBuildTests {
    @Test func resultComesBackAsASignedUpload() async throws {
        try await World.with(chroots: BuildMachine.readyChroots()) { world in
            try await world.publish("ours", signedBy: world.key)
            let id = try await world.accept(
                SourcePackage(
                    name: "tiny", commands: "tail -n +2 /proc/net/route | grep -q . || echo there is no network",
                    buildDepends: "ours"))
            let build = try #require(try await world.service().buildOnce())
            #expect(build.state == .uploading, "\(world.log(id))")
            #expect(world.log(id).contains("\nthere is no network\n"))
            #expect(world.log(id).contains("\nStatus: successful\n"))

            let landed = world.listing(world.configuration.landed)
            let session = try #require(landed.first)
            #expect(session.hasPrefix("build-\(id)-"))
            let names = ["tiny_1.0_all.buildinfo", "tiny_1.0_all.changes", "tiny_1.0_all.deb"]
            #expect(
                Array(landed.dropFirst()) == ["\(session)/builds", "\(session)/builds/\(id)"]
                    + names.map { "\(session)/builds/\(id)/\($0)" })
            let place = world.configuration.landed.appending(session).appending("builds").appending("\(id)")
            let changes = try Changes(ControlParagraph(parsing: await world.verified(place.appending(names[1]))))
            #expect(changes.distribution == ["bookworm"])
            #expect(changes.files.map(\.name.description).sorted() == [names[0], names[2]])

            #expect(world.hints.withLock { $0 } == 1)
            #expect(world.entries(world.configuration.work) == [])
            #expect(world.listing(world.configuration.builds.appending("\(id)")) == ["log"])
            #expect(try await world.catalog.letters(limit: 1).isEmpty)
        }
    }

    /// What an archive depends on is there in its builds, each archive with its own key and no other.
    @Test(arguments: [true, false])
    func whatTheArchiveDependsOnIsThere(_ isSignedByItsOwner: Bool) async throws {
        try await World.with(chroots: BuildMachine.readyChroots()) { world in
            try await world.publish("ours", signedBy: world.key)
            let own = try await world.keys.makeKey(userID: "Base <base@example.org>")
            let base = try await world.depend(on: "~alice/debian/base", key: own)
            try await world.publish("theirs", signedBy: isSignedByItsOwner ? own : world.key, in: base)
            let id = try await world.accept(
                SourcePackage(
                    name: "tiny", commands: "grep -h ^deb /etc/apt/sources.list.d/sbuild-extra-repositories.list",
                    buildDepends: "ours, theirs"))
            let build = try #require(try await world.service().buildOnce())
            #expect(build.state == (isSignedByItsOwner ? .uploading : .wanted), "\(world.log(id))")
            let lines = world.log(id).split(separator: "\n").filter { $0.hasPrefix("deb [signed-by") }
            let expected = ["0.gpg] file:/srv/slipway", "1.gpg] file:/srv/slipway-1"].map {
                "deb [signed-by=/srv/slipway-keys/\($0) bookworm main"
            }
            #expect(!isSignedByItsOwner || lines.map(String.init) == expected)
            #expect(isSignedByItsOwner || world.log(id).contains("NO_PUBKEY"))
        }
    }

    /// sbuild writes the changelog, and the package's own version follows it.
    @Test func aRebuildHasAVersionOfItsOwn() async throws {
        try await World.with(chroots: BuildMachine.readyChroots()) { world in
            let first = try await world.accept(
                SourcePackage(name: "tiny", commands: "head -n 6 debian/changelog", architecture: "any"))
            let id = try await world.rebuild("tiny", afterBuild: first)
            let build = try #require(try await world.service().buildOnce())
            #expect(build.id == id && build.state == .uploading, "\(world.log(id))")
            #expect(world.log(id).contains("\ntiny (1.0+b1) bookworm; urgency=low, binary-only=yes\n"))
            #expect(world.log(id).contains("\n  * It's \"quoted\"; $(not run).\n"))
            let session = try #require(world.listing(world.configuration.landed).first)
            let place = world.configuration.landed.appending(session).appending("builds").appending("\(id)")
            let text = try await world.verified(place.appending("tiny_1.0+b1_amd64.changes"))
            let changes = try Changes(ControlParagraph(parsing: text))
            #expect(changes.version == PackageVersion("1.0+b1") && changes.sourceVersion == PackageVersion("1.0"))
            #expect(changes.files.map(\.name.description).contains("tiny_1.0+b1_amd64.deb"))
        }
    }

    @Test func failureIsMailedWithTheEndOfTheLog() async throws {
        try await World.with(chroots: BuildMachine.readyChroots()) { world in
            let id = try await world.accept(SourcePackage(name: "broken", commands: "echo it goes boom; false"))
            let build = try #require(try await world.service().buildOnce())
            #expect(build.state == .failed)
            #expect(build.cause == "The build failed at stage build.")
            let letters = try await world.catalog.letters(limit: 2)
            let letter = try #require(letters.first?.letter)
            #expect(letters.count == 1)
            #expect(letter.recipient == world.alice.mail)
            guard case .buildFailed(let report) = letter.content else { throw Unexpected() }
            #expect(report.build == id)
            #expect(report.package == "broken")
            #expect(report.logTail.contains("\nit goes boom\n"))
            #expect(report.logTail.hasSuffix("subprocess returned exit status 2\n"))
            #expect(world.listing(world.configuration.landed) == [])
            #expect(world.entries(world.configuration.work) == [])
        }
    }

    @Test func missingDependencyIsNamedOnceTheArchiveStandsStill() async throws {
        try await World.with(chroots: BuildMachine.readyChroots()) { world in
            let id = try await world.accept(
                SourcePackage(name: "needy", commands: "true", buildDepends: "no-such-thing (>= 2)"))
            let build = try #require(try await world.service().buildOnce())
            #expect(build.state == .wanted, "the suite waits for the publisher")
            #expect(build.cause?.hasPrefix("Build dependencies are not there: no-such-thing") == true)
            try await world.publish("ours", signedBy: world.key)
            #expect(try await world.service().buildOnce()?.state == .failed)
            #expect(try await world.catalog.build(id)?.cause == build.cause)
        }
    }

    @Test func archiveSignedByAnotherKeyIsNotRead() async throws {
        try await World.with(chroots: BuildMachine.readyChroots()) { world in
            let other = try await world.keys.makeKey(userID: "Mallory <mallory@example.org>")
            try await world.publish("ours", signedBy: other)
            let id = try await world.accept(SourcePackage(name: "tiny", commands: "true", buildDepends: "ours"))
            let build = try #require(try await world.service().buildOnce())
            #expect(build.state == .wanted, "it is not the package's fault")
            #expect(build.attempts == 0)
            #expect(build.cause?.contains("apt-get-update") == true)
            #expect(world.log(id).contains("NO_PUBKEY"))
            #expect(try await world.catalog.letters(limit: 2).map(\.recipient) == [World.admin.description])
        }
    }

    enum Ending: CaseIterable { case serviceStops, buildIsCancelled }

    @Test(arguments: Ending.allCases)
    func nothingStaysOfABuildThatWasEnded(_ ending: Ending) async throws {
        try await World.with(chroots: BuildMachine.readyChroots()) { world in
            let id = try await world.accept(
                SourcePackage(name: "slow", commands: "echo begins; setsid sleep 10000 & sleep 10000"))
            let service = world.service()
            let running = Task { try await service.run() }
            defer { running.cancel() }
            try await eventually { world.log(id).contains("\nbegins\n") }
            let sbuild = try #require(world.runningBuild)
            let processes = [sbuild] + sbuild.descendants
            #expect(processes.count > 3)
            if ending == .buildIsCancelled { try await world.catalog.cancelBuild(id, cause: "Not needed.", now: 5) }
            if ending == .serviceStops { running.cancel() }
            let state: BuildState = ending == .serviceStops ? .wanted : .cancelled
            try await eventually {
                try await world.catalog.build(id)?.state == state
                    && world.entries(world.configuration.work) == []
            }
            running.cancel()
            try await running.value
            try await eventually { processes.allSatisfy { !$0.isAlive } }
            #expect(world.listing(world.configuration.landed) == [])
            #expect(try await world.catalog.letters(limit: 9).isEmpty)
        }
    }
}

struct Unexpected: Error {}

/// Looks again and again until it is so; the test's own time limit ends it when it never is.
func eventually(_ isSo: () async throws -> Bool) async throws {
    for _ in 0..<2000 {
        if try await isSo() { return }
        try await Task.sleep(for: .milliseconds(100))
    }
    throw Unexpected()
}

extension World {
    /// sbuild, while a build runs.
    var runningBuild: ProcessIdentity? {
        let folder = entries(configuration.work).first.map { configuration.work.appending($0) }
        let text = folder.flatMap { try? bytes($0.appending("process")) }
        return pid_t(String(decoding: text ?? [], as: UTF8.self).prefix { $0 != " " }).flatMap { ProcessIdentity($0) }
    }

    /// The text of a file that the builder has clearsigned.
    func verified(_ path: FilePath) async throws -> String {
        let keyring = try Keyring(home: folder.appending("keyring"))
        _ = try await keyring.add(await keys.exportPublic(key, armored: true))
        let text = try await SignatureVerifier(keyring: keyring).verify(clearsigned: bytes(path))
        #expect(text.signer == key)
        return text.text
    }
}
