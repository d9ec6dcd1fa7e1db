import ArchiveModel
import Foundation
import SystemPackage
import Testing

@testable import OpenPGP

@Suite final class KeyringTests {
    private let folder: String
    private let keyring: Keyring

    init() throws {
        folder = try temporaryFolder()
        keyring = try Keyring(home: FilePath(folder).appending("keyring"))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    @Test func aKeyIsKnownFromItsImportToItsRemoval() async throws {
        let (signers, _) = try await Signers.verifier()
        let verifier = SignatureVerifier(keyring: keyring, contexts: 1)
        let signed = try signers.gpg.clearsign(Signers.text, by: signers.ed25519)
        let key = try #require(Fingerprint(signers.ed25519))
        #expect(try await verifier.refusal(of: signed) == .unknownKey(signers.ed25519))
        let added = try await keyring.add(try signers.gpg.export(signers.ed25519))
        #expect(added.map(\.fingerprint) == [key])
        #expect(try await verifier.refusal(of: signed) == nil)
        #expect(try await keyring.fingerprints() == [key])
        try await keyring.remove(key)
        #expect(try await verifier.refusal(of: signed) == .unknownKey(signers.ed25519))
        #expect(try await keyring.key(key) == nil)
    }

    @Test func aKeyIsListedAsItIs() async throws {
        let (signers, _) = try await Signers.verifier()
        let keys = try await keyring.add(try signers.gpg.export(signers.expired, signers.rsa, signers.revoked))
        let found = Dictionary(uniqueKeysWithValues: keys.map { ($0.fingerprint.text, $0) })
        let rsa = try #require(found[signers.rsa])
        #expect(rsa.userIDs == ["rsa <rsa@example.org>"])
        #expect((rsa.algorithm, rsa.expires, rsa.canSign, rsa.isRevoked) == ("rsa2048", nil, true, false))
        let expired = try #require(found[signers.expired])
        #expect((expired.algorithm, expired.isExpired, expired.created) == ("ed25519", true, 1_577_836_800))
        #expect(expired.expires == 1_609_372_800)
        #expect(found[signers.revoked]?.isRevoked == true)
        #expect(try await keyring.keys().count == 3)
    }

    @Test func exportGivesWhatWasImported() async throws {
        let (signers, _) = try await Signers.verifier()
        _ = try await keyring.add(try signers.gpg.export(signers.rsa, signers.withSubkey))
        let key = try #require(Fingerprint(signers.withSubkey))
        let text = String(decoding: try await keyring.export(key), as: UTF8.self)
        let other = try GnuPG()
        try other("--import", input: text)
        #expect(try other.fingerprints(of: "subkey") == [signers.withSubkey, signers.subkey])
    }

    @Test func whatIsNoPublicKeyChangesNothing() async throws {
        let (signers, _) = try await Signers.verifier()
        _ = try await keyring.add(try signers.gpg.export(signers.rsa))
        let home = try keyring.currentHome()
        let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/keyring").sorted()
        let secret = try signers.gpg("--armor", "--export-secret-keys", signers.ed25519)
        for (data, refusal) in [
            (Array("hello\n".utf8), KeyRefusal.notAKey), ([], .notAKey), (Array(secret.utf8), .secretKey),
            (
                [UInt8](repeating: 0x20, count: Keyring.keySizeLimit + 1),
                .tooLarge(size: Keyring.keySizeLimit + 1, limit: Keyring.keySizeLimit)
            ),
        ] {
            await #expect(throws: refusal) { try await keyring.add(data) }
        }
        #expect(try keyring.currentHome() == home)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/keyring").sorted() == files)
        #expect(try await keyring.fingerprints().count == 1)
        #expect(!FileManager.default.fileExists(atPath: home.appending("private-keys-v1.d").string))
    }

    @Test func importsDisturbNoVerification() async throws {
        let (signers, _) = try await Signers.verifier()
        let (one, other) = (try signers.gpg.export(signers.rsa), try signers.gpg.export(signers.ed25519))
        _ = try await keyring.add(one)
        let verifier = SignatureVerifier(keyring: keyring)
        let signed = try signers.gpg.clearsign(Signers.text, by: signers.rsa)
        try await withThrowingTaskGroup { [keyring] group in
            for _ in 0..<40 {
                group.addTask {
                    let refusal = try await verifier.refusal(of: signed)
                    #expect(refusal == nil)
                }
            }
            for number in 0..<8 {
                group.addTask { _ = try await keyring.add(number.isMultiple(of: 2) ? other : one) }
            }
            try await group.waitForAll()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/keyring").count == 4)
    }

    /// A home that goes meanwhile may make gpg say anything; without that, trouble is told at once.
    @Test func whatIsAskedOfAnExchangedHomeIsAskedAgain() async throws {
        struct Trouble: Error {}
        let (signers, _) = try await Signers.verifier()
        let key = try signers.gpg.export(signers.rsa)
        _ = try await keyring.add(key)
        var asked = 0
        let answer = try await keyring.asking { _ in
            asked += 1
            if asked < 3 { _ = try await keyring.add(key) }
            if asked == 1 { throw Trouble() }
            return asked
        }
        #expect(answer == 3, "the second answer was of an old home")
        await #expect(throws: Trouble.self) { try await keyring.asking { _ -> Int in throw Trouble() } }
    }

    @Test func aKeyringOutlivesItsValue() async throws {
        let (signers, _) = try await Signers.verifier()
        _ = try await keyring.add(try signers.gpg.export(signers.rsa))
        let again = try Keyring(home: FilePath(folder).appending("keyring"))
        #expect(try await again.fingerprints().map(\.text) == [signers.rsa])
        let rights = try FileManager.default.attributesOfItem(atPath: try again.currentHome().string)
        #expect(rights[.posixPermissions] as? Int == 0o700)
    }

    private struct Trouble: Error {}

    /// Names of the generations that are there.
    private var generations: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder + "/keyring")
                .filter { $0.hasPrefix("generation-") }.sorted()
        }
    }

    @Test func aGenerationThatCannotBeRemovedCostsNoKeyAndGoesLater() throws {
        var stuck = KeyringGenerations(root: FilePath(folder).appending("keyring"))
        let root = stuck.root
        stuck.remove = { path in
            guard FileManager.default.fileExists(atPath: path.string) else { return }
            if ["generation-1", "generation-2"].map(root.appending).contains(path) { throw Trouble() }
            try FileManager.default.removeItem(atPath: path.string)
        }
        for number in 2...5 {
            try stuck.change { try Data("\(number)".utf8).write(to: URL(filePath: $0.string + "/pubring.kbx")) }
            let home = try stuck.current()
            #expect(try String(contentsOfFile: home.string + "/pubring.kbx", encoding: .utf8) == "\(number)")
            #expect(home.lastComponent?.string == "generation-\(number)")
        }
        #expect(try generations == ["generation-1", "generation-2", "generation-4", "generation-5"])
        try KeyringGenerations(root: root).change { _ in }
        #expect(try generations == ["generation-5", "generation-6"])
    }

    /// A backup may hold the number of a generation that came after its list of files.
    @Test func aLostGenerationIsToldAndNoKeyringIsStartedAnew() async throws {
        let (signers, _) = try await Signers.verifier()
        let key = try signers.gpg.export(signers.rsa)
        _ = try await keyring.add(key)
        try Data("3\n".utf8).write(to: URL(filePath: folder + "/keyring/current"))
        let left = try generations
        let verifier = SignatureVerifier(keyring: keyring, contexts: 1)
        let signed = try signers.gpg.clearsign(Signers.text, by: signers.rsa)
        await #expect(throws: OpenPGPFailure.self) { try await verifier.refusal(of: signed) }
        await #expect(throws: OpenPGPFailure.self) { try await keyring.add(key) }
        #expect(try generations == left)
        // As docs/operations.md says.
        try Data("2\n".utf8).write(to: URL(filePath: folder + "/keyring/current"))
        #expect(try await keyring.fingerprints().map(\.text) == [signers.rsa])
    }
}
