import Testing

@testable import OpenPGP

/// Clearsigned ones are read in IntakeTests, by real keys.
struct UnprovenTextTests {
    @Test func whatIsNotSignedIsTheWholeFile() throws {
        #expect(try UnprovenText(reading: Array("Format: 1.0\n".utf8)).text == "Format: 1.0\n")
    }

    @Test func oneThatIsCutOffIsNone() {
        let file = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nFormat: 1.0\n"
        #expect(throws: SignatureRefusal.self) { try UnprovenText(reading: Array(file.utf8)) }
    }
}
