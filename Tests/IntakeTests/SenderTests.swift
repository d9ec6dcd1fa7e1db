import ArchiveModel
import Catalog
import Glibc
import Testing

@testable import Intake

/// A text that acted before, sent again through a door that proves who sends.
@Suite struct SenderTests {
    /// A world in which alice's upload of hello has been accepted into her PPA, and she may upload to the primary archive, too.
    private static func world(door: UInt32?) async throws -> (World, [String: [UInt8]]) {
        let world = try await World(configure: { $0.provingDoor = door })
        try await world.catalog.give(
            UploadRight(), to: OwnerName("alice")!, in: try await world.archive(World.primary))
        let files = try await Draft().files()
        #expect(try await world.send(files).map(\.verdict.outcome) == [.accepted])
        return (world, files)
    }

    @Test(arguments: [
        ("s2", false), ("s2~alice", true), ("s2~bob", false), ("s2~", false), ("s2~alice~", false),
    ])
    func onlyItsSignerSendsItAnew(session: String, isTaken: Bool) async throws {
        let (world, files) = try await Self.world(door: getuid())
        let record = try #require(try await world.send(files, session: session, path: "debian").last)
        #expect(record.verdict.outcome == (isTaken ? .accepted : .rejected), "\(record.verdict.findings)")
        if !isTaken { #expect(record.codes == ["signature-seen"]) }
    }

    /// Whoever names a session after somebody and is not the door.
    @Test(arguments: [UInt32?.none, getuid() + 1])
    func aNameAloneProvesNothing(door: UInt32?) async throws {
        let (world, files) = try await Self.world(door: door)
        let record = try #require(try await world.send(files, session: "s2~alice", path: "debian").last)
        #expect(record.codes == ["signature-seen"])
    }

    @Test func inTheSameArchiveItsVersionIsTaken() async throws {
        let (world, files) = try await Self.world(door: getuid())
        let record = try #require(try await world.send(files, session: "s2~alice").last)
        #expect(record.codes == ["version-taken"])
        #expect(record.verdict.outcome == .rejected)
    }
}
