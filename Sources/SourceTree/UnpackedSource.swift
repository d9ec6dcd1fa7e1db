public import ArchiveModel

/// What became of a source package that was to be unpacked.
public struct UnpackedSource: Sendable {
    public let findings: [Finding]
    /// The keys by which upstream signs, as the package ships them; nil where it does not, or was not unpacked.
    public let upstreamKeys: [UInt8]?

    init(findings: [Finding], upstreamKeys: [UInt8]? = nil) {
        self.findings = findings
        self.upstreamKeys = upstreamKeys
    }
}
