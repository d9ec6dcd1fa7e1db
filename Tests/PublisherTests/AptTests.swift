import ArchiveModel
import DurableFiles
import OpenPGP
import SystemPackage
import Testing

@testable import Publisher

/// What real clients make of what is published.
@Suite struct AptTests {
    private func client(_ world: World, compression: String = "xz") async throws -> AptClient {
        try AptClient(
            world.folder.appending("apt"), archive: world.tree(),
            key: try await world.keys.exportPublic(world.key, armored: true), compression: compression)
    }

    /// A world with `hello` 1.0 and its packages published.
    private func withHello(_ body: (World) async throws -> Void) async throws {
        try await World.with { world in
            try await world.upload("hello", "1.0")
            try await world.build("hello", "1.0")
            let reports = try await world.publisher().publishOnce()
            #expect(reports.map(\.outcome) == [.published([SuiteName("bookworm")!])])
            try await body(world)
        }
    }

    @Test func aptGetsPackagesAndSources() async throws {
        try await withHello { world in
            let apt = try await client(world)
            try await apt.get("update")
            try await apt.get("download", "hello", "hello-doc")
            try await apt.get("source", "--download-only", "hello")
            #expect(try apt.got("hello_1.0_amd64.deb") == "the package hello 1.0")
            #expect(try apt.got("hello-doc_1.0_all.deb") == "the package hello-doc 1.0")
            #expect(try apt.got("hello_1.0.tar.xz") == "the source of hello 1.0")
            #expect(try apt.got("hello_1.0.dsc").contains("Source: hello"))
        }
    }

    @Test func aNewerVersionReachesAClientThatHasTheOlderOne() async throws {
        try await withHello { world in
            let apt = try await client(world)
            try await apt.get("update")
            try await world.upload("hello", "1.1")
            try await world.build("hello", "1.1")
            _ = try await world.publisher().publishOnce()
            try await apt.get("update")
            try await apt.get("download", "hello")
            #expect(try apt.got("hello_1.1_amd64.deb") == "the package hello 1.1")
        }
    }

    @Test func anEmptyArchiveIsAnArchive() async throws {
        try await World.with { world in
            _ = try await world.publisher().publishOnce()
            try await client(world).get("update")
        }
    }

    @Test(arguments: [
        ("InRelease", "xz", "signature"), ("main/binary-amd64/Packages.xz", "xz", "Hash Sum mismatch"),
        ("main/source/Sources.xz", "xz", "Hash Sum mismatch"),
        ("main/binary-amd64/Packages.gz", "gz", "Hash Sum mismatch"),
        ("main/source/Sources.gz", "gz", "Hash Sum mismatch"),
    ])
    func aFlippedBitInAnIndexIsRefused(_ file: String, compression: String, reason: String) async throws {
        try await withHello { world in
            for name in try world.names(of: "dists/bookworm/\(file)") { try world.damage(name) }
            let apt = try await client(world, compression: compression)
            let failure = await #expect(throws: ToolFailure.self) { try await apt.get("update") }
            #expect(failure?.description.contains(reason) == true, "\(failure?.description ?? "")")
        }
    }

    @Test func aFlippedBitInAPoolFileIsRefused() async throws {
        try await withHello { world in
            try world.damage("pool/main/h/hello/hello_1.0_amd64.deb")
            try world.damage("pool/main/h/hello/hello_1.0.tar.xz")
            let apt = try await client(world)
            try await apt.get("update")
            await #expect(throws: ToolFailure.self) { try await apt.get("download", "hello") }
            await #expect(throws: ToolFailure.self) { try await apt.get("source", "--download-only", "hello") }
            try await apt.get("download", "hello-doc")
        }
    }

    @Test func anotherKeyIsRefused() async throws {
        try await withHello { world in
            let other = try await world.keys.makeKey(userID: "Other <other@example.org>")
            let apt = try AptClient(
                world.folder.appending("apt"), archive: world.tree(),
                key: try await world.keys.exportPublic(other, armored: true))
            await #expect(throws: ToolFailure.self) { try await apt.get("update") }
        }
    }

    @Test func bothSignaturesAreOfTheArchivesKey() async throws {
        try await withHello { world in
            let ring = world.folder.appending("ring.gpg")
            try Durably.write(try await world.keys.exportPublic(world.key, armored: false), to: ring)
            let suite = world.tree().appending("dists/bookworm")
            let check = ["--keyring", ring.string]
            try await tool("/usr/bin/gpgv", check + [suite.appending("InRelease").string])
            try await tool(
                "/usr/bin/gpgv",
                check + [suite.appending("Release.gpg").string, suite.appending("Release").string])
        }
    }

    @Test func everyIndexUnpacksWithTheOrdinaryTools() async throws {
        try await withHello { world in
            let suite = world.tree().appending("dists/bookworm")
            for file in try world.files("dists/bookworm") where !file.contains("by-hash") {
                let path = suite.appending(file).string
                if file.hasSuffix(".xz") { try await tool("/usr/bin/xz", ["--test", path]) }
                if file.hasSuffix(".gz") { try await tool("/usr/bin/gzip", ["--test", path]) }
            }
            let packages = try await tool(
                "/usr/bin/xz", ["-dc", suite.appending("main/binary-amd64/Packages.xz").string])
            let unzipped = try await tool(
                "/usr/bin/gzip", ["-dc", suite.appending("main/binary-amd64/Packages.gz").string])
            #expect(packages == unzipped)
            #expect(packages.contains("Filename: pool/main/h/hello/hello_1.0_amd64.deb\n"))
        }
    }
}

extension World {
    /// Both names of an index; of any other file its own.
    fileprivate func names(of path: String) throws -> [String] {
        let content = try bytes(path)
        return try files("dists/bookworm").map { "dists/bookworm/\($0)" }.filter { try bytes($0) == content }
    }
}
