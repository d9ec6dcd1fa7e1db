internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

/// When a signed text may act. Whether it is signed at all, the verifier has said before.
enum SignatureChecks {
    /// A signed text acts once, unless its signer is proven to have sent it again: what it brings is checked like anything new.
    static func isNotReplayed(_ arrival: Arrival) -> [Finding] {
        guard arrival.isReplay, let earlier = arrival.earlier else { return [] }
        return [
            Finding(
                .signatureSeen,
                "This signed text was accepted before, on \(UTCDate(secondsSince1970: earlier.seen)), as \(earlier.what).",
                file: arrival.path.name.description,
                remedy:
                    "Nothing needs to be done, unless it is for another archive: sign it anew then (debsign --re-sign), or send it by SFTP with a key of your own. To upload a change, raise the version and build again."
            )
        ]
    }

    static func isNotTooOld(_ arrival: Arrival) -> [Finding] {
        let (signed, limit) = (arrival.text.signedAt, arrival.signatureAge)
        guard signed < arrival.now - limit else { return [] }
        return [
            Finding(
                .signatureTooOld, "It was signed on \(UTCDate(secondsSince1970: signed)).",
                file: arrival.path.name.description, expected: "a signature of the last \(limit / 86_400) days",
                got: "\(UTCDate(secondsSince1970: signed))", remedy: "Sign it again with debsign.")
        ]
    }
}
