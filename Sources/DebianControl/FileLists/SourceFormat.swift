/// The formats of source packages that dpkg-source and archives share (dpkg-source(1)).
public enum SourceFormat: String, Sendable, CaseIterable, CustomStringConvertible {
    /// A native tarball, or an upstream tarball and a diff; gzip only.
    case v1 = "1.0"
    case native = "3.0 (native)"
    case quilt = "3.0 (quilt)"

    public var description: String { rawValue }
}
