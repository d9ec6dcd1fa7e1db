import DurableFiles
import PackageFiles
import SystemPackage
import Testing

/// Against coreutils.
@Suite struct DigestTests {
    /// Around the block sizes of the digests (64, 128), where a second thread joins in (64 KiB), and the pieces of a
    /// file (256 KiB).
    static let sizes = [0, 1, 55, 56, 64, 127, 128, 1000, 65_535, 65_536, 65_537, 262_144, 262_145, 1_000_003]

    func coreutils(_ scratch: Scratch) throws -> [String] {
        try ["md5sum", "sha1sum", "sha256sum", "sha512sum"].map {
            String(try scratch.sh("\($0) < file").prefix { $0 != " " })
        }
    }

    @Test(arguments: sizes)
    func fourDigestsAreThoseOfCoreutils(_ size: Int) throws {
        let scratch = try Scratch()
        let bytes = noise(size)
        try scratch.put(bytes, at: "file")
        let expected = try coreutils(scratch)
        let digests = try Digester.digests(of: scratch.path.appending("file"))
        #expect([digests.md5, digests.sha1, digests.sha256, digests.sha512] == expected)
        #expect(digests.size == Int64(size))
        #expect(Digester.digests(of: bytes) == digests)
        #expect(
            [Digester.md5(bytes), Digester.sha1(bytes), Digester.sha256(bytes), Digester.sha512(bytes)] == expected)
    }

    @Test(arguments: [1, 63, 65_535, 65_536, 100_000])
    func thePiecesDoNotMatter(_ piece: Int) {
        let bytes = noise(200_000 / (piece == 1 ? 20 : 1))
        let hashing = Hashing()
        for start in stride(from: 0, to: bytes.count, by: piece) {
            hashing.update(Array(bytes[start..<min(start + piece, bytes.count)]))
        }
        #expect(hashing.digests() == Digester.digests(of: bytes))
    }

    @Test func askingOnTheWayChangesNothing() {
        let hashing = Hashing()
        hashing.update([1, 2])
        #expect(hashing.sha256() == Digester.sha256([1, 2]))
        hashing.update([3])
        #expect(hashing.digests() == Digester.digests(of: [1, 2, 3]))
    }

    @Test func theStoreKeepsFilesUnderTheirRealDigest() throws {
        let scratch = try Scratch()
        try scratch.put(noise(300_000), at: "file")
        let hashing = Hashing()
        let store = try ContentStore(root: scratch.path.appending("files"))
        let stored = try store.add(from: OwnedDescriptor(opening: scratch.path.appending("file")), hashing: hashing)
        #expect(try Digester.digests(of: store.path(stored.sha256)) == hashing.digests())
        #expect(stored.sha256 == Digester.sha256(noise(300_000)))
    }

    @Test(arguments: ["link", "folder", "missing"])
    func onlyRegularFilesAreRead(_ name: String) throws {
        let scratch = try Scratch()
        try scratch.sh("echo x > file; ln -s file link; mkdir folder")
        #expect(throws: FileFailure.self) { try Digester.digests(of: scratch.path.appending(name)) }
    }
}
