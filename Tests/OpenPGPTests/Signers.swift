import ArchiveModel
import Foundation
import SystemPackage
import Testing

@testable import OpenPGP

/// Everybody the tests know, their keys made by gpg, and a keyring that holds all of them but the stranger's.
final class Signers: Sendable {
    static let text = "Format: 1.8\nSource: hello\n\n- a dash\nFrom here, blanks: \ttab\nUmlaut: ä\n"

    let gpg: GnuPG
    let folder: String
    let keyring: Keyring
    let ed25519, rsa, expired, revoked, old, withSubkey, subkey, withRevokedSubkey, stranger: String
    /// Signed while the key was still good.
    let signedByRevoked, signedByRevokedSubkey: String

    static let all: Result<Signers, any Error> = Result {
        let signers = try Signers()
        atexit { try? Signers.all.get().remove() }
        return signers
    }

    private init() throws {
        gpg = try GnuPG()
        ed25519 = try gpg.makeKey("ed25519", "ed25519", "sign", "never")
        rsa = try gpg.makeKey("rsa", "rsa2048", "sign", "never")
        stranger = try gpg.makeKey("stranger", "ed25519", "sign", "never")
        let in2020 = ["--faked-system-time", "20200101T000000!"]
        old = try gpg.makeKey("old", "ed25519", "sign", "never", options: in2020)
        expired = try gpg.makeKey("expired", "ed25519", "sign", "1y", options: in2020)
        withSubkey = try gpg.makeKey("subkey", "ed25519", "cert", "never")
        try gpg("--quick-add-key", withSubkey, "ed25519", "sign", "never")
        subkey = try gpg.fingerprints(of: "subkey")[1]
        withRevokedSubkey = try gpg.makeKey("lost", "ed25519", "cert", "never")
        try gpg("--quick-add-key", withRevokedSubkey, "ed25519", "sign", "never")
        signedByRevokedSubkey = try gpg.clearsign(Self.text, by: withRevokedSubkey)
        let dialogue = "key 1\nrevkey\ny\n1\n\ny\nsave\n"
        try gpg("--command-fd", "0", "--no-batch", "--edit-key", withRevokedSubkey, input: dialogue)
        revoked = try gpg.makeKey("revoked", "ed25519", "sign", "never")
        signedByRevoked = try gpg.clearsign(Self.text, by: revoked)
        let certificate = try String(contentsOfFile: "\(gpg.home)/openpgp-revocs.d/\(revoked).rev", encoding: .utf8)
        try gpg("--import", input: certificate.replacing(":-----BEGIN", with: "-----BEGIN"))
        folder = try temporaryFolder()
        keyring = try Keyring(home: FilePath(folder + "/keyring"))
    }

    private func remove() {
        gpg.remove()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A verifier that knows everybody but the stranger.
    static func verifier(contexts: Int = 2) async throws -> (Signers, SignatureVerifier) {
        let signers = try all.get()
        try await filled.value
        return (signers, SignatureVerifier(keyring: signers.keyring, contexts: contexts))
    }

    private static let filled = Task {
        let signers = try all.get()
        _ = try await signers.keyring.add(
            try signers.gpg.export(
                signers.ed25519, signers.rsa, signers.expired, signers.revoked, signers.old, signers.withSubkey,
                signers.withRevokedSubkey))
    }
}

extension SignatureVerifier {
    func verify(_ text: String) async throws -> VerifiedText { try await verify(clearsigned: Array(text.utf8)) }

    /// The refusal of this text; `nil` when it is taken.
    func refusal(of text: String) async throws -> SignatureRefusal? {
        do {
            _ = try await verify(text)
            return nil
        } catch let refusal as SignatureRefusal {
            return refusal
        }
    }
}
