import DurableFiles
import SystemPackage
import Testing

@Suite struct DurablyTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.make("a/", "b/", "a/one", "b/two")
    }

    @Test(arguments: [SyncTime.each, .later])
    func writesTheWholeFileOrNone(_ sync: SyncTime) throws {
        try Durably.write(Array("first".utf8), to: scratch.path.appending("a/new"), sync: sync)
        #expect(try scratch.text("a/new") == "first")
        try Durably.write(
            pieces: [Array("se".utf8), [], Array("cond".utf8)], to: scratch.path.appending("a/new"), sync: sync)
        #expect(try scratch.text("a/new") == "second")
        #expect(try scratch.listing("a") == ["new", "one"])
        try Durably.syncFilesystem(scratch.path)
    }

    @Test func aReaderKeepsTheOldFileWhole() throws {
        let reader = try Folder(opening: scratch.path).openFile("a/one")
        try Durably.write(Array("replaced".utf8), to: scratch.path.appending("a/one"))
        #expect(try reader.readAll(limit: 100) == Array("a/one".utf8))
    }

    @Test(
        arguments: [.worldReadable, .ownerReadWrite, [.ownerRead, .groupRead, .otherReadWrite]] as [FilePermissions])
    func permissionsAreTheAskedOnesWhateverTheUmask(_ permissions: FilePermissions) throws {
        try Durably.write([], to: scratch.path.appending("new"), permissions: permissions)
        #expect(try scratch.permissions("new") == permissions)
    }

    @Test func aFailedWriteLeavesNothing() throws {
        try scratch.make("a/folder/")
        #expect(throws: FileFailure.self) { try Durably.write([1], to: scratch.path.appending("a/folder")) }
        #expect(try scratch.listing("a") == ["folder", "one"])
    }

    @Test func movesAndTellsMissingFromTaken() throws {
        let (one, two) = (scratch.path.appending("a/one"), scratch.path.appending("b/two"))
        #expect(#expect(throws: FileFailure.self) { try Durably.move(one, to: two) }?.alreadyExists == true)
        #expect(
            #expect(throws: FileFailure.self) { try Durably.move(scratch.path.appending("x"), to: two) }?.isMissing
                == true)
        #expect(try scratch.text("b/two") == "b/two")
        try Durably.move(one, to: scratch.path.appending("b/three"))
        #expect(try scratch.listing() == ["a", "b", "b/three", "b/two"])
        try Durably.move(two, to: scratch.path.appending("b/three"), replacing: true)
        #expect(try scratch.text("b/three") == "b/two")
    }

    @Test func exchangesFoldersInOneStep() throws {
        try Durably.exchange(scratch.path.appending("a"), scratch.path.appending("b"))
        #expect(try scratch.listing() == ["a", "a/two", "b", "b/one"])
        #expect(throws: FileFailure.self) {
            try Durably.exchange(scratch.path.appending("a"), scratch.path.appending("missing"))
        }
    }

    @Test func makesMissingFoldersAndKeepsThoseThere() throws {
        try Durably.makeFolders(scratch.path.appending("a/x/y/z"))
        try Durably.makeFolders(scratch.path.appending("a/x/y/z"))
        #expect(try scratch.listing("a") == ["one", "x", "x/y", "x/y/z"])
        #expect(throws: FileFailure.self) { try Durably.makeFolders(scratch.path.appending("a/one/x")) }
    }

    @Test func sweepsOnlyOldTemporaryFiles() throws {
        try scratch.make(".slipway-tmp-old", ".slipway-tmp-young", ".other-old", ".slipway-tmp-folder/")
        for name in [".slipway-tmp-old", ".other-old", ".slipway-tmp-folder"] { try scratch.makeOld(name) }
        try Durably.sweepTemporary(in: scratch.path, olderThan: .seconds(3600))
        #expect(
            try scratch.listing() == [
                ".other-old", ".slipway-tmp-folder", ".slipway-tmp-young", "a", "a/one", "b", "b/two",
            ])
    }
}
