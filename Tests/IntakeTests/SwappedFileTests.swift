import DebianControl
import DurableFiles
import PackageFiles
import SystemPackage
import Testing

@testable import Intake

/// The gateway's user goes on owning what was uploaded; should it be broken into, files change while they are judged.
@Suite struct SwappedFileTests {
    @Test func aDscIsReadOnlyWhileItHasTheBytesThatWereListed() async throws {
        let world = try await World()
        let (one, other) = (Draft(), with(Draft()) { $0.version = "2.10-4" })
        let (listed, swapped) = (try await one.files()[one.dscName], try await other.files()[other.dscName])
        let bytes = try #require(swapped)
        try world.put([one.dscName: bytes], session: "s1")
        let folder = try Folder(
            opening: world.root.appending("jail/landed/s1").appending(FilePath(World.path).components))
        let place = FilePlace(folder: folder, path: one.dscName)
        let name = try #require(FileName(one.dscName))
        let examination = world.service.sessions.judge.examination
        let failure = await #expect(throws: FileFailure.self) {
            _ = try await examination.read(place, name: name, sha256: Digester.sha256(listed ?? []))
        }
        #expect(failure?.reason == .otherContent(sha256: Digester.sha256(bytes)))
        #expect(try await examination.read(place, name: name, sha256: Digester.sha256(bytes)).control != nil)
    }

    private func with(_ draft: Draft, _ change: (inout Draft) -> Void) -> Draft {
        var draft = draft
        change(&draft)
        return draft
    }
}
