import Foundation
import Testing

/// One way to be wrong, done to a copy of a good upload, and what the terminal says to it.
struct BadUpload: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Shell, in the folder of `tiny_1.0.dsc`, `tiny_1.0.tar.xz` and `$changes`, which Alice signed.
    let spoil: String
    /// "Rejected", and the signer gets a mail; "Refused", and nobody does, as nobody is proven to have sent it.
    var verdict = "Rejected"
    /// Who gets the mail.
    var signer = "Alice <alice@example.org>"
    /// All that is found, no more and no less.
    let codes: Set<String>

    init(_ what: String, _ codes: Set<String>, verdict: String = "Rejected", by signer: String? = nil, _ spoil: String)
    {
        testDescription = what
        self.codes = codes
        self.verdict = verdict
        if let signer { self.signer = "\(signer.capitalized) <\(signer)@example.org>" }
        self.spoil = spoil
    }

    /// Writes zeros over the beginning of the tarball's digest in a field of the `.changes`, and signs that.
    private static func wrongDigest(_ field: String) -> String {
        "edit_signed \"$changes\" alice '/^\(field):/,/^[^ ]/ s/^ [0-9a-f]{8}(.*tar.xz)$/ 00000000\\1/'"
    }

    static let signatures: [BadUpload] = [
        BadUpload(
            "unsigned", ["not-clearsigned"], verdict: "Refused",
            "gpg --batch --quiet --decrypt \"$changes\" >plain 2>/dev/null; mv plain \"$changes\""),
        BadUpload("key nobody knows", ["unknown-key"], verdict: "Refused", "edit_signed \"$changes\" stranger ''"),
        BadUpload(
            "text altered after signing", ["signature-altered"], verdict: "Refused",
            "sed -i s/urgency=medium/urgency=low/ \"$changes\""),
        BadUpload(
            "text before the signed block", ["text-before-signature"], verdict: "Refused",
            "sed -i '1i Source: evil\\n' \"$changes\""),
        BadUpload(
            "text after the signed block", ["text-after-signature"], verdict: "Refused",
            "echo 'Source: evil' >>\"$changes\""),
        BadUpload("expired key", ["expired-key"], by: "erik", "edit_signed \"$changes\" erik ''"),
        BadUpload("revoked key", ["revoked-key"], by: "rita", "edit_signed \"$changes\" rita ''"),
        BadUpload("no right to the archive", ["no-right"], by: "bob", "edit_signed \"$changes\" bob ''"),
    ]

    static let files: [BadUpload] = [
        BadUpload("wrong size", ["wrong-size"], "truncate --size=-1 tiny_1.0.tar.xz"),
        BadUpload("bytes altered", ["wrong-digest"], "flip tiny_1.0.tar.xz"),
        BadUpload(".dsc altered", ["wrong-digest"], "flip tiny_1.0.dsc"),
        BadUpload("wrong MD5", ["wrong-digest", "digests-disagree"], wrongDigest("Files")),
        BadUpload("wrong SHA-1", ["wrong-digest", "digests-disagree"], wrongDigest("Checksums-Sha1")),
        BadUpload("wrong SHA-256", ["wrong-digest", "digests-disagree"], wrongDigest("Checksums-Sha256")),
        BadUpload(
            "../ in a file name", ["unsafe-file-name"],
            "edit_signed \"$changes\" alice 's| (tiny_1.0.tar.xz)| ../\\1|'"),
        BadUpload(
            "control character in a file name", ["unsafe-file-name", "control-character"],
            "edit_signed \"$changes\" alice 's| tiny(_1.0.tar.xz)| tiny\\x1b\\1|'"),
        BadUpload("binaries beside the source", ["not-source-only"], "add_deb \"$PWD\""),
    ]

    static let places: [BadUpload] = [
        BadUpload(
            "unknown suite", ["unknown-suite"],
            "edit_signed \"$changes\" alice 's/^Distribution: .*/Distribution: squeeze/'"),
        BadUpload(
            "version not newer", ["version-not-newer"],
            "rm ./*; make_source \"$PWD\" newer 1.0~old"),
    ]

    static let all = signatures + files + places
}
