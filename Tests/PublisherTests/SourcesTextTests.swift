import ArchiveModel
import Testing

@Suite struct SourcesTextTests {
    @Test func theKeyIsFoldedIntoTheParagraph() {
        let text = SourcesText(
            address: "https://ppa.example.org/~alice/debian/tools",
            suites: [SuiteName("bookworm")!, SuiteName("trixie")!],
            armoredKey: "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabcd\n=1234\n-----END PGP PUBLIC KEY BLOCK-----\n")
        #expect(
            text.description == """
                Types: deb deb-src
                URIs: https://ppa.example.org/~alice/debian/tools
                Suites: bookworm trixie
                Components: main
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 abcd
                 =1234
                 -----END PGP PUBLIC KEY BLOCK-----

                """)
    }
}
