internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

/// Whose a text is: bytes in, a verified text and its signer out, or the verdict that there is none.
///
/// Where nothing is proven, the verdict is `ignored` and nobody is mailed: an address in an unsigned text is anybody's.
/// Where the signature is good and only the key no longer counts, the person is proven and is told.
struct SignatureExamination: Sendable {
    let verifier: SignatureVerifier
    let catalog: Catalog

    /// - Throws: `EarlyVerdict`, or a failure of ours.
    func signedText(_ bytes: [UInt8], file: FileName) async throws -> (text: VerifiedText, signer: Signer) {
        try await signed(file: file) { try await verifier.verify(clearsigned: bytes) }
    }

    /// A part of a mail and the signature beside it (RFC 3156).
    func signedPart(
        _ content: [UInt8], signature: [UInt8], file: FileName
    ) async throws -> (text: VerifiedText, signer: Signer) {
        try await signed(file: file) { try await verifier.verify(detached: signature, over: content) }
    }

    private func signed(
        file: FileName, _ verify: () async throws -> VerifiedText
    ) async throws -> (text: VerifiedText, signer: Signer) {
        do {
            let text = try await verify()
            return (text, try await signer(of: text, file: file))
        } catch let refusal as SignatureRefusal {
            throw try await verdict(on: refusal, file: file)
        }
    }

    private func verdict(on refusal: SignatureRefusal, file: FileName) async throws -> EarlyVerdict {
        let finding = Finding(refusal, file: file)
        guard let key = refusal.signer, case .person(let person, _) = try await catalog.signer(key) else {
            return EarlyVerdict(.ignored, [finding])
        }
        return EarlyVerdict(.rejected, [finding], signer: person)
    }

    private func signer(of text: VerifiedText, file: FileName) async throws -> Signer {
        guard let signer = try await catalog.signer(text.signer) else {
            throw EarlyVerdict(.ignored, [Finding(.unknownKey(text.signer.text), file: file)])
        }
        guard let finding = Self.blocked(signer, key: text.signer, file: file) else { return signer }
        let person: Person? = if case .person(let person, _) = signer { person } else { nil }
        throw EarlyVerdict(.rejected, [finding], signer: person)
    }

    /// What keeps the signature of a `.dsc` from counting; nil when nothing does. It may be another person's than that
    /// of the `.changes`.
    func findings(onDsc bytes: [UInt8], file: FileName) async throws -> (text: VerifiedText?, findings: [Finding]) {
        do {
            let (text, signer) = try await signedText(bytes, file: file)
            guard case .person = signer else { return (nil, [Finding(.unknownKey(text.signer.text), file: file)]) }
            return (text, [])
        } catch let early as EarlyVerdict {
            return (nil, early.examined.verdict.findings)
        }
    }

    private static func blocked(_ signer: Signer, key: Fingerprint, file: FileName) -> Finding? {
        switch signer {
        case .person(_, isKeyBlocked: true), .builder(_, _, isKeyBlocked: true):
            return Finding(
                .blockedKey, "The key \(key) is blocked here.", file: file.description,
                remedy: "Sign with another registered key.")
        case .person(let person, _) where person.isBlocked:
            return Finding(
                .blockedPerson, "\(person.name) is blocked and uploads nothing.", file: file.description,
                remedy: "Ask the admin of this service.")
        case .person, .builder: return nil
        }
    }
}
