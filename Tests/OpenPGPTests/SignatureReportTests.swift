import ArchiveModel
import Testing

@testable import OpenPGP

/// gpg's status lines alone, also such as a gpg seldom writes.
@Suite struct SignatureReportTests {
    private static let primary = String(repeating: "A", count: 40)
    private static let subkey = String(repeating: "B", count: 40)
    private static let valid = "VALIDSIG \(subkey) 2026-11-20 1795215980 0 4 0 22 10 01 \(primary)"

    private static func report(_ lines: [String]) throws(SignatureRefusal) -> SignatureReport {
        try SignatureReport(
            lines.map { line in
                let words = line.split(separator: " ", maxSplits: 1).map(String.init)
                return StatusLine(words[0], words.count > 1 ? words[1] : "")
            })
    }

    @Test func readsAGoodOne() throws {
        let report = try Self.report(["NEWSIG a@b", "GOODSIG BBBBBBBBBBBBBBBB Alice", Self.valid, "TRUST_UNDEFINED 0"])
        #expect(report.signer.text == Self.primary)
        #expect(report.signingKey.text == Self.subkey)
        #expect(report.signedAt == 1_795_215_980)
        #expect(report.digest.name == "SHA-512")
        #expect(report.signatureClass == 1)
    }

    @Test(arguments: [
        ([], "signature-uncheckable"), (["NODATA 4"], "signature-uncheckable"), (["NEWSIG"], "signature-uncheckable"),
        (["NEWSIG", "GOODSIG B Alice"], "signature-uncheckable"), (["NEWSIG", valid], "signature-uncheckable"),
        (["NEWSIG", "GOODSIG B Alice", valid, "NEWSIG", "ERRSIG B 1 10 01 5 9 -"], "several-signatures"),
        (["NEWSIG", "GOODSIG B Alice", valid, valid], "signature-uncheckable"),
        (["NEWSIG", "GOODSIG B Alice", "VALIDSIG \(subkey) x"], "signature-uncheckable"),
        (["NEWSIG", "GOODSIG B Alice", valid, "BADSIG B Alice"], "signature-altered"),
        (["NEWSIG", "ERRSIG CCCCCCCCCCCCCCCC 1 10 01 5 9 -"], "unknown-key"),
        (["NEWSIG", "ERRSIG C 99 10 01 5 4 -"], "signature-uncheckable"), (["ERRSIG"], "signature-uncheckable"),
        (["NEWSIG", "ERRSIG C 1 1 01 5 5 -"], "weak-digest"), (["NEWSIG", "EXPKEYSIG B Alice", valid], "expired-key"),
        (["NEWSIG", "EXPKEYSIG B Alice", valid, "KEYREVOKED"], "revoked-key"),
        (["NEWSIG", "REVKEYSIG B Alice", valid], "revoked-key"),
        (["NEWSIG", "EXPSIG B Alice", valid], "expired-signature"),
    ])
    func refuses(_ lines: [String], _ code: String) {
        #expect { try Self.report(lines) } throws: { ($0 as? SignatureRefusal)?.code == code }
    }
}
