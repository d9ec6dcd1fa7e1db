import ArchiveModel
import SystemPackage
import Testing

@testable import OpenPGP

/// What is checked without gpg, beside what gpg says of the same bytes: nothing is taken that gpg refuses.
@Suite struct TriedKeysTests {
    /// One that knows all keys that can sign from signatures that gpg has judged, and one that asks gpg about each.
    private static func verifiers() async throws -> (Signers, SignatureVerifier, gpg: SignatureVerifier) {
        let (signers, verifier) = try await Signers.verifier()
        for key in [signers.ed25519, signers.rsa, signers.old, signers.withSubkey] {
            for number in 0..<TriedKeys.triesBefore {
                _ = try await verifier.verify(try signers.gpg.clearsign("n: \(number)\n", by: key))
            }
        }
        return (signers, verifier, SignatureVerifier(keyring: signers.keyring, contexts: 2, tried: nil))
    }

    private static func report(_ bytes: [UInt8], _ verifier: SignatureVerifier, ahead: Int64 = 0) throws
        -> SignatureReport?
    {
        let tried = try #require(verifier.tried)
        return tried.report(
            on: bytes, in: try verifier.keyring.currentHome(), now: SignatureVerifier.systemClock() + ahead)
    }

    private static func outcome(_ bytes: [UInt8], _ verifier: SignatureVerifier) async throws
        -> Result<VerifiedText, SignatureRefusal>
    {
        do {
            return .success(try await verifier.verify(clearsigned: bytes))
        } catch let refusal as SignatureRefusal {
            return .failure(refusal)
        }
    }

    @Test(arguments: [
        "a: b\n", Signers.text, "a: b\n\n\n", "- a\nFrom b\n--\n", "no line end",
        "x\n" + String(repeating: "y", count: 9000),
    ])
    func goodOnesAreTakenAlike(_ text: String) async throws {
        let (signers, verifier, gpg) = try await Self.verifiers()
        for key in [signers.ed25519, signers.rsa, signers.withSubkey] {
            for digest in ["SHA256", "SHA384", "SHA512"] {
                let signed = Array(try signers.gpg.clearsign(text, by: key, "--digest-algo", digest).utf8)
                let report = try #require(try Self.report(signed, verifier), "\(key) \(digest)")
                #expect(report.signer.text == key)
                #expect(report.signingKey.text == (key == signers.withSubkey ? signers.subkey : key))
                #expect(try await Self.outcome(signed, verifier) == Self.outcome(signed, gpg))
            }
        }
    }

    @Test(arguments: RefusedSignature.all)
    func refusedOnesAreRefusedAlike(_ row: RefusedSignature) async throws {
        let (signers, verifier, gpg) = try await Self.verifiers()
        let signed = Array(try row.make(signers).utf8)
        #expect(try await Self.outcome(signed, verifier) == Self.outcome(signed, gpg))
        #expect(try Self.report(signed, verifier) == nil)
    }

    /// Every byte of a signed text, two ways: what is still taken without gpg, gpg takes as well.
    @Test(arguments: [false, true])
    func anyByteChangedIsNotTaken(rsa: Bool) async throws {
        let (signers, verifier, gpg) = try await Self.verifiers()
        let signed = Array(try signers.gpg.clearsign("a: b\n- c\n", by: rsa ? signers.rsa : signers.ed25519).utf8)
        var taken = 0
        for place in signed.indices {
            for change: UInt8 in [1, 0x20] {
                var changed = signed
                changed[place] ^= change
                guard (try? ClearsignedBlock(checking: changed)) != nil, try Self.report(changed, verifier) != nil
                else {
                    continue
                }
                taken += 1
                _ = try await gpg.verify(clearsigned: changed)
            }
        }
        #expect(taken == 0)
    }

    /// What gpg does not write, it judges.
    @Test(arguments: [
        ("\n", "\r\n"), ("a: b\n", "a: b \n"), ("SIGNATURE-----\n\n", "SIGNATURE-----\nComment: x\n\n"),
        ("Hash: SHA512\n", ""), ("Hash: SHA512\n", "Hash: SHA256\n"), ("Hash: SHA512\n", "Hash: SHA512, SHA256\n"),
        ("MESSAGE-----\n", "MESSAGE----- \n"),
    ])
    func otherFormsAreLeftToIt(_ from: String, _ to: String) async throws {
        let (signers, verifier, gpg) = try await Self.verifiers()
        let signed = try signers.gpg.clearsign("a: b\n", by: signers.rsa)
        let changed = Array(signed.replacing(from, with: to).utf8)
        #expect(try Self.report(changed, verifier) == nil)
        #expect(try await Self.outcome(changed, verifier) == Self.outcome(changed, gpg))
    }

    @Test(arguments: [
        ["--default-sig-expire", "1y"], ["--sig-notation", "a@example.org=b"], ["--set-policy-url", "u:v"],
    ])
    func signaturesThatSayMoreAreLeftToIt(_ options: [String]) async throws {
        let (signers, verifier, gpg) = try await Self.verifiers()
        let signed = Array(try signers.gpg.clearsign("a: b\n", by: signers.rsa, options[0], options[1]).utf8)
        #expect(try Self.report(signed, verifier) == nil)
        #expect(try await Self.outcome(signed, verifier) == Self.outcome(signed, gpg))
    }

    @Test func gpgIsBelievedForAWhile() async throws {
        let (signers, verifier, _) = try await Self.verifiers()
        let signed = Array(try signers.gpg.clearsign("a: b\n", by: signers.ed25519).utf8)
        #expect(try Self.report(signed, verifier, ahead: TriedKeys.trust / 2) != nil)
        #expect(try Self.report(signed, verifier, ahead: TriedKeys.trust) == nil)
        #expect(try Self.report(signed, verifier, ahead: -600) == nil, "signed later than now")
    }

    @Test func aKeyThatExpiresIsBelievedUntilThen() async throws {
        let (signers, _) = try await Signers.verifier()
        let key = try signers.gpg.makeKey("brief", "ed25519", "sign", "seconds=300")
        let keyring = try Keyring(home: FilePath(signers.folder + "/brief"))
        _ = try await keyring.add(try signers.gpg.export(key))
        let verifier = SignatureVerifier(keyring: keyring)
        let signed = Array(try signers.gpg.clearsign("a: b\n", by: key).utf8)
        for _ in 0..<TriedKeys.triesBefore { _ = try await verifier.verify(clearsigned: signed) }
        #expect(try Self.report(signed, verifier) != nil)
        #expect(try Self.report(signed, verifier, ahead: 301) == nil)
    }

    /// A removed or revoked key makes another generation, which knows nothing of what the last one's keys did.
    @Test func aRevokedKeyIsRefusedAtOnce() async throws {
        let (signers, _) = try await Signers.verifier()
        let key = try signers.gpg.makeKey("leaving", "ed25519", "sign", "never")
        let keyring = try Keyring(home: FilePath(signers.folder + "/leaving"))
        _ = try await keyring.add(try signers.gpg.export(key))
        let verifier = SignatureVerifier(keyring: keyring)
        let signed = Array(try signers.gpg.clearsign("a: b\n", by: key).utf8)
        for _ in 0..<TriedKeys.triesBefore { _ = try await verifier.verify(clearsigned: signed) }
        #expect(try Self.report(signed, verifier) != nil)
        let certificate = try bytes(of: "\(signers.gpg.home)/openpgp-revocs.d/\(key).rev")
        let opened = String(decoding: certificate, as: UTF8.self).replacing(":-----BEGIN", with: "-----BEGIN")
        try signers.gpg("--import", input: opened)
        _ = try await keyring.add(try signers.gpg.export(key))
        let fingerprint = try #require(Fingerprint(key))
        #expect(try Self.report(signed, verifier) == nil)
        #expect(try await Self.outcome(signed, verifier) == .failure(.revokedKey(fingerprint)))
    }

    @Test func nothingIsTakenBeforeGpgHasJudged() async throws {
        let (signers, verifier) = try await Signers.verifier()
        let signed = Array(try signers.gpg.clearsign("a: b\n", by: signers.ed25519).utf8)
        #expect(try Self.report(signed, verifier) == nil)
        _ = try await verifier.verify(clearsigned: signed)
        #expect(try Self.report(signed, verifier) == nil)
    }
}
