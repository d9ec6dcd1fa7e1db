import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import PackageFiles
import SystemPackage
import Testing

@testable import Intake

/// The gateway's user goes on owning what was uploaded; should it be broken into, files change while they are judged.
@Suite struct SwappedFileTests {
    private let draft = Draft()

    /// A file of a session, and how to write over it.
    private func landed(_ world: World, _ bytes: [UInt8]) throws -> (place: FilePlace, path: FilePath) {
        try world.put([draft.dscName: bytes], session: "s1")
        let path = world.root.appending("jail/landed/s1").appending(FilePath(World.path).components)
        return (FilePlace(folder: try Folder(opening: path), path: draft.dscName), path.appending(draft.dscName))
    }

    @Test func whatWasTakenStaysWhatItWas() async throws {
        let world = try await World()
        let (place, path) = try landed(world, Array("signed".utf8))
        let door = try StoreDoor(world.store, freeDisk: 0)
        let sent = try door.take(place.open())
        let open = try FileDescriptor.open(path, .writeOnly)
        try open.closeAfter { _ = try open.writeAll(Array("other!".utf8)) }
        #expect(try place.read(limit: 100) == Array("other!".utf8))
        #expect(try sent.read(limit: 100) == Array("signed".utf8))
        #expect(sent.digests == Digester.digests(of: Array("signed".utf8)))
        try await door.add(BytesToStore(files: [sent]))
        #expect(try world.store.open(sent.digests.sha256).readAll(limit: 100) == Array("signed".utf8))
        #expect(try sent.read(limit: 100) == Array("signed".utf8), "by its name now")
    }

    /// Should an accepted upload ever come to such a file, it is a fault of ours and stores nothing.
    @Test func whatIsRefusedAnywayIsNotCopied() async throws {
        let world = try await World()
        let (place, _) = try landed(world, Array("signed".utf8))
        let door = try StoreDoor(world.store, freeDisk: 0)
        let seen = try door.look(at: place.open(), place)
        #expect(seen.digests == Digester.digests(of: Array("signed".utf8)))
        #expect(try seen.read(limit: 100) == Array("signed".utf8))
        #expect(try world.store.copies() == [])
        await #expect(throws: IntakeFault.self) { try await door.add(BytesToStore(files: [seen])) }
        #expect(try world.store.names() == [])
    }

    /// Others who work on the disk would fail with it.
    @Test func aFullDiskIsNoFaultOfTheUploader() async throws {
        let world = try await World(configure: { $0.freeDisk = 1 << 60 })
        let record = try #require(try await world.send(try await draft.files()).first)
        #expect(record.verdict.outcome == .failed && record.verdict.findings.isEmpty)
        #expect(try world.store.names() == [] && world.store.copies() == [])
        #expect(try await world.letters().map(\.recipient) == [MailAddress("admin@example.org")!])
    }

    @Test func whatIsRefusedLeavesNoCopies() async throws {
        let world = try await World()
        var files = try await draft.files()
        files[draft.origName] = Array("not what was signed".utf8)
        #expect(try await world.send(files).first?.verdict.outcome == .rejected)
        #expect(try world.store.names() == [])
        #expect(try world.store.copies() == [])
    }
}

extension ContentStore {
    /// What is in the folders beneath `tmp`, one for each store that copied something.
    fileprivate func copies() throws -> [String] {
        let folder = try Folder(opening: root.appending("tmp"))
        return try folder.entries().flatMap { try folder.folder($0.name).entries().map(\.name) }
    }
}
