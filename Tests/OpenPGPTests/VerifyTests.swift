import ArchiveModel
import Testing

@testable import OpenPGP

@Suite struct VerifyTests {
    @Test(arguments: ["ed25519", "rsa"])
    func aGoodSignatureGivesTheTextAndItsSigner(_ name: String) async throws {
        let (signers, verifier) = try await Signers.verifier()
        let key = try signers.gpg.fingerprints(of: name)[0]
        let verified = try await verifier.verify(try signers.gpg.clearsign(Signers.text, by: key))
        #expect(verified.text == Signers.text)
        #expect(verified.signer.text == key)
        #expect(verified.signingKey.text == key)
        #expect(abs(verified.signedAt - SignatureVerifier.systemClock()) < 600)
    }

    @Test func theSignerIsThePrimaryKeyOfASubkey() async throws {
        let (signers, verifier) = try await Signers.verifier()
        let verified = try await verifier.verify(try signers.gpg.clearsign(Signers.text, by: signers.withSubkey))
        #expect(verified.signer.text == signers.withSubkey)
        #expect(verified.signingKey.text == signers.subkey)
    }

    @Test func theTextIsWithoutWhatTheSignatureLeavesOpen() async throws {
        let (signers, verifier) = try await Signers.verifier()
        let signed = try signers.gpg.clearsign("a: b\n\nc: d\n", by: signers.ed25519)
        let plain = try await verifier.verify(signed)
        for changed in [
            signed.replacing("\n", with: "\r\n"), signed.replacing("a: b\n", with: "a: b \t\n"), signed + "\n \n",
            signed.replacing("SIGNATURE-----\n\n", with: "SIGNATURE-----\nComment: x\n\n"),
        ] {
            #expect(changed != signed)
            #expect(try await verifier.verify(changed) == plain)
        }
        #expect(plain.text == "a: b\n\nc: d\n")
    }

    @Test func theIdentityDependsOnTextSignerAndTime() throws {
        let (one, other) = (
            Fingerprint(String(repeating: "A", count: 40)), Fingerprint(String(repeating: "B", count: 40))
        )
        func identity(_ text: String, _ signer: Fingerprint?, _ time: Int64) throws -> String {
            let signer = try #require(signer)
            return VerifiedText(text: text, signer: signer, signingKey: signer, signedAt: time).identity
        }
        let identities = [
            try identity("a\n", one, 1), try identity("b\n", one, 1), try identity("a\n", other, 1),
            try identity("a\n", one, 2),
        ]
        #expect(Set(identities).count == 4)
        #expect(try identity("a \r\n\n", one, 1) == identities[0])
        #expect(identities[0].count == 64)
    }

    @Test func aDetachedSignatureIsOverExactlyTheseBytes() async throws {
        let (signers, verifier) = try await Signers.verifier()
        let content = "Content-Type: text/plain\r\n\r\nArchive: x\r\n"
        let signature = Array(
            try signers.gpg("-u", signers.rsa, "--armor", "--detach-sign", input: content).utf8)
        let verified = try await verifier.verify(detached: signature, over: Array(content.utf8))
        #expect(verified.text == content)
        #expect(verified.signer.text == signers.rsa)
        await #expect(throws: SignatureRefusal.altered(key: String(signers.rsa.suffix(16)))) {
            try await verifier.verify(detached: signature, over: Array(content.replacing("\r\n", with: "\n").utf8))
        }
        await #expect(throws: SignatureRefusal.textAfterSignature) {
            try await verifier.verify(detached: signature + Array("x\n".utf8), over: Array(content.utf8))
        }
    }

    @Test func manyAtATimeAreEachJudgedRight() async throws {
        let (signers, verifier) = try await Signers.verifier(contexts: 3)
        let good = try signers.gpg.clearsign("n: 1\n", by: signers.ed25519)
        let bad = good.replacing("n: 1", with: "n: 2")
        try await withThrowingTaskGroup { group in
            for number in 0..<24 {
                group.addTask {
                    let refusal = try await verifier.refusal(of: number.isMultiple(of: 3) ? bad : good)
                    #expect((refusal?.code == "signature-altered") == number.isMultiple(of: 3))
                }
            }
            try await group.waitForAll()
        }
    }
}
