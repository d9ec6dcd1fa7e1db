internal import Glibc
internal import SystemPackage

/// Turns bytes into a `VerifiedText`, or says why not.
///
/// Takes: bytes from anybody. Trusts: the keys of the keyring, each as good as the other; who may do what is asked
/// elsewhere, by fingerprint. Leaves: nothing. gpg's return value is never believed, its status lines are. What gpg need
/// not be asked about, as it has judged the key just before, is checked here (`TriedKeys`).
public final class SignatureVerifier: Sendable {
    /// Seconds the signer's clock may be ahead of ours: machines without NTP drift by minutes.
    public static let toleratedClockDifference: Int64 = 300

    public static let systemClock: @Sendable () -> Int64 = { Int64(time(nil)) }

    let keyring: Keyring
    private let workers: GPGWorkers
    private let clock: @Sendable () -> Int64
    /// `nil`: gpg is asked about each signature.
    let tried: TriedKeys?

    /// - Parameters:
    ///   - contexts: how many signatures are checked at a time; each takes a thread, and a gpg while it works.
    ///   - clock: seconds since 1970.
    public convenience init(
        keyring: Keyring, contexts: Int = 2, clock: @escaping @Sendable () -> Int64 = systemClock
    ) {
        self.init(keyring: keyring, contexts: contexts, clock: clock, tried: TriedKeys())
    }

    init(
        keyring: Keyring, contexts: Int, clock: @escaping @Sendable () -> Int64 = systemClock, tried: TriedKeys?
    ) {
        self.keyring = keyring
        self.workers = GPGWorkers(count: contexts)
        self.clock = clock
        self.tried = tried
    }

    /// The text of exactly one clearsigned block.
    ///
    /// Throws `SignatureRefusal` for what the sender did; any other error is trouble of ours.
    public func verify(clearsigned bytes: [UInt8]) async throws -> VerifiedText {
        let block = try ClearsignedBlock(checking: bytes)
        if let report = tried?.report(on: bytes, in: try keyring.currentHome(), now: Self.systemClock()) {
            return try text(block.text.bytes, report)
        }
        let (found, report) = try await judged { try $0.verify(clearsigned: bytes) }
        let signed = CanonicalText(of: found.text)
        // Both readers must have seen the same text, or one of them was led astray.
        guard signed == block.text, report.signatureClass == 1 else {
            throw SignatureRefusal.uncheckable("gpg reads another text than stands in the block")
        }
        return try text(signed.bytes, report)
    }

    /// `content` as it is, when the armored detached signature is over exactly these bytes (PGP/MIME, RFC 3156).
    ///
    /// Throws `SignatureRefusal` for what the sender did; any other error is trouble of ours.
    public func verify(detached signature: [UInt8], over content: [UInt8]) async throws -> VerifiedText {
        let limit = ClearsignedBlock.sizeLimit
        guard content.count <= limit else { throw SignatureRefusal.tooLarge(size: content.count, limit: limit) }
        try SignatureArmor.check(detached: signature)
        let (_, report) = try await judged { try $0.verify(detached: signature, over: content) }
        guard report.signatureClass <= 1 else { throw SignatureRefusal.uncheckable("it is not over a document") }
        return try text(content, report)
    }

    private func judged(
        _ verify: @escaping @Sendable (GPGContext) throws -> GPGVerification
    ) async throws -> (GPGVerification, SignatureReport) {
        try await keyring.asking { home in
            let found = try await workers.run(in: home, verify)
            let report = try Self.report(on: found)
            await lookUp(report, in: home)
            return (found, report)
        }
    }

    /// The next signatures of a key that signs often need no gpg. Where it cannot be looked up, they do.
    private func lookUp(_ report: SignatureReport, in home: FilePath) async {
        let now = Self.systemClock()
        guard let tried, tried.wants(report.signingKey, in: home, now: now) else { return }
        if let key = try? await workers.run(in: home, { try $0.triedKey(report, now: now) }) {
            tried.remember(key, report.signingKey, in: home)
        } else {
            tried.forget(report.signingKey)
        }
    }

    static func report(on found: GPGVerification) throws(SignatureRefusal) -> SignatureReport {
        let report = try SignatureReport(found.status)
        guard !found.isBadData else { throw .uncheckable("gpg calls it no OpenPGP data") }
        guard report.digest.isStrong else { throw .weakDigest(report.digest.name, report.signer) }
        return report
    }

    private func text(_ bytes: [UInt8], _ report: SignatureReport) throws(SignatureRefusal) -> VerifiedText {
        guard report.signedAt <= clock() + Self.toleratedClockDifference else {
            throw .fromTheFuture(signedAt: report.signedAt, report.signer)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return VerifiedText(
            text: text, signer: report.signer, signingKey: report.signingKey, signedAt: report.signedAt)
    }
}
