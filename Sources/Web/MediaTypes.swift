/// The media type of a file of an archive, by its name.
enum MediaTypes {
    static let text = "text/plain; charset=utf-8"

    static func type(ofFile name: String) -> String {
        if let ending = name.split(separator: ".").last, let type = byEnding[String(ending)] { return type }
        return plainNames.contains(name) ? text : "application/octet-stream"
    }

    private static let plainNames: Set<String> = ["InRelease", "Release", "Packages", "Sources"]

    /// Compressed files are sent as what they are, never as an encoding of something else: apt unpacks them itself.
    private static let byEnding = [
        "deb": "application/vnd.debian.binary-package", "udeb": "application/vnd.debian.binary-package",
        "ddeb": "application/vnd.debian.binary-package",
        "dsc": text, "changes": text, "buildinfo": text,
        "gpg": "application/pgp-signature", "asc": "application/pgp-signature", "sig": "application/pgp-signature",
        "gz": "application/gzip", "xz": "application/x-xz", "bz2": "application/x-bzip2", "zst": "application/zstd",
    ]
}
