/// What the name of a file says about it: `package_version[_architecture].ending`. Nothing here was looked into.
///
/// Endings that no other file has (`.dsc`, `.changes`, `.deb` …) decide the kind alone; where the rest of the name
/// does not fit them, `package`, `version` and `architecture` are nil. A tarball or diff has to fit as a whole, or it
/// is `other`. All patterns reach from the first byte to the last.
public struct NamedUploadFile: Hashable, Sendable {
    public let name: FileName
    public let kind: UploadFileKind
    public let package: String?
    /// Without epoch; of an upstream tarball and its signature also without the revision.
    public let version: String?
    /// Of binary packages, .buildinfo and .changes; `source` and `multi` are found here too.
    public let architecture: String?
    /// Of a tarball, or of the tarball that a signature is for.
    public let compression: TarCompression?

    public init(_ name: FileName) {
        let reading = Reading(name.description)
        self.name = name
        kind = reading.kind
        package = reading.package
        version = reading.version
        architecture = reading.architecture
        compression = reading.compression
    }
}

private struct Reading {
    var kind = UploadFileKind.other
    var package: String?
    var version: String?
    var architecture: String?
    var compression: TarCompression?

    init(_ name: String) {
        if name.hasSuffix(".commands") {
            kind = .commands
        } else if name.hasSuffix(".dak-commands") {
            kind = .dakCommands
        } else if let (ending, kind) = Self.wholeEndings.first(where: { name.hasSuffix($0.ending) }) {
            self.kind = kind
            take(stem: name.dropLast(ending.count), words: kind == .dsc ? 2 : 3)
        } else {
            takeSourceFile(name)
        }
    }

    private static let wholeEndings: [(ending: String, kind: UploadFileKind)] = [
        (".dsc", .dsc), (".changes", .changes), (".buildinfo", .buildinfo), (".deb", .deb), (".udeb", .udeb),
        (".ddeb", .ddeb),
    ]

    /// A tarball, the signature of one, or a diff.
    private mutating func takeSourceFile(_ name: String) {
        if name.hasSuffix(".diff.gz") {
            take(stem: name.dropLast(".diff.gz".count), words: 2)
            kind = package == nil ? .other : .diff
        } else if name.hasSuffix(".asc") {
            takeTarball(name.dropLast(".asc".count))
            kind = isUpstreamTarball ? .upstreamSignature : .other
        } else {
            takeTarball(Substring(name))
        }
        if kind == .other { (package, version, compression) = (nil, nil, nil) }
    }

    private var isUpstreamTarball: Bool {
        switch kind {
        case .orig, .origComponent: true
        default: false
        }
    }

    private mutating func takeTarball(_ name: Substring) {
        guard let compression = TarCompression.allCases.first(where: { name.hasSuffix(".tar.\($0.rawValue)") }) else {
            return
        }
        let (stem, kind) = Self.role(of: name.dropLast(".tar.".count + compression.rawValue.count))
        take(stem: stem, words: 2)
        self.kind = package == nil ? .other : kind
        self.compression = compression
    }

    /// What a name without `.tar.…` ends in, and what stands before that.
    private static func role(of name: Substring) -> (stem: Substring, kind: UploadFileKind) {
        if name.hasSuffix(".orig") { return (name.dropLast(".orig".count), .orig) }
        if name.hasSuffix(".debian") { return (name.dropLast(".debian".count), .debianTar) }
        if let (stem, component) = upstreamComponent(of: name) { return (stem, .origComponent(String(component))) }
        return (name, .nativeTar)
    }

    /// `….orig-NAME`, the name of letters, digits and hyphens (dpkg-source(1), "Format: 3.0 (quilt)").
    private static func upstreamComponent(of name: Substring) -> (stem: Substring, component: Substring)? {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), name[dot...].hasPrefix(".orig-") else { return nil }
        let component = name[dot...].dropFirst(".orig-".count)
        let isName = component.utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }
        return isName && !component.isEmpty ? (name[..<dot], component) : nil
    }

    /// Takes `package_version` or `package_version_architecture`, or leaves all nil.
    private mutating func take(stem: Substring, words count: Int) {
        let words = stem.split(separator: "_", omittingEmptySubsequences: false)
        guard words.count == count, let package = PackageName(words[0]), !words[1].utf8.contains(UInt8(ascii: ":")),
            PackageVersion(words[1]) != nil, count == 2 || ArchitectureWildcard.isWord(words[2])
        else { return }
        self.package = package.description
        version = String(words[1])
        architecture = count == 3 ? String(words[2]) : nil
    }
}
