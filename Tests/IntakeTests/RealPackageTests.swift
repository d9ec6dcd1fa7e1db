import ArchiveModel
import Catalog
import DurableFiles
import Foundation
import Subprocess
import SystemPackage
import Testing

@testable import Intake

/// What dpkg-buildpackage and debsign of this machine really make.
@Suite(.enabled(if: RealPackage.toolsAreHere, "dpkg-dev and devscripts are not installed"))
struct RealPackageTests {
    @Test(arguments: ["3.0 (native)", "3.0 (quilt)", "1.0"])
    func aPackageOfTheRealToolsIsAccepted(format: String) async throws {
        let world = try await World(unpacks: true)
        let files = try await RealPackage(format: format).files()
        let record = try #require(try await world.send(files).first)
        #expect(record.verdict.findings.map(\.code) == ["copyright-missing"])
        #expect(record.verdict.outcome == .accepted)
        #expect(record.report.files.contains { $0.name.hasSuffix("_source.buildinfo") })
        #expect(try await world.catalog.records(ofUpload: record.id).count == 2)
    }

    @Test func whatTheTreeSaysIsInTheVerdict() async throws {
        let world = try await World(unpacks: true)
        let record = try await world.send(Draft())
        #expect(record.verdict.outcome == .rejected)
        #expect(record.codes == ["tarball-damaged"])
        #expect(record.verdict.findings.count == 2)
    }

    /// By the key that the package ships, and by another one.
    @Test(arguments: [(Who.bob, ["copyright-missing"]), (.dave, ["copyright-missing", "upstream-signature-wrong"])])
    func upstreamsSignatureIsHeldAgainstTheShippedKey(signer: Who, codes: [String]) async throws {
        let world = try await World(unpacks: true)
        let record = try await world.send(try await RealPackage(format: "3.0 (quilt)", upstream: signer).files())
        #expect(record.first?.verdict.findings.map(\.code) == codes, "\(record.map(\.verdict.findings))")
        #expect(record.first?.verdict.outcome == .accepted)
    }

    /// What is refused anyway is not unpacked: its tree has nothing to say.
    @Test func whatIsRefusedAnywayStaysPacked() async throws {
        let world = try await World(unpacks: true)
        var draft = Draft()
        draft.distribution = "sid"
        #expect(try await world.send(draft).codes == ["unknown-suite"])
    }

    /// The tarball of an accepted source comes from the store.
    @Test func filesOfTheArchiveAreUnpackedToo() async throws {
        let world = try await World(unpacks: true)
        let first = try await RealPackage(format: "3.0 (quilt)").files()
        #expect(try await world.send(first, session: "s1").map(\.verdict.outcome) == [.accepted])
        var second = try await RealPackage(format: "3.0 (quilt)", revision: 2).files()
        second = second.filter { !$0.key.contains(".orig.tar") }
        let record = try await world.send(second, session: "s2")
        #expect(record.map(\.verdict.outcome) == [.accepted], "\(record.map(\.verdict.findings))")
    }

    /// Built without `-sa`: a revision above 1 leaves the tarball out of the `.changes`, and the `.dsc` still lists it.
    @Test func aTarballThatOnlyTheDscListsIsWaitedFor() async throws {
        let world = try await World()
        var files = try await RealPackage(format: "3.0 (quilt)", revision: 2).files()
        let orig = try #require(files.keys.first { $0.contains(".orig.tar") })
        let bytes = files.removeValue(forKey: orig)
        let held = try #require(try await world.send(files, session: "s1").first)
        #expect(held.verdict.waitsFor.count == 1)
        try await world.send([orig: bytes ?? []], session: "s2")
        let woken = try await world.service.process()
        #expect(woken.map(\.verdict.outcome) == [.accepted])
    }
}

/// A small package, built and signed in a folder of its own.
struct RealPackage {
    let format: String
    var revision = 1
    /// Signs the upstream tarball; the key shipped is Bob's.
    var upstream: Who?

    static let toolsAreHere = ["dpkg-buildpackage", "debsign"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)")
    }

    private var isNative: Bool { format == "3.0 (native)" }
    private var version: String { isNative ? "1.0" : "1.0-\(revision)" }

    func files() async throws -> [String: [UInt8]] {
        let folder = FilePath("/tmp/slipway-package-\(UInt64.random(in: 0..<UInt64.max))")
        defer { try? Durably.removeTree(folder) }
        let tree = folder.appending("greet-1.0")
        try write(tree)
        // The same bytes each time, as of an upstream's.
        let tar = "tar --sort=name --mtime=@0 --exclude=debian -c greet-1.0 | gzip -n >greet_1.0.orig.tar.gz"
        try await sh(tar, in: folder)
        try await signUpstream(folder, tree)
        if isNative { try Durably.removeTree(folder.appending("greet_1.0.orig.tar.gz")) }
        try await sh("dpkg-buildpackage -S -us -uc -d", in: tree)
        let keys = try await TestKeys.shared.value
        let gpg = "gpg --homedir \(keys.home) --batch --no-tty"
        try await sh("debsign --no-conf -p'\(gpg)' -kalice@example.org *_source.changes", in: folder)
        let opened = try Folder(opening: folder)
        let names = try opened.entries().filter { $0.type == .regular }.map(\.name)
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try opened.openFile($0).readAll(limit: 1 << 20)) })
    }

    private func signUpstream(_ folder: FilePath, _ tree: FilePath) async throws {
        guard let upstream else { return }
        let keys = try await TestKeys.shared.value
        let place = tree.appending("debian").appending("upstream")
        try Durably.makeFolders(place, sync: .later)
        try Durably.write(keys.publicKeys[.bob] ?? [], to: place.appending("signing-key.asc"), sync: .later)
        let sign = "gpg --homedir \(keys.home) --batch --no-tty -u \(upstream.address) --armor --detach-sign"
        try await sh("\(sign) greet_1.0.orig.tar.gz", in: folder)
    }

    private func write(_ tree: FilePath) throws {
        let debian = tree.appending("debian")
        try Durably.makeFolders(debian.appending("source"), sync: .later)
        let texts = [
            "hello.txt": "hello\n", "debian/source/format": "\(format)\n",
            "debian/changelog": """
            greet (\(version)) bookworm; urgency=medium

              * A change.

             -- Alice <alice@example.org>  Mon, 26 Dec 2022 16:30:00 +0100

            """,
            "debian/control": """
            Source: greet
            Section: misc
            Priority: optional
            Maintainer: Alice <alice@example.org>
            Standards-Version: 4.6.2

            Package: greet
            Architecture: any
            Description: greets
             In full.

            """,
            "debian/rules": "#!/usr/bin/make -f\n%:\n\ttrue\n",
        ]
        for (name, text) in texts {
            let mode: FilePermissions = name == "debian/rules" ? .publicFolder : .worldReadable
            try Durably.write(
                Array(text.utf8), to: tree.appending(FilePath(name).components), permissions: mode, sync: .later)
        }
    }

    private func sh(_ command: String, in folder: FilePath) async throws {
        let result = try await run(
            .path("/bin/sh"), arguments: ["-c", command], workingDirectory: folder,
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        guard result.terminationStatus.isSuccess else {
            throw TestFailure("\(command): \(result.standardError)")
        }
    }
}
