import DurableFiles
import Foundation
import SystemPackage
import Testing

@Suite struct FolderTests {
    let scratch: Scratch
    let folder: Folder

    init() throws {
        scratch = try Scratch()
        try scratch.make("outside", "jail/sub/", "jail/file", "jail/sub/inner", "jail/pipe|")
        try scratch.make(
            "jail/out -> ../outside", "jail/up -> ..", "jail/own -> file", "jail/there -> sub", "jail/loop -> loop")
        folder = try Folder(opening: scratch.path.appending("jail"))
    }

    struct Refusal: CustomTestStringConvertible {
        let path: String
        let reason: FileFailure.Reason
        var testDescription: String { path.isEmpty ? "(empty)" : path }
    }

    static let refusals: [Refusal] = [
        .init(path: "../outside", reason: .system(.improperLink)),
        .init(path: "sub/../../outside", reason: .system(.improperLink)),
        .init(path: "/etc/passwd", reason: .system(.improperLink)),
        .init(path: "out", reason: .system(.tooManySymbolicLinkLevels)),
        .init(path: "own", reason: .system(.tooManySymbolicLinkLevels)),
        .init(path: "loop", reason: .system(.tooManySymbolicLinkLevels)),
        .init(path: "up/outside", reason: .system(.tooManySymbolicLinkLevels)),
        .init(path: "there/inner", reason: .system(.tooManySymbolicLinkLevels)),
        .init(path: "sub", reason: .notARegularFile),
        .init(path: "pipe", reason: .notARegularFile),
        .init(path: "file\0.txt", reason: .notAName),
        .init(path: "", reason: .system(.noSuchFileOrDirectory)),
        .init(path: "missing", reason: .system(.noSuchFileOrDirectory)),
    ]

    @Test(arguments: refusals)
    func opensOnlyPlainFilesBeneath(_ row: Refusal) {
        let failure = #expect(throws: FileFailure.self) { _ = try folder.openFile(row.path) }
        #expect(failure?.reason == row.reason)
    }

    @Test(arguments: [
        "../new", "up/new", "there/new", "/tmp/slipway-new", "file", "own", "out", "pipe", "sub", "", ".", "sub/..",
        "a\0",
    ])
    func createsNothingElsewhereAndReplacesNothing(_ path: String) throws {
        let before = try scratch.listing()
        #expect(throws: FileFailure.self) { _ = try folder.createFile(path) }
        #expect(throws: FileFailure.self) { try folder.makeFolder(path) }
        #expect(throws: FileFailure.self) { try folder.move("sub/inner", to: path) }
        #expect(try scratch.listing() == before)
        #expect(try scratch.text("outside") == "outside")
    }

    @Test(arguments: ["there", "up", "out", "loop", "own", "file", "pipe", "../jail", ""])
    func takesNothingElseForAFolderOfItsOwn(_ path: String) throws {
        let before = try scratch.listing()
        #expect(throws: FileFailure.self) { _ = try folder.ownFolder(path) }
        #expect(try scratch.listing() == before)
    }

    @Test func permissionsAreThoseOfTheFolderThatWasOpened() throws {
        let sub = try folder.ownFolder("sub")
        try folder.move("sub", to: "moved")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path.appending("jail/sub").string, withDestinationPath: "..")
        try sub.setPermissions([.ownerReadWriteExecute, .groupExecute])
        try sub.setOwner(user: getuid(), group: getgid())
        #expect(try folder.status(of: "moved")?.permissions == [.ownerReadWriteExecute, .groupExecute])
        #expect(try folder.ownFolder("new").path == folder.path.appending("new"))
    }

    @Test(arguments: ["../outside", "up/outside", "there/inner", "..", ".", "sub/.", ""])
    func removesNothingElsewhere(_ path: String) throws {
        let before = try scratch.listing()
        #expect(throws: FileFailure.self) { try folder.remove(path) }
        #expect(throws: FileFailure.self) { try folder.removeTree(path) }
        #expect(try scratch.listing() == before)
    }

    @Test func readsAFileInPieces() throws {
        let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try scratch.put(bytes, at: "jail/large")
        let file = try folder.openFile("large")
        #expect(try file.readAll(limit: bytes.count) == bytes)
        let failure = #expect(throws: FileFailure.self) { _ = try folder.openFile("large").readAll(limit: 699_999) }
        #expect(failure?.reason == .tooLarge(limit: 699_999))
    }

    @Test func writesAndMovesWithin() throws {
        let file = try folder.makeFolder("new").createFile("draft")
        try file.write(Array("hello".utf8))
        try file.close()
        try folder.moveDurably("new/draft", to: "sub/final")
        #expect(try scratch.text("jail/sub/final") == "hello")
        #expect(try folder.status(of: "new/draft") == nil)
        try folder.removeFolder("new")
        try folder.move("file", to: "sub/final", replacing: true)
        #expect(try scratch.text("jail/sub/final") == "jail/file")
    }

    @Test func movesIntoAnotherFolder() throws {
        try folder.move("file", to: folder.folder("sub"), as: "moved")
        #expect(try scratch.text("jail/sub/moved") == "jail/file")
    }

    @Test func listsWhatIsThereWithoutFollowing() throws {
        let names: [FileType: String] = [.regular: "file", .directory: "folder", .symbolicLink: "link", .fifo: "pipe"]
        let kinds = try folder.entries().map { "\($0.name) \(names[$0.type] ?? "other")" }
        #expect(
            kinds == [
                "file file", "loop link", "out link", "own link", "pipe pipe", "sub folder", "there link", "up link",
            ])
    }

    @Test func aFailureIsASentence() {
        let failure = #expect(throws: FileFailure.self) { _ = try folder.openFile("missing") }
        #expect(failure?.description == "cannot open \(scratch.path)/jail/missing: No such file or directory")
    }

    @Test func theNumberIsClosedWithItsOwner() throws {
        let number = try folder.openFile("file").withRaw { $0.rawValue }
        #expect(fcntl(number, F_GETFD) == -1 || FilePath("/proc/self/fd/\(number)").isElsewhere(than: "jail/file"))
    }
}

extension FilePath {
    /// Another test may have been given the same number meanwhile.
    fileprivate func isElsewhere(than suffix: String) -> Bool {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: string).hasSuffix(suffix)) != true
    }
}
