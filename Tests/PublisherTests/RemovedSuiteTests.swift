import ArchiveModel
import Catalog
import DurableFiles
import OpenPGP
import SystemPackage
import Testing

@testable import Publisher

/// What apt sees of suites that an archive gets and loses later.
@Suite struct RemovedSuiteTests {
    private func set(_ suites: [String], in world: World) async throws {
        var settings = ArchiveSettings()
        settings.suites = suites.map { SuiteName($0)! }
        _ = try await world.catalog.change(World.tools, settings)
    }

    private func isThere(_ path: FilePath) -> Bool { (try? Folder(opening: path)) != nil }

    @Test func anEmptySuiteIsSignedAndGoesAtOnce() async throws {
        try await World.with { world in
            try await world.upload("hello", "1.0")
            try await world.publish()
            let former = try world.files()
            try await set(["bookworm", "trixie"], in: world)
            try await world.publish()
            let files = try world.files("dists/trixie")
            #expect(["InRelease", "Release", "Release.gpg"].allSatisfy(files.contains))
            let apt = try AptClient(
                world.folder.appending("apt"), archive: world.tree(),
                key: try await world.keys.exportPublic(world.key, armored: true), suite: "trixie")
            try await apt.get("update")
            try await set(["bookworm"], in: world)
            try await world.publish()
            #expect(!isThere(world.tree().appending("dists/trixie")))
            #expect(try world.files() == former, "and nothing else is changed")
            #expect(try await world.publisher().publishOnce() == [])
        }
    }

    /// A crash between the rename and the catalog's word, and one while a next state was written.
    @Test func whatACrashLeavesGoesToo() async throws {
        try await World.with { world in
            try await set(["bookworm", "trixie"], in: world)
            try await world.publish()
            try await set(["bookworm"], in: world)
            let dists = world.tree().appending("dists")
            try Durably.move(dists.appending("trixie"), to: dists.appending(".trixie.new"))
            try await world.publish()
            #expect(!isThere(dists.appending(".trixie.new")))
            #expect(try await world.publisher().publishOnce() == [])
        }
    }

    @Test func itComesBack() async throws {
        try await World.with { world in
            try await set(["bookworm", "trixie"], in: world)
            try await world.publish()
            try await set(["bookworm"], in: world)
            try await world.publish()
            try await set(["bookworm", "trixie"], in: world)
            try await world.publish()
            #expect(try world.files("dists/trixie").contains("InRelease"))
        }
    }

    /// It was never published: there is no folder to be removed.
    @Test func whatAptNeverSawIsNoFault() async throws {
        try await World.with { world in
            try await set(["trixie"], in: world)
            let reports = try await world.publisher().publishOnce()
            guard case .published(let suites)? = reports.first?.outcome, reports.count == 1 else {
                Issue.record("\(reports)")
                return
            }
            #expect(Set(suites.map(\.text)) == ["bookworm", "trixie"], "the removal was carried out, too")
            #expect(try world.files("dists").allSatisfy { $0.hasPrefix("trixie/") })
            #expect(try await world.publisher().publishOnce() == [], "and is not tried for ever")
        }
    }
}
