/// A checked word of one kind: who holds one holds a word that is safe in a path, a URL, a header and a line of text.
public struct Name<Kind: NameKind>: Hashable, Sendable, TextCoded {
    public let text: String

    /// `nil` when the text breaks the rule of its kind (`Kind.rule` says it in words).
    public init?(_ text: String) {
        guard (1...Kind.longest).contains(text.utf8.count), Kind.accepts(text.utf8) else { return nil }
        self.text = text
    }

    public var description: String { text }
}

extension Name: Comparable {
    public static func < (one: Name, other: Name) -> Bool { one.text < other.text }
}

/// What sort of thing a name names, and the rule its names keep. A kind is never a value: it tells names apart, so that
/// none stands where another belongs.
public protocol NameKind: Sendable {
    /// The rule in words, for messages.
    static var rule: String { get }
    /// In bytes.
    static var longest: Int { get }
    static func accepts(_ bytes: String.UTF8View) -> Bool
}

extension NameKind {
    public static var rule: String { "lower-case letters, digits and + - . are allowed, a letter or digit first" }
    public static var longest: Int { 64 }
    public static func accepts(_ bytes: String.UTF8View) -> Bool { isWord(bytes) }

    /// The characters of package names (Policy 5.6.1): none has a meaning in paths, URLs, headers or to a shell.
    fileprivate static func isWord(_ bytes: String.UTF8View) -> Bool {
        guard let first = bytes.first, isLetterOrDigit(first) else { return false }
        return bytes.allSatisfy { isLetterOrDigit($0) || "+-.".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}

public enum OwnerKind: NameKind {}
public enum DistributionKind: NameKind {}
public enum SuiteKind: NameKind {}

/// `….sources` is the address of an archive's apt source, so no archive has such a name.
public enum ArchiveNameKind: NameKind {
    public static var rule: String { "\(OwnerKind.rule), and not .sources at the end" }
    public static func accepts(_ bytes: String.UTF8View) -> Bool {
        isWord(bytes) && !bytes.suffix(8).elementsEqual(".sources".utf8)
    }
}

/// Components may have sections of their own (`updates/main`), which this service does not use: one word.
public enum ComponentKind: NameKind {}
public enum PackageSetKind: NameKind {}

/// A person or a team, as written after `~`.
public typealias OwnerName = Name<OwnerKind>
/// `debian`, `ubuntu`, or one's own.
public typealias DistributionName = Name<DistributionKind>
/// `bookworm`, `bookworm-backports`.
public typealias SuiteName = Name<SuiteKind>
/// The last part of an archive reference: `tools` in `~alice/debian/tools`.
public typealias ArchiveName = Name<ArchiveNameKind>
/// `main`, `contrib`, `non-free-firmware`.
public typealias ComponentName = Name<ComponentKind>
/// A set of sources that rights are given for together.
public typealias PackageSetName = Name<PackageSetKind>

extension Name<ComponentKind> {
    /// The component everything of a PPA is published in.
    public static var main: ComponentName { ComponentName("main")! }
}

extension Name<ArchiveNameKind> {
    /// The name of an owner's default PPA.
    public static var defaultPPA: ArchiveName { ArchiveName("ppa")! }
}
