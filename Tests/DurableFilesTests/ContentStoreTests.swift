import DurableFiles
import SystemPackage
import Testing

/// Stands in for SHA-256, which this layer does not know: sixty-four digits that follow from the bytes.
final class SimpleHashing: ContentHashing {
    private var state: UInt64 = 14_695_981_039_346_656_037

    func update(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes { state = (state ^ UInt64(byte)) &* 1_099_511_628_211 }
    }

    func sha256() -> String {
        let digits = String(state, radix: 16)
        return String(repeating: String(repeating: "0", count: 16 - digits.count) + digits, count: 4)
    }

    static func name(of text: String) -> String {
        let hashing = SimpleHashing()
        Array(text.utf8).withUnsafeBytes { hashing.update($0) }
        return hashing.sha256()
    }
}

@Suite struct ContentStoreTests {
    let scratch: Scratch
    let store: ContentStore
    let hello = SimpleHashing.name(of: "hello")

    init() throws {
        scratch = try Scratch()
        store = try ContentStore(root: scratch.path.appending("files"))
        try scratch.put(Array("hello".utf8), at: "hello")
        try scratch.put(Array("other".utf8), at: "other")
    }

    func source(_ name: String) throws -> OwnedDescriptor { try Folder(opening: scratch.path).openFile(name) }

    func stored() throws -> [String] { try store.names().map { try scratch.text("files/\($0.prefix(2))/\($0)") } }

    /// Copies that have no name yet, of all stores on this root.
    func underWay() throws -> [String] {
        try scratch.listing("files/tmp").filter { $0.contains("/") }
    }

    @Test func storesUnderTheDigestReadOnly() throws {
        let stored = try store.add(from: source("hello"), hashing: SimpleHashing())
        #expect(stored.sha256 == hello && stored.size == 5)
        #expect(try store.path(hello) == scratch.path.appending("files/\(hello.prefix(2))/\(hello)"))
        #expect(try scratch.permissions("files/\(hello.prefix(2))/\(hello)") == [.ownerRead, .groupRead, .otherRead])
        #expect(try store.contains(hello) && !store.contains(SimpleHashing.name(of: "other")))
        #expect(try store.open(hello).readAll(limit: 5) == Array("hello".utf8))
        #expect(try underWay() == [])
    }

    @Test func theSameContentIsStoredOnceAndKept() throws {
        try store.add(from: source("hello"), hashing: SimpleHashing())
        let first = try store.open(hello).status().inode
        try store.add(from: source("hello"), hashing: SimpleHashing())
        #expect(try store.open(hello).status().inode == first)
        #expect(try underWay() == [])
    }

    @Test func otherContentThanAnnouncedIsRefused() throws {
        let failure = #expect(throws: FileFailure.self) {
            try store.add(from: source("other"), hashing: SimpleHashing(), expecting: hello)
        }
        #expect(failure?.reason == .otherContent(sha256: SimpleHashing.name(of: "other")))
        #expect(try store.names() == [] && underWay() == [])
    }

    @Test(arguments: [
        "", "ab", "../../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "g", count: 64),
    ])
    func refusesWhatIsNoDigest(_ name: String) {
        #expect(throws: FileFailure.self) { _ = try store.path(name) }
        #expect(throws: FileFailure.self) { _ = try store.contains(name) }
        #expect(throws: FileFailure.self) { try store.link(name, to: scratch.path.appending("x")) }
    }

    @Test func aBatchEntersTogether() throws {
        var batch = store.batch()
        for name in ["hello", "other", "hello"] { try batch.add(from: source(name), hashing: SimpleHashing()) }
        #expect(try store.names() == [])
        try batch.commit()
        #expect(try stored().sorted() == ["hello", "other"])
        #expect(try underWay() == [])
    }

    @Test func aDroppedBatchLeavesNothing() throws {
        do {
            var batch = store.batch()
            try batch.add(from: source("hello"), hashing: SimpleHashing())
            #expect(try underWay().count == 1)
        }
        #expect(try store.names() == [] && underWay() == [])
    }

    @Test func aCopyIsReadBeforeAndAfterItHasItsName() throws {
        let copy = try store.copy(from: source("hello"), hashing: SimpleHashing())
        #expect(copy.sha256 == hello && copy.size == 5)
        #expect(try store.names() == [] && copy.open().readAll(limit: 9) == Array("hello".utf8))
        #expect(try copy.giveName() == String(hello.prefix(2)))
        try copy.giveName()
        #expect(try stored() == ["hello"] && copy.open().readAll(limit: 9) == Array("hello".utf8))
        #expect(try underWay() == [])
    }

    @Test func aDroppedCopyLeavesNothing() throws {
        #expect(try store.copy(Array("hello".utf8), hashing: SimpleHashing()).sha256 == hello)
        #expect(try store.names() == [] && underWay() == [])
    }

    /// What `kill -9` or a power cut leaves, for each step of an addition.
    enum Crash: String, CaseIterable, CustomTestStringConvertible {
        case beforeAnything, halfCopied, copied, named, linked
        var testDescription: String { rawValue }
    }

    @Test(arguments: Crash.allCases)
    func afterACrashItIsAsIfNothingHadHappened(_ crash: Crash) throws {
        try scratch.make("files/tmp/0123/")
        switch crash {
        case .beforeAnything: break
        case .halfCopied: try scratch.put(Array("hel".utf8), at: "files/tmp/0123/0123456789abcdef")
        case .copied: try scratch.put(Array("hello".utf8), at: "files/tmp/0123/0123456789abcdef")
        case .named: try store.add(from: source("hello"), hashing: SimpleHashing())
        case .linked:
            try store.add(from: source("hello"), hashing: SimpleHashing())
            try store.link(hello, to: scratch.path.appending("pool"))
        }
        let again = try ContentStore(root: store.root)
        #expect(try stored() == (crash == .named || crash == .linked ? ["hello"] : []))
        try again.add(from: source("hello"), hashing: SimpleHashing(), expecting: hello)
        try again.link(hello, to: scratch.path.appending("pool"))
        #expect(try stored() == ["hello"] && scratch.text("pool") == "hello")
        try again.sweepTemporary()
        #expect(try !scratch.listing("files/tmp").contains("0123") && underWay() == [])
    }

    @Test func theSweepLeavesCopiesUnderWay() throws {
        try scratch.make("files/tmp/of-an-older-version", "files/tmp/dead/", "files/tmp/dead/copy")
        let copy = try store.copy(from: source("hello"), hashing: SimpleHashing())
        try ContentStore(root: store.root).sweepTemporary()
        #expect(try scratch.listing("files/tmp").count == 2 && underWay().count == 1, "a folder and its file")
        try copy.giveName()
        #expect(try stored() == ["hello"])
    }

    /// Somebody who tidies up takes what is under way, and nothing else.
    @Test func whatIsUnderWayMayBeRemoved() throws {
        let lost = try store.copy(from: source("hello"), hashing: SimpleHashing())
        for name in try Folder(opening: store.root.appending("tmp")).entries().map(\.name) {
            try Durably.removeTree(store.root.appending("tmp").appending(name))
        }
        #expect(throws: FileFailure.self) { try lost.giveName() }
        try store.add(from: source("hello"), hashing: SimpleHashing())
        #expect(try stored() == ["hello"])
    }

    @Test func aStoreThatEndsLeavesNoFolder() throws {
        do {
            let copy = try ContentStore(root: store.root).copy(from: source("hello"), hashing: SimpleHashing())
            #expect(try underWay().count == 1 && copy.open().readAll(limit: 9) == Array("hello".utf8))
        }
        #expect(try scratch.listing("files/tmp") == [])
    }

    @Test func manyAtOnceStoreOneFile() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask { try store.add(from: source("hello"), hashing: SimpleHashing(), expecting: hello) }
            }
            try await group.waitForAll()
        }
        #expect(try stored() == ["hello"] && underWay() == [])
    }

    @Test func aLinkIsTheSameFileAndSafeToRepeat() throws {
        try store.add(from: source("hello"), hashing: SimpleHashing())
        let pool = scratch.path.appending("hello.deb")
        for sync in [SyncTime.each, .later] { try store.link(hello, to: pool, sync: sync) }
        #expect(try pool.stat().inode == store.path(hello).stat().inode)
    }

    @Test func aLinkReplacesNothing() throws {
        try store.add(from: source("hello"), hashing: SimpleHashing())
        try store.link(hello, to: scratch.path.appending("hello"))  // a copy with the same bytes will do
        let failure = #expect(throws: FileFailure.self) { try store.link(hello, to: scratch.path.appending("other")) }
        #expect(failure?.reason == .differs)
        #expect(try scratch.text("other") == "other")
    }

    @Test func linksAcrossFilesystemsAreCopies() throws {
        let elsewhere = FilePath("/dev/shm/slipway-test-\(hello.prefix(8))-\(UInt32.random(in: 0...UInt32.max))")
        guard try FilePath("/dev/shm").stat().deviceID != scratch.path.stat().deviceID else { return }
        defer { try? Durably.removeTree(elsewhere) }
        try store.add(from: source("hello"), hashing: SimpleHashing())
        for _ in 0..<2 { try store.link(hello, to: elsewhere) }
        #expect(try elsewhere.stat().permissions == [.ownerRead, .groupRead, .otherRead])
        #expect(try elsewhere.stat().size == 5)
    }

    @Test func removesWhatNothingNeeds() throws {
        try store.add(from: source("hello"), hashing: SimpleHashing())
        try store.link(hello, to: scratch.path.appending("pool"))
        for _ in 0..<2 { try store.remove(hello) }
        #expect(try store.names() == [] && scratch.text("pool") == "hello")
    }
}
