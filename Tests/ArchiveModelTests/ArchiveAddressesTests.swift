import ArchiveModel
import Testing

@Suite struct ArchiveAddressesTests {
    private static let addresses = ArchiveAddresses(
        url: "https://ppa.example.org", external: "https://ext.example.org")!

    @Test(arguments: [
        ("ext.example.org", true), ("EXT.example.org:443", true), ("ppa.example.org", false),
        ("ext.example.org:80", false),
        ("[::1]", false), (nil, false),
    ])
    func theHostSaysWhatIsWanted(_ host: String?, _ isExternal: Bool) {
        #expect(Self.addresses.isExternal(host: host) == isExternal)
        #expect(!ArchiveAddresses(url: "https://ppa.example.org").isExternal(host: host))
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080", "http://localhost:8080", true), ("http://[::1]:8080", "http://[::1]:8081", true),
        ("https://a.org", "https://a.org:443", false), ("https://a.org", "https://a.org/external", false),
        ("https://a.org", "http://a.org", true), ("https://a.org", "b.org", false),
        ("https://a.org", "https:///x", false),
    ])
    func externalOnesHaveAHostOfTheirOwn(_ url: String, _ external: String, _ isGood: Bool) {
        #expect((ArchiveAddresses(url: url, external: external) != nil) == isGood)
    }
}
