internal import ArchiveModel

/// Texts as everybody may see them: no mail address in full, as pages are read by collectors of addresses.
enum PublicText {
    /// `alice@example.org` becomes `alice@…`.
    static func hidingAddresses(_ text: String) -> String {
        text.replacing(#/([A-Za-z0-9._%+\-]+)@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+/#) { "\($0.1)@…" }
    }
}

extension Finding {
    var published: Finding {
        Finding(
            code, PublicText.hidingAddresses(sentence), severity: severity, file: file, field: field,
            expected: expected.map(PublicText.hidingAddresses), got: got.map(PublicText.hidingAddresses),
            remedy: remedy.map(PublicText.hidingAddresses))
    }
}
