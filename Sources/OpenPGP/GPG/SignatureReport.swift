internal import ArchiveModel

/// One line gpg writes to its status descriptor (GnuPG's doc/DETAILS), without the `[GNUPG:]`.
struct StatusLine: Equatable, Sendable {
    let keyword: String
    let arguments: [String]

    init(_ keyword: String, _ arguments: String) {
        self.keyword = keyword
        self.arguments = arguments.split(separator: " ").map(String.init)
    }
}

/// What gpg says about exactly one signature.
///
/// GPGME's return value says nothing here: it is "success" for an altered text. And its signature list names the
/// subkey only; the primary key stands in the VALIDSIG line.
struct SignatureReport: Equatable {
    let signer: Fingerprint
    let signingKey: Fingerprint
    /// Seconds since 1970.
    let signedAt: Int64
    let digest: DigestAlgorithm
    /// 0 for binary documents, 1 for texts.
    let signatureClass: Int

    init(signer: Fingerprint, signingKey: Fingerprint, signedAt: Int64, digest: DigestAlgorithm, signatureClass: Int) {
        self.signer = signer
        self.signingKey = signingKey
        self.signedAt = signedAt
        self.digest = digest
        self.signatureClass = signatureClass
    }

    /// Throws for everything but one good signature by a usable key.
    init(_ lines: [StatusLine]) throws(SignatureRefusal) {
        guard lines.count(where: { $0.keyword == "NEWSIG" }) <= 1 else { throw .severalSignatures }
        if let line = lines.first(where: { $0.keyword == "BADSIG" }) {
            throw .altered(key: line.arguments.first ?? "?")
        }
        if let line = lines.first(where: { $0.keyword == "ERRSIG" }) { throw Self.refusal(ofErrorLine: line.arguments) }
        let valid = lines.filter { $0.keyword == "VALIDSIG" }
        guard valid.count == 1 else { throw .uncheckable("gpg found no signature") }
        try self.init(validLine: valid[0].arguments)
        try Self.refuseUnusable(signer, Set(lines.map(\.keyword)))
    }

    /// `<fpr> <date> <signed at> <expires> <version> <reserved> <public key algorithm> <digest> <class> <primary fpr>`
    private init(validLine words: [String]) throws(SignatureRefusal) {
        guard words.count >= 10, let signingKey = Fingerprint(words[0]), let signedAt = Int64(words[2]),
            let digest = Int(words[7]), let signatureClass = Int(words[8], radix: 16),
            let signer = Fingerprint(words[9])
        else { throw .uncheckable("gpg's answer is not understood") }
        self.init(
            signer: signer, signingKey: signingKey, signedAt: signedAt, digest: DigestAlgorithm(number: digest),
            signatureClass: signatureClass)
    }

    private static func refuseUnusable(_ signer: Fingerprint, _ keywords: Set<String>) throws(SignatureRefusal) {
        if !keywords.isDisjoint(with: ["REVKEYSIG", "KEYREVOKED"]) { throw .revokedKey(signer) }
        if keywords.contains("EXPKEYSIG") { throw .expiredKey(signer) }
        if keywords.contains("EXPSIG") { throw .expiredSignature(signer) }
        guard keywords.contains("GOODSIG") else { throw .uncheckable("gpg does not call it good") }
    }

    /// `<key id> <public key algorithm> <digest> <class> <time> <error code> <fpr or ->`
    private static func refusal(ofErrorLine words: [String]) -> SignatureRefusal {
        guard words.count >= 6, let digest = Int(words[2]), let code = Int(words[5]) else {
            return .uncheckable("gpg's answer is not understood")
        }
        if code == 9 { return .unknownKey(words.count > 6 && words[6] != "-" ? words[6] : words[0]) }
        guard DigestAlgorithm(number: digest).isStrong else {
            return .weakDigest(DigestAlgorithm(number: digest).name, nil)
        }
        switch code {
        case 4: return .uncheckable("gpg does not know its algorithm")
        case 39: return .uncheckable("its key is newer than the signature, so a clock is wrong")
        default: return .uncheckable("gpg's error code is \(code)")
        }
    }
}
