/// Where archives are seen from outside: the one place that knows that external ones have a host name of their own.
public struct ArchiveAddresses: Sendable, Hashable {
    /// Of everything else, without a slash at the end: `https://ppa.example.org`.
    public let url: String
    /// Of external archives; nil where the service has none.
    public let external: String?

    /// - Returns: nil when `external` is no address, or has the host and port of `url`: then nobody could tell the one from
    ///   the other.
    public init?(url: String, external: String?) {
        if let external {
            guard let authority = Self.authority(of: external), authority != Self.authority(of: url) else {
                return nil
            }
        }
        (self.url, self.external) = (url, external)
    }

    public init(url: String) { (self.url, external) = (url, nil) }

    /// `https://ppa.example.org`, for archives of a kind and the pages about them.
    public func root(of kind: ArchiveKind) -> String { kind == .external ? external ?? url : url }

    /// `https://ppa.example.org/~alice/debian/tools`
    public func address(of reference: ArchiveReference, _ kind: ArchiveKind) -> String {
        "\(root(of: kind))/\(reference)"
    }

    /// Whether somebody who says `Host: …` wants external archives, and nothing else.
    public func isExternal(host: String?) -> Bool {
        guard let host, let external else { return false }
        return Self.authority(of: external) == Self.authority(host, standardPort: Self.port(ofScheme: external))
    }

    /// Host and port, the standard one too; in lower case.
    private static func authority(of url: String) -> String? {
        guard url.hasPrefix("http://") || url.hasPrefix("https://"), let start = url.firstRange(of: "://")?.upperBound
        else { return nil }
        let host = url[start...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return host.isEmpty ? nil : authority(String(host), standardPort: port(ofScheme: url))
    }

    private static func authority(_ host: String, standardPort: String) -> String {
        let host = host.lowercased()
        let hasPort = host.split(separator: "]").last?.contains(":") ?? false
        return hasPort ? host : "\(host):\(standardPort)"
    }

    private static func port(ofScheme url: String) -> String { url.hasPrefix("https:") ? "443" : "80" }
}
