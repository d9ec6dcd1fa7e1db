import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import PackageFiles
import Subprocess
import SystemPackage
import Testing

@testable import Publisher

/// What the indices say.
@Suite struct ContentTests {
    private func index(
        _ world: World, _ path: String, of reference: ArchiveReference = World.tools, limits: ControlLimits = .standard
    ) async throws -> [ControlParagraph] {
        let file = world.tree(reference).appending("dists/bookworm/main/\(path).xz").string
        return try ControlParagraph.paragraphs(in: try await tool("/usr/bin/xz", ["-dc", file]), limits: limits)
    }

    private func names(_ paragraphs: [ControlParagraph]) -> [String] {
        paragraphs.map { "\($0["Package"] ?? "") \($0["Version"] ?? "")" }
    }

    @Test func everyArchitectureHasAnIndexWithItsPackagesAndThoseForAll() async throws {
        try await World.with { world in
            try await world.upload("hello", "1.0")
            try await world.build("hello", "1.0")
            _ = try await world.publisher().publishOnce()
            #expect(try names(await index(world, "binary-amd64/Packages")) == ["hello 1.0", "hello-doc 1.0"])
            #expect(try names(await index(world, "binary-arm64/Packages")) == ["hello-doc 1.0"])
            #expect(try names(await index(world, "source/Sources")) == ["hello 1.0"])
        }
    }

    @Test func aSourceIsListedWithAllItsFiles() async throws {
        try await World.with { world in
            try await world.upload("libhello", "1:1.0-1")
            _ = try await world.publisher().publishOnce()
            let source = try #require(try await index(world, "source/Sources").first)
            #expect(source["Directory"] == "pool/main/libh/libhello")
            let dsc = try world.bytes("pool/main/libh/libhello/libhello_1.0-1.dsc")
            #expect(source["Checksums-Sha256"]?.contains("\(Digester.sha256(dsc)) \(dsc.count) ") == true)
            #expect(source["Files"]?.split(separator: "\n").count == 2)
        }
    }

    /// A package's control file is the package's own; whatever was accepted has to be listed, or its suite stands still.
    @Test func aLineAsLongAsMayBeIsPublished() async throws {
        try await World.with { world in
            let longest = ControlLimits.standard.lineLength
            let line = "X-Long:" + String(repeating: "x", count: longest - "X-Long:".count)
            try await world.upload("hello", "1.0")
            try await world.build("hello", "1.0", extra: line)
            _ = try await world.publisher().publishOnce()
            let hello = try await index(world, "binary-amd64/Packages", limits: .index).first
            #expect(hello?["X-Long"]?.utf8.count == longest - "X-Long:".count)
        }
    }

    @Test func aSupersededVersionIsGoneAndItsSuccessorThere() async throws {
        try await World.with { world in
            for version in ["1.0", "1.1"] {
                try await world.upload("hello", version)
                try await world.build("hello", version)
                _ = try await world.publisher().publishOnce()
            }
            #expect(try names(await index(world, "binary-amd64/Packages")) == ["hello 1.1", "hello-doc 1.1"])
            #expect(try names(await index(world, "source/Sources")) == ["hello 1.1"])
        }
    }

    @Test func releaseSaysWhoseItIsAndListsEachIndexOnce() async throws {
        try await World.with { world in
            _ = try await world.publisher { $0.origin = "ppa.example.org" }.publishOnce()
            let release = try ControlParagraph(parsing: try world.text("dists/bookworm/Release"))
            let expected = [
                "Origin": "ppa.example.org", "Label": "~alice/debian/tools", "Suite": "bookworm",
                "Codename": "bookworm",
                "Architectures": "amd64 arm64", "Components": "main", "Description": "Tools of Alice",
                "Acquire-By-Hash": "yes",
            ]
            for (field, value) in expected { #expect(release[field] == value) }
            let listed = (release["SHA256"] ?? "").split(separator: "\n").compactMap { $0.split(separator: " ").last }
            let indices = ["main/binary-amd64/Packages", "main/binary-arm64/Packages", "main/source/Sources"]
            #expect(listed.map(String.init) == indices.flatMap { [$0, "\($0).gz", "\($0).xz"] })
            #expect(release["MD5Sum"] == nil)
        }
    }

    @Test func aPrimaryArchiveHasTheSuitesComponents() async throws {
        try await World.with { world in
            let debian = ArchiveReference("debian")!
            try await world.makeArchive(debian, kind: .primary)
            try await world.upload("hello", "1.0", to: debian, component: ComponentName("contrib")!)
            _ = try await world.publisher().publishOnce()
            #expect(try world.text("dists/bookworm/Release", of: debian).contains("Components: main contrib\n"))
            #expect(
                try world.files("pool", of: debian) == [
                    "contrib/h/hello/hello_1.0.dsc", "contrib/h/hello/hello_1.0.tar.xz",
                ])
        }
    }

    @Test func poolFilesAreTheStoresOwn() async throws {
        try await World.with { world in
            try await world.upload("hello", "1.0")
            _ = try await world.publisher().publishOnce()
            let file = try world.tree().appending("pool/main/h/hello/hello_1.0.tar.xz").stat()
            let stored = try world.store.path(Digester.sha256(try world.bytes("pool/main/h/hello/hello_1.0.tar.xz")))
                .stat()
            #expect(file.inode == stored.inode)
            #expect(file.permissions == [.ownerRead, .groupRead, .otherRead])
        }
    }

    @Test(arguments: [0, 1, 5, 3000])
    func segmentsJoinToTheWholeText(_ count: Int) {
        let paragraphs = (0..<count).map { "Package: p\($0)\nDescription: \(String(repeating: "x", count: 300))\n" }
        let segments = IndexText(paragraphs).segments
        #expect(String(decoding: segments.joined(), as: UTF8.self) == paragraphs.map { $0 + "\n" }.joined())
        #expect(segments.allSatisfy { !$0.isEmpty && $0.count < IndexText.segmentSize + 400 })
        #expect(segments.dropLast().allSatisfy { $0.count >= IndexText.segmentSize })
    }
}
