import ArchiveModel
import Testing

@Suite struct NameTests {
    @Test(arguments: ["alice", "a", "ppa-tools", "g++", "0ad", "bookworm-backports", "x.y"])
    func takes(_ text: String) { #expect(OwnerName(text)?.text == text) }

    @Test(arguments: [
        "", "Alice", "-a", ".a", "+a", "a/b", "a b", "a\n", "ä", "a_b", String(repeating: "a", count: 65),
    ])
    func refuses(_ text: String) { #expect(OwnerName(text) == nil) }

    /// Names stand in command lines, in paths and in sshd's list of keys.
    @Test func noCharacterMeansAnythingToAShell() {
        let harmless = Set("abcdefghijklmnopqrstuvwxyz0123456789+-.".utf8)
        for byte in UInt8.min...127 {
            let text = "a" + String(UnicodeScalar(byte)) + "b"
            #expect((OwnerName(text) != nil) == harmless.contains(byte), "\(text.debugDescription)")
        }
    }

    /// `~alice/debian/tools.sources` is where the apt source of `tools` is.
    @Test func archiveIsNotNamedLikeAnAptSource() {
        #expect(ArchiveName("tools.sources") == nil)
        #expect(ArchiveName("tools.source") != nil && ArchiveName("sources") != nil)
    }

    @Test(arguments: ["debian", "~alice/debian/tools"])
    func referenceIsItsText(_ text: String) { #expect(ArchiveReference(text)?.description == text) }

    @Test(arguments: [
        "", "~alice", "~alice/debian", "alice/debian/tools", "~alice/debian/tools/x", "~/debian/tools", "debian/",
        "~alice/debian/tools.sources",
    ])
    func isNoReference(_ text: String) { #expect(ArchiveReference(text) == nil) }

    @Test func fingerprintTakesGroupsAndEitherCase() {
        let digits = "0123456789abcdef0123456789ABCDEF01234567"
        let grouped = "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567"
        #expect(Fingerprint(digits) == Fingerprint(grouped))
        #expect(Fingerprint(digits)?.text == digits.uppercased())
    }

    @Test(arguments: [
        "", "0123", "0123456789abcdef0123456789abcdef0123456g", "0123456789abcdef0123456789abcdef012345678",
        "\u{FB00}" + String(repeating: "0", count: 38), String(repeating: "０", count: 40),
    ])
    func isNoFingerprint(_ text: String) { #expect(Fingerprint(text) == nil) }
}
