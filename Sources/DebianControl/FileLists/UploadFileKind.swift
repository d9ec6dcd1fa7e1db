/// What a file of an upload is, told by its name alone.
public enum UploadFileKind: Hashable, Sendable {
    case dsc
    /// The .diff.gz of format 1.0.
    case diff
    /// The one tarball of a native package, or a tarball that is none of the others.
    case nativeTar
    case orig
    /// A further upstream tarball, unpacked into the folder of that name.
    case origComponent(String)
    /// Upstream's own signature, of the tarball named like it without `.asc`.
    case upstreamSignature
    case debianTar
    case deb
    case udeb
    /// Debug symbols as Ubuntu calls them.
    case ddeb
    case buildinfo
    case changes
    /// Commands in the manner of debianqueued: `.commands`.
    case commands
    /// Commands in the manner of dak: `.dak-commands`.
    case dakCommands
    case other

    /// Belongs to a source package: a .dsc or what a .dsc lists.
    public var isSource: Bool {
        switch self {
        case .dsc, .diff, .nativeTar, .orig, .origComponent, .upstreamSignature, .debianTar: true
        case .deb, .udeb, .ddeb, .buildinfo, .changes, .commands, .dakCommands, .other: false
        }
    }

    /// Upstream made it: the versions of a package that are of one upstream version share it.
    public var isUpstreams: Bool {
        switch self {
        case .orig, .origComponent, .upstreamSignature: true
        case .dsc, .diff, .nativeTar, .debianTar, .deb, .udeb, .ddeb, .buildinfo, .changes, .commands, .dakCommands,
            .other:
            false
        }
    }

    /// A binary package of any sort.
    public var isBinary: Bool {
        switch self {
        case .deb, .udeb, .ddeb: true
        case .dsc, .diff, .nativeTar, .orig, .origComponent, .upstreamSignature, .debianTar, .buildinfo, .changes,
            .commands, .dakCommands, .other:
            false
        }
    }
}

/// How a tarball of a source package is compressed, by the end of its name.
public enum TarCompression: String, Hashable, Sendable, CaseIterable {
    case gz, bz2, xz, lzma, zst

    /// dpkg-source of Debian 12 unpacks all but zst.
    public var isTakenByDpkgSource: Bool { self != .zst }
}
