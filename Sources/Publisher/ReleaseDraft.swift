internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

/// A suite's `Release`, to be signed.
struct ReleaseDraft: Sendable {
    let date: Int64
    let text: String

    init(
        _ snapshot: SuiteSnapshot, origin: String, components: [ComponentName], entries: [ReleaseFile.Entry],
        date: Int64
    ) {
        let (archive, suite) = (snapshot.archive, snapshot.suite)
        var release = ReleaseFile(
            origin: origin, label: archive.reference.description, suite: suite.name.text, codename: suite.name.text,
            date: date, architectures: suite.architectures, components: components.map(\.text), entries: entries)
        release.description = archive.description.isEmpty ? nil : archive.description
        self.date = date
        text = release.serialized()
    }

    /// Whether it says the same as another, its date aside: then apt has nothing new to learn.
    func agrees(with other: String) -> Bool { Self.dateless(text) == Self.dateless(other) }

    private static func dateless(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.hasPrefix("Date:") }
    }

    func signed(by key: Fingerprint, of keys: SigningKeys) async throws -> SignedRelease {
        let bytes = Array(text.utf8)
        async let inRelease = keys.clearsign(bytes, by: key)
        async let signature = keys.detachSign(bytes, by: key)
        return try await SignedRelease(date: date, release: bytes, inRelease: inRelease, signature: signature)
    }
}

/// `Release` and its two signed forms: clients take `InRelease`, older ones the pair.
struct SignedRelease: Sendable {
    let date: Int64
    let release: [UInt8]
    let inRelease: [UInt8]
    let signature: [UInt8]

    var files: [(name: String, bytes: [UInt8])] {
        [("Release", release), ("Release.gpg", signature), ("InRelease", inRelease)]
    }
}
