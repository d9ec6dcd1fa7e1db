import ArchiveModel
import Testing

@testable import OpenPGP

/// Something signed in a way that is refused, made by the real gpg.
struct RefusedSignature: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let make: @Sendable (Signers) throws -> String
    let refusal: @Sendable (Signers) throws -> SignatureRefusal

    init(
        _ name: String, _ make: @escaping @Sendable (Signers) throws -> String,
        _ refusal: @escaping @Sendable (Signers) throws -> SignatureRefusal
    ) {
        (self.testDescription, self.make, self.refusal) = (name, make, refusal)
    }

    private static func good(_ signers: Signers) throws -> String {
        try signers.gpg.clearsign(Signers.text, by: signers.rsa)
    }

    private static func key(_ text: String) throws -> Fingerprint { try #require(Fingerprint(text)) }

    static let all = [
        RefusedSignature("unsigned", { _ in Signers.text }, { _ in .notClearsigned }),
        RefusedSignature("empty", { _ in "" }, { _ in .notClearsigned }),
        RefusedSignature(
            "gpg --sign --armor", { try $0.gpg("-u", $0.rsa, "--armor", "--sign", input: Signers.text) },
            { _ in .signedButNotClear }),
        RefusedSignature("text before", { try "Source: x\n" + good($0) }, { _ in .textBeforeSignature }),
        RefusedSignature("a blank line before", { try "\n" + good($0) }, { _ in .textBeforeSignature }),
        RefusedSignature("text after", { try good($0) + "Source: x\n" }, { _ in .textAfterSignature }),
        RefusedSignature("two blocks", { try good($0) + good($0) }, { _ in .severalSignedBlocks }),
        RefusedSignature(
            "two signers", { try $0.gpg("-u", $0.rsa, "-u", $0.ed25519, "--clearsign", input: "a: b\n") },
            { _ in .severalSignatures }),
        RefusedSignature(
            "a signer and a stranger", { try $0.gpg("-u", $0.rsa, "-u", $0.stranger, "--clearsign", input: "a: b\n") },
            { _ in .severalSignatures }),
        RefusedSignature(
            "one letter of the text changed", { try good($0).replacing("hello", with: "hallo") },
            { .altered(key: String($0.rsa.suffix(16))) }),
        RefusedSignature(
            "unknown key", { try $0.gpg.clearsign(Signers.text, by: $0.stranger) }, { .unknownKey($0.stranger) }),
        RefusedSignature(
            "expired key",
            { try $0.gpg.clearsign(Signers.text, by: $0.expired, "--faked-system-time", "20200201T000000!") },
            { .expiredKey(try key($0.expired)) }),
        RefusedSignature("revoked key", { $0.signedByRevoked }, { .revokedKey(try key($0.revoked)) }),
        RefusedSignature(
            "revoked subkey", { $0.signedByRevokedSubkey }, { .revokedKey(try key($0.withRevokedSubkey)) }),
        RefusedSignature(
            "expired signature",
            {
                try $0.gpg.clearsign(
                    Signers.text, by: $0.old, "--faked-system-time", "20200201T000000!", "--default-sig-expire", "1d")
            }, { .expiredSignature(try key($0.old)) }),
        RefusedSignature(
            "from the future",
            { try $0.gpg.clearsign(Signers.text, by: $0.old, "--faked-system-time", "20600101T000000!") },
            { .fromTheFuture(signedAt: 2_840_140_800, try key($0.old)) }),
        RefusedSignature(
            "older than its key",
            { signers in
                try signers.gpg.clearsign(
                    Signers.text, by: signers.rsa, "--ignore-time-conflict", "--faked-system-time", "20200201T000000!")
            }, { _ in .uncheckable("its key is newer than the signature, so a clock is wrong") }),
        RefusedSignature("MD5", { try weak("MD5", $0) }, { _ in .weakDigest("MD5", nil) }),
        RefusedSignature("SHA-1", { try weak("SHA1", $0) }, { .weakDigest("SHA-1", try key($0.rsa)) }),
        RefusedSignature("RIPEMD160", { try weak("RIPEMD160", $0) }, { .weakDigest("RIPEMD160", try key($0.rsa)) }),
    ]

    private static func weak(_ digest: String, _ signers: Signers) throws -> String {
        try signers.gpg.clearsign(Signers.text, by: signers.rsa, "--allow-weak-digest-algos", "--digest-algo", digest)
    }
}

@Suite struct RefusalTests {
    @Test(arguments: RefusedSignature.all)
    func isRefused(_ row: RefusedSignature) async throws {
        let (signers, verifier) = try await Signers.verifier()
        let refusal = try await verifier.refusal(of: try row.make(signers))
        let expected = try row.refusal(signers)
        #expect(refusal == expected)
    }

    @Test func anyByteOfTheTextChangedIsRefused() async throws {
        let (signers, verifier) = try await Signers.verifier()
        let text = "Source: hello\nVersion: 1\n"
        let signed = Array(try signers.gpg.clearsign(text, by: signers.rsa).utf8)
        let start = try #require(String(decoding: signed, as: UTF8.self).firstRange(of: "Source"))
        let offset = String(decoding: signed, as: UTF8.self)[..<start.lowerBound].utf8.count
        for place in offset..<(offset + text.utf8.count - 1) {
            var changed = signed
            changed[place] ^= 1
            await #expect(throws: SignatureRefusal.self, "byte \(place - offset)") {
                try await verifier.verify(clearsigned: changed)
            }
        }
    }

    @Test func aTextThatIsNotUTF8IsRefused() async throws {
        let (signers, verifier) = try await Signers.verifier()
        let file = signers.folder + "/latin1"
        try run("/bin/sh", ["-c", "printf 'Name: J\\366rg\\n' > \(file)"])
        try signers.gpg("-u", signers.rsa, "--output", file + ".asc", "--clearsign", file)
        let signed = try bytes(of: file + ".asc")
        await #expect(throws: SignatureRefusal.notUTF8) { try await verifier.verify(clearsigned: signed) }
    }

    @Test func everyRefusalHasItsOwnWords() throws {
        let key = try #require(Fingerprint(String(repeating: "A", count: 40)))
        let all: [SignatureRefusal] = [
            .notClearsigned, .signedButNotClear, .textBeforeSignature, .textAfterSignature, .severalSignedBlocks,
            .severalSignatures, .cutOff, .damaged(line: 1, mistake: "x"), .tooLarge(size: 2, limit: 1), .notUTF8,
            .altered(key: "A"), .unknownKey("A"), .expiredKey(key), .revokedKey(key), .expiredSignature(key),
            .weakDigest("MD5", nil), .fromTheFuture(signedAt: 1, key), .uncheckable("x"),
        ]
        #expect(Set(all.map(\.code)).count == all.count)
        #expect(Set(all.map(\.sentence)).count == all.count)
        #expect(all.allSatisfy { $0.sentence.hasSuffix(".") && $0.remedy.hasSuffix(".") })
        #expect(all.compactMap(\.signer).count == 4)
    }
}
