/// The name of a file that a client may store: a base name that is safe on disk, in a log and in a mail.
///
/// ASCII letters, digits and `_ - + ~ .`, a letter or digit first, at most 255 bytes: what the names of Policy 5.6
/// can be made of. Names that begin with a dot are thereby free for our own use.
public struct UploadName: Hashable, Sendable, CustomStringConvertible {
    /// In bytes: what a disk takes for a name.
    public static let lengthLimit = 255

    public let description: String

    public init?(_ text: String) {
        guard let first = text.utf8.first, first.isASCIIAlphanumeric else { return nil }
        guard text.utf8.count <= Self.lengthLimit else { return nil }
        guard text.utf8.allSatisfy({ $0.isASCIIAlphanumeric || "_-+~.".utf8.contains($0) }) else { return nil }
        description = text
    }

    static let rule =
        "Not a file name this service takes: letters, digits and \"_-+~.\", a letter or digit first."

    /// Whether this file completes an upload, so that its STOR is answered with a verdict: a `.changes`, or what
    /// either `dcut` sends.
    public var completesUpload: Bool { isCommandFile || description.hasSuffix(".changes") }

    /// Whether this is a command file: it says itself what it is about, so it may be stored where no target is, even
    /// before the first archive exists.
    public var isCommandFile: Bool { description.hasSuffix(".commands") || description.hasSuffix(".dak-commands") }
}

extension UInt8 {
    var isASCIIAlphanumeric: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
