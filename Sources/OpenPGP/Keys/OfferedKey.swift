public import ArchiveModel
internal import CGPGME
internal import SystemPackage

/// Why a key that somebody offers is not taken. The sender's to mend; the sentences are for their eyes.
public enum OfferedKeyRefusal: Error, Hashable, Sendable {
    /// There is none in it, or a private one, or too large a one.
    case notAKey(KeyRefusal)
    case severalKeys(Int)
    /// What is wrong with it, after "The key".
    case unusable(String)
    case proof(SignatureRefusal)
    case proofByAnother(Fingerprint)
}

/// Looks at a public key that somebody wants to sign with from now on, and at the proof that they can: a signature that the key
/// itself has made.
///
/// Takes: a key and a signature of somebody's. Trusts: neither; the key is in a GnuPG home that lives as long as the look.
/// Leaves: nothing.
public struct OfferedKeys: Sendable {
    /// In bytes: a key without the signatures of others has some KiB.
    public static let keySizeLimit = 64 << 10
    /// RSA keys of fewer bits are no match for those who have machines (NIST SP 800-131A).
    public static let smallestRSA = 2048

    private let workers = GPGWorkers(count: 1)

    public init() {}

    /// - Parameters:
    ///   - key: armored or not.
    ///   - proof: an armored detached signature.
    ///   - text: what it has to be over, byte for byte.
    /// - Throws: `OfferedKeyRefusal`; any other error is trouble of ours.
    public func examine(
        _ key: [UInt8], proof: [UInt8], over text: @Sendable (Fingerprint) -> String
    ) async throws -> ImportedKey {
        guard key.count <= Self.keySizeLimit else {
            throw OfferedKeyRefusal.notAKey(.tooLarge(size: key.count, limit: Self.keySizeLimit))
        }
        do {
            try SignatureArmor.check(detached: proof)
        } catch {
            throw OfferedKeyRefusal.proof(error)
        }
        return try await workers.run(in: GnuPGHome.throwaways) { context in
            try GnuPGHome.withThrowaway("offered") { home in
                try context.use(home: home)
                defer { try? context.use(home: GnuPGHome.throwaways) }
                let offered = try Self.key(in: key, context)
                try Self.check(proof, over: text(offered.fingerprint), by: offered.fingerprint, context)
                return offered
            }
        }
    }

    private static func key(in data: [UInt8], _ context: GPGContext) throws -> ImportedKey {
        let found: [Fingerprint]
        do {
            found = try context.importKeys(data)
        } catch let refusal as KeyRefusal {
            throw OfferedKeyRefusal.notAKey(refusal)
        }
        guard found.count == 1 else { throw OfferedKeyRefusal.severalKeys(found.count) }
        guard let key = try context.key(found[0]) else { throw OfferedKeyRefusal.notAKey(.notAKey) }
        if key.isRevoked { throw OfferedKeyRefusal.unusable("is revoked") }
        if key.isExpired { throw OfferedKeyRefusal.unusable("has expired") }
        guard key.canSign else { throw OfferedKeyRefusal.unusable("cannot sign, and has no subkey that can") }
        if let weakness = try context.weakness(of: found[0]) { throw OfferedKeyRefusal.unusable(weakness) }
        return key
    }

    private static func check(_ proof: [UInt8], over text: String, by key: Fingerprint, _ context: GPGContext) throws {
        let report: SignatureReport
        do {
            report = try SignatureVerifier.report(on: try context.verify(detached: proof, over: Array(text.utf8)))
        } catch let refusal as SignatureRefusal {
            throw OfferedKeyRefusal.proof(refusal)
        }
        guard report.signatureClass <= 1 else {
            throw OfferedKeyRefusal.proof(.uncheckable("it is not over a document"))
        }
        guard report.signer == key else { throw OfferedKeyRefusal.proofByAnother(report.signer) }
    }
}

extension GPGContext {
    /// What is too weak in a key: itself, or a subkey that signs. Nothing: `nil`.
    fileprivate func weakness(of fingerprint: Fingerprint) throws(OpenPGPFailure) -> String? {
        try handle(of: fingerprint, secret: false).flatMap { handle in
            handle.withRaw { key in
                let subkeys = sequence(first: key.pointee.subkeys, next: { $0?.pointee.next }).compactMap {
                    $0?.pointee
                }
                return subkeys.enumerated().lazy.filter { number, subkey in
                    number == 0 || (subkey.can_sign != 0 && subkey.revoked == 0 && subkey.expired == 0)
                }.compactMap { Self.weakness(of: $1) }.first
            }
        }
    }

    private static func weakness(of subkey: _gpgme_subkey) -> String? {
        switch subkey.pubkey_algo {
        case GPGME_PK_RSA, GPGME_PK_RSA_S:
            subkey.length < OfferedKeys.smallestRSA
                ? "has \(subkey.length) bits of RSA; at least \(OfferedKeys.smallestRSA) are taken" : nil
        case GPGME_PK_EDDSA, GPGME_PK_ECDSA: nil
        default: "is neither RSA nor of an elliptic curve"
        }
    }
}

extension OfferedKeyRefusal {
    /// Whether it is the proof that is wrong, and not the key.
    public var isOfProof: Bool {
        switch self {
        case .proof, .proofByAnother: true
        case .notAKey, .severalKeys, .unusable: false
        }
    }

    public var sentence: String {
        switch self {
        case .notAKey(let refusal): refusal.sentence
        case .severalKeys(let count): "There are \(count) keys in it, and one is expected."
        case .unusable(let weakness): "The key \(weakness)."
        case .proof(let refusal): refusal.sentence
        case .proofByAnother(let key): "The proof is by the key \(key), and not by the new one."
        }
    }

    public var remedy: String? {
        switch self {
        case .notAKey(let refusal): refusal.remedy
        case .severalKeys: "Send one key: gpg --armor --export FINGERPRINT."
        case .unusable: "Make a new key: gpg --quick-gen-key."
        case .proof, .proofByAnother: nil
        }
    }
}
