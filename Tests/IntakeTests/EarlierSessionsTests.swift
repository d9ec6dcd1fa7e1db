import ArchiveModel
import DebianControl
import SystemPackage
import Testing

@testable import Intake

/// Where missing files are looked for.
@Suite struct EarlierSessionsTests {
    private let path = UploadPath(directory: TargetPath(World.path)!, name: FileName("hello_2.10-3_source.changes")!)

    /// The sessions in which one looks for what is nowhere.
    private func visited(_ earlier: EarlierSessions) throws -> [String] {
        var names: [String] = []
        let found: Int? = try earlier.first { session in
            names.append("\(session.stage)/\(session.name)")
            return nil
        }
        #expect(found == nil)
        return names
    }

    @Test func areListedOnceAndFoundWhereTheyWent() async throws {
        let world = try await World()
        let spool = try Spool(jail: world.root.appending("jail"), state: world.root)
        for session in ["s1", "s2", "own"] { try world.put(["a.txt": [1]], session: session) }
        try world.put(["a.txt": [1]], session: "other", path: "~bob/debian/ppa")
        let earlier = EarlierSessions(in: spool, to: path, besides: FileName("own")!, limit: 10)
        #expect(try visited(earlier) == ["landed/s2", "landed/s1"])
        try world.put(["a.txt": [1]], session: "s3")
        let moving = try #require(try spool.session(FileName("s1")!))
        try spool.move(moving, to: .held)
        try spool.remove(FileName("s2")!, from: .landed)
        #expect(try visited(earlier) == ["held/s1"])
        let next = EarlierSessions(in: spool, to: path, besides: FileName("own")!, limit: 1)
        try world.put(["a.txt": [1]], session: "s4")
        #expect(try visited(next) == ["landed/s4", "held/s1"])
    }
}
