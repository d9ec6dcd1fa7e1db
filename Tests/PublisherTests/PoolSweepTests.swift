import ArchiveModel
import Catalog
import DurableFiles
import SystemPackage
import Testing

@testable import Publisher

@Suite struct PoolSweepTests {
    private let day: Int64 = 86_400
    private let old = ["hello-doc_1.0_all.deb", "hello_1.0.dsc", "hello_1.0.tar.xz", "hello_1.0_amd64.deb"]
    private let new = ["hello-doc_1.1_all.deb", "hello_1.1.dsc", "hello_1.1.tar.xz", "hello_1.1_amd64.deb"]

    private func pool(_ world: World) throws -> [String] {
        try world.files("pool").map { String($0.split(separator: "/").last ?? "") }.sorted()
    }

    /// A world where 1.1 is published and 1.0 was before.
    private func withTwoVersions(_ body: (World) async throws -> Void) async throws {
        try await World.with { world in
            for version in ["1.0", "1.1"] {
                try await world.upload("hello", version)
                try await world.build("hello", version)
                try await world.publish()
            }
            try await body(world)
        }
    }

    @Test func aSupersededVersionLeavesThePoolAfterItsGrace() async throws {
        try await withTwoVersions { world in
            let bytes = try await world.catalog.archives().map(\.bytes)
            world.pass(day - 600)
            try await world.publisher().sweepPools()
            #expect(try pool(world) == (old + new).sorted())
            world.pass(600)
            try await world.publisher().sweepPools()
            #expect(try pool(world) == new)
            let left = try await world.catalog.archives().map(\.bytes)
            #expect(zip(left, bytes).allSatisfy { $0 == 0 && $1 == 0 || 0 < $0 && $0 < $1 }, "\(bytes), then \(left)")
            try await world.publisher().sweepPools()
            #expect(try await world.catalog.archives().map(\.bytes) == left, "nothing is let go of twice")
            #expect(try pool(world) == new)
            #expect(try world.store.names().count == old.count + new.count, "the store keeps them")
        }
    }

    @Test func nothingGoesWhileAnIndexMayNameIt() async throws {
        try await withTwoVersions { world in
            try await world.upload("hello", "1.2")
            world.pass(2 * day)
            try await world.publisher().sweepPools()
            #expect(try pool(world) == (old + new).sorted())
        }
    }

    @Test func aFileThatAnotherSuiteNeedsStays() async throws {
        try await World.with { world in
            let both = ArchiveReference("~alice/debian/both")!
            try await world.makeArchive(both, suites: ["bookworm", "trixie"])
            try await world.upload("hello", "1.0", to: both, suite: "bookworm")
            try await world.upload("hello", "1.0", to: both, suite: "trixie")
            try await world.upload("hello", "1.1", to: both, suite: "trixie")
            try await world.publish()
            world.pass(2 * day)
            try await world.publisher().sweepPools()
            #expect(try world.files("pool", of: both).count == 4)
            try await world.upload("hello", "1.1", to: both, suite: "bookworm")
            try await world.publish()
            world.pass(2 * day)
            try await world.publisher().sweepPools()
            #expect(
                try world.files("pool", of: both) == ["main/h/hello/hello_1.1.dsc", "main/h/hello/hello_1.1.tar.xz"])
        }
    }

    @Test func aFolderThatIsEmptyGoesAndStrangersFilesStay() async throws {
        try await withTwoVersions { world in
            let stranger = world.tree().appending("pool/main/h/hello/README")
            try await tool("/usr/bin/touch", [stranger.string])
            world.pass(2 * day)
            try await world.publisher().sweepPools()
            #expect(try pool(world) == ["README"] + new)
        }
    }
}
