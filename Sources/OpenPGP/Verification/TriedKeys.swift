internal import ArchiveModel
internal import Synchronization
internal import SystemPackage

/// Keys whose signatures gpg has found good again and again: for a while their further ones are checked here, by
/// libcrypto, as starting a gpg costs a hundred times the check itself.
///
/// All that there is to judge about a key (revocations, expiry, whether a subkey belongs to it and may sign) is gpg's, and is
/// believed for as long as the generation of the keyring is the same, and no longer than `trust`. What is checked here is the
/// one signature, and only in the plainest form; what is taken here gpg takes, too. Nothing is refused here: whoever gets
/// no answer asks gpg.
///
/// None of its three numbers is a setting: they change no verdict, and only how soon gpg's word is asked for again.
final class TriedKeys: Sendable {
    /// What gpg says of a key, in seconds: a signature of its own in it may expire.
    static let trust: Int64 = 600
    /// How often gpg is asked about signatures of a key before the key is looked up, which takes as long as two
    /// signatures: one upload has two, and whoever sends only that one waits no longer.
    static let triesBefore = 3

    private struct State {
        var home = FilePath()
        var tries: [Fingerprint: Int] = [:]
        var keys: [Fingerprint: TriedKey] = [:]
    }

    private let state = Mutex(State())

    /// Keys remembered; who sends by more in one generation and `trust` is checked by gpg.
    private static let limit = 1000

    /// `nil` when gpg has to be asked.
    /// - Parameters:
    ///   - home: the keyring's present generation.
    ///   - now: seconds since 1970, by the clock that gpg has.
    func report(on block: [UInt8], in home: FilePath, now: Int64) -> SignatureReport? {
        guard hasKeys(of: home), let plain = PlainSignedBlock(block) else { return nil }
        let signature = plain.signature
        guard let key = key(signature.signingKey, in: home), key.isGood(at: now),
            signature.signedAt >= key.created, signature.signedAt <= now,
            key.material.made(signature, over: plain.signedText)
        else { return nil }
        return SignatureReport(
            signer: key.signer, signingKey: signature.signingKey, signedAt: signature.signedAt,
            digest: DigestAlgorithm(number: signature.digest.rawValue),
            signatureClass: Int(DocumentSignature.textClass))
    }

    /// Whether it is time to look this key up, after gpg has found a signature of it good.
    func wants(_ key: Fingerprint, in home: FilePath, now: Int64) -> Bool {
        state.withLock { state in
            if state.home != home { state = State(home: home) }
            if let known = state.keys[key] {
                guard !known.isGood(at: now) else { return false }
                (state.keys[key], state.tries[key]) = (nil, Self.triesBefore - 1)
            }
            if state.tries.count >= Self.limit { state.tries = [:] }
            state.tries[key, default: 0] += 1
            return state.tries[key] == Self.triesBefore && state.keys.count < Self.limit
        }
    }

    func remember(_ key: TriedKey, _ fingerprint: Fingerprint, in home: FilePath) {
        state.withLock { state in
            if state.home == home { state.keys[fingerprint] = key }
        }
    }

    /// Looks a key up anew after so many further signatures: it was not one to be remembered, or is no more.
    func forget(_ fingerprint: Fingerprint) {
        state.withLock { $0.tries[fingerprint] = -Self.pause }
    }

    private static let pause = 100

    private func hasKeys(of home: FilePath) -> Bool { state.withLock { $0.home == home && !$0.keys.isEmpty } }

    private func key(_ fingerprint: Fingerprint, in home: FilePath) -> TriedKey? {
        state.withLock { $0.home == home ? $0.keys[fingerprint] : nil }
    }
}

/// A key or subkey that signs, and what gpg said about it.
struct TriedKey: Sendable {
    /// The primary key.
    let signer: Fingerprint
    /// The later of key and primary key; seconds since 1970.
    let created: Int64
    /// By then gpg is asked again; seconds since 1970.
    let goodUntil: Int64
    let material: VerificationKey

    func isGood(at now: Int64) -> Bool { now < goodUntil }
}
