import DurableFiles
import Foundation
import SystemPackage
import Testing

@Suite struct RemoveTreeTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.make("kept/precious/")
        try scratch.make("kept/precious/file")
    }

    @Test func followsNoLink() throws {
        try scratch.make("tree/sub/", "tree/file", "tree/sub/pipe|")
        try scratch.make("tree/sub/out -> ../../kept", "tree/dangling -> nowhere")
        try Durably.removeTree(scratch.path.appending("tree"))
        #expect(try scratch.listing() == ["kept", "kept/precious", "kept/precious/file"])
    }

    @Test func aLinkItselfIsRemoved() throws {
        try scratch.make("link -> kept")
        try Durably.removeTree(scratch.path.appending("link"))
        #expect(try scratch.listing() == ["kept", "kept/precious", "kept/precious/file"])
    }

    @Test func nothingThereIsNoFailure() throws {
        try Durably.removeTree(scratch.path.appending("missing"))
        try Folder(opening: scratch.path).removeTree("kept/missing")
        #expect(try scratch.listing("kept") == ["precious", "precious/file"])
    }

    @Test(arguments: [1, 64, 65, 66, 1200])
    func noDepthIsTooDeep(_ levels: Int) throws {
        var folder = try Folder(opening: scratch.path).makeFolder("tree")
        for _ in 0..<levels { folder = try folder.makeFolder("d") }
        try folder.createFile("leaf").close()
        try Durably.removeTree(scratch.path.appending("tree"))
        #expect(try Folder(opening: scratch.path).entries().map(\.name) == ["kept"])
    }

    /// What a grandchild writes while we remove is removed as well: it ends when there is no folder left to write into.
    @Test func somebodyWhoWritesMeanwhileIsOutlasted() async throws {
        try scratch.make("tree/a/", "tree/a/b/")
        let folder = scratch.full("tree/a/b")
        let writer = Thread {
            var number = 0
            while number < 2_000, mkdir("\(folder)/\(number)", 0o700) == 0 { number += 1 }
        }
        writer.start()
        while access("\(folder)/10", F_OK) != 0 { try await Task.sleep(for: .milliseconds(1)) }
        try Durably.removeTree(scratch.path.appending("tree"))
        #expect(try scratch.listing() == ["kept", "kept/precious", "kept/precious/file"])
    }

    /// As an ordinary user, as root may do everything whatever the permissions are.
    @Test(arguments: [0o000, 0o500, 0o300] as [mode_t])
    func foldersWithoutPermissionsAreOpenedUp(_ mode: mode_t) throws {
        try scratch.make("tree/locked/sub/")
        try scratch.make("tree/locked/sub/file")
        try asOrdinaryUser(owning: ["", "tree", "tree/locked", "tree/locked/sub", "tree/locked/sub/file"]) {
            for name in ["tree/locked/sub", "tree/locked", "tree"] { chmod(scratch.full(name), mode) }
            try Durably.removeTree(scratch.path.appending("tree"))
        }
        #expect(try scratch.listing() == ["kept", "kept/precious", "kept/precious/file"])
    }

    /// setfsuid(2), which Glibc's module does not show, changes only the calling thread, which stays ours until this
    /// synchronous function returns.
    private func asOrdinaryUser(owning names: [String], _ body: () throws -> Void) throws {
        guard geteuid() == 0 else { return try body() }
        let found = try #require(dlsym(nil, "setfsuid"))
        let setfsuid = unsafeBitCast(found, to: (@convention(c) (uid_t) -> CInt).self)
        let nobody: uid_t = 65534
        for name in names { chown(scratch.full(name), nobody, nobody) }
        _ = setfsuid(nobody)
        defer { _ = setfsuid(0) }
        try body()
    }
}
