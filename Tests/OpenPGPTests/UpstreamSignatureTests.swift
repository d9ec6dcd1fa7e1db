import DurableFiles
import SystemPackage
import Testing

@testable import OpenPGP

/// Tarballs that upstream has signed, and the keys that a package ships.
@Suite struct UpstreamSignatureTests {
    private static let tarball = "the upstream tarball\n"

    private func mistakes(
        _ content: String = tarball, keys: (Signers) throws -> [UInt8], signing: (Signers) -> String
    ) async throws -> [String] {
        let (signers, _) = try await Signers.verifier()
        let signature = try signers.gpg(
            "-u", signing(signers), "--armor", "--detach-sign", input: Self.tarball)
        let path = FilePath(signers.folder).appending("tarball-\(UInt64.random(in: 0..<UInt64.max))")
        try Durably.write(Array(content.utf8), to: path, sync: .later)
        let file = UpstreamFile(name: "x.asc", signature: Array(signature.utf8)) { try OwnedDescriptor(opening: path) }
        return try await UpstreamSignatures().mistakes(in: [file], keys: try keys(signers)).map(\.sentence)
    }

    @Test func oneByAShippedKeyIsGood() async throws {
        let mistakes = try await mistakes(keys: { try $0.gpg.export($0.rsa, $0.ed25519) }, signing: { $0.rsa })
        #expect(mistakes == [])
    }

    @Test func oneByAnotherKeyIsToldOf() async throws {
        let mistakes = try await mistakes(keys: { try $0.gpg.export($0.ed25519) }, signing: { $0.rsa })
        #expect(mistakes == ["It is by a key that debian/upstream/signing-key.asc does not have."])
    }

    @Test func oneOfAnotherFileIsToldOf() async throws {
        let mistakes = try await mistakes("another\n", keys: { try $0.gpg.export($0.rsa) }, signing: { $0.rsa })
        #expect(mistakes == ["It is the signature of another file."])
    }

    @Test(arguments: [
        "", "no key\n", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n",
    ])
    func whatIsNoKeyIsToldOf(_ key: String) async throws {
        let mistakes = try await mistakes(keys: { _ in Array(key.utf8) }, signing: { $0.rsa })
        #expect(mistakes == ["There is no OpenPGP public key in it."])
    }

    @Test func tooManyKeysAreNotRead() async throws {
        let keys = [UInt8](repeating: 0x0A, count: UpstreamLimits().keys + 1)
        #expect(try await mistakes(keys: { _ in keys }, signing: { $0.rsa }).count == 1)
    }

    @Test(arguments: ["", "no signature\n"])
    func whatIsNoSignatureIsToldOf(_ text: String) async throws {
        let (signers, _) = try await Signers.verifier()
        let path = FilePath(signers.folder).appending("none-\(UInt64.random(in: 0..<UInt64.max))")
        try Durably.write([1, 2, 3], to: path, sync: .later)
        let file = UpstreamFile(name: "x.asc", signature: Array(text.utf8)) { try OwnedDescriptor(opening: path) }
        let mistakes = try await UpstreamSignatures().mistakes(in: [file], keys: try signers.gpg.export(signers.rsa))
        #expect(mistakes.map(\.sentence) == ["gpg finds no signature in it that it can check."])
    }
}
