import ArchiveModel
import Testing

@testable import OpenPGP

/// Keys that people offer, and the proof that they are theirs.
@Suite struct OfferedKeyTests {
    private static func text(_ key: Fingerprint) -> String { "add-key ppa.example.org alice \(key)\n" }

    /// - Parameters:
    ///   - signer: makes the proof, over the text for `key`.
    private func refusal(
        _ signers: Signers, _ keys: [String], by signer: String, text: String? = nil
    ) async throws -> String? {
        let key = try #require(Fingerprint(keys[0]))
        let over = text ?? Self.text(key)
        let proof = try signers.gpg("--local-user", signer, "--armor", "--detach-sign", input: over)
        let block = try keys.map { String(decoding: try signers.gpg.export($0), as: UTF8.self) }.joined()
        return try await Self.refusal(Array(block.utf8), Array(proof.utf8))
    }

    private static func refusal(_ key: [UInt8], _ proof: [UInt8]) async throws -> String? {
        do {
            _ = try await OfferedKeys().examine(key, proof: proof, over: Self.text)
            return nil
        } catch let refusal as OfferedKeyRefusal {
            return refusal.sentence
        }
    }

    @Test func aKeyThatProvesItselfIsGood() async throws {
        let (signers, _) = try await Signers.verifier()
        for key in [signers.ed25519, signers.rsa, signers.withSubkey] {
            #expect(try await refusal(signers, [key], by: key) == nil)
        }
    }

    @Test func aStrangersKeyIsRefused() async throws {
        let (signers, _) = try await Signers.verifier()
        let foreign = try await refusal(signers, [signers.ed25519], by: signers.rsa)
        #expect(foreign?.contains("unknown") == true || foreign?.contains("not registered") == true, "\(foreign ?? "")")
        let altered = try await refusal(
            signers, [signers.ed25519], by: signers.ed25519,
            text: "add-key ppa.example.org mallory \(signers.ed25519)\n")
        #expect(altered?.isEmpty == false)
    }

    @Test func aKeyOfNoUseIsRefused() async throws {
        let (signers, _) = try await Signers.verifier()
        let short = try signers.gpg.makeKey("short", "rsa1024", "sign", "never")
        #expect(
            try await refusal(signers, [short], by: short) == "The key has 1024 bits of RSA; at least 2048 are taken.")
        let weak = try signers.gpg.makeKey("weaksub", "ed25519", "cert", "never")
        try signers.gpg("--quick-add-key", weak, "rsa1024", "sign", "never")
        #expect(
            try await refusal(signers, [weak], by: weak) == "The key has 1024 bits of RSA; at least 2048 are taken.")
        #expect(try await refusal(signers, [signers.expired], by: signers.rsa) == "The key has expired.")
        #expect(try await refusal(signers, [signers.revoked], by: signers.rsa) == "The key is revoked.")
        let two = try await refusal(signers, [signers.rsa, signers.ed25519], by: signers.rsa)
        #expect(two == "There are 2 keys in it, and one is expected.")
        let certifier = try signers.gpg.makeKey("certifier", "ed25519", "cert", "never")
        #expect(
            try await refusal(signers, [certifier], by: signers.rsa)
                == "The key cannot sign, and has no subkey that can.")
    }

    @Test func whatIsNoKeyOrNoProofIsRefused() async throws {
        let (signers, _) = try await Signers.verifier()
        let key = try signers.gpg.export(signers.rsa)
        let proof = Array(try signers.gpg("-u", signers.rsa, "--armor", "--detach-sign", input: "x").utf8)
        #expect(try await Self.refusal(Array("nothing\n".utf8), proof) == KeyRefusal.notAKey.sentence)
        let long = [UInt8](repeating: 0x0A, count: OfferedKeys.keySizeLimit + 1)
        #expect(try await Self.refusal(long, proof)?.contains("bytes") == true)
        #expect(try await Self.refusal(key, Array("nothing\n".utf8))?.isEmpty == false)
        #expect(try await Self.refusal(key, proof)?.isEmpty == false, "over another text")
    }
}
