/// Which archive: the same text in upload paths, commands, mails and URLs, and below `archives/` on disk.
public enum ArchiveReference: Hashable, Sendable {
    /// `debian`: the primary archive of a distribution.
    case primary(DistributionName)
    /// `~alice/debian/tools`: a PPA, an external or a rebuild archive.
    case owned(by: OwnerName, of: DistributionName, named: ArchiveName)

    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 1, let distribution = DistributionName(parts[0]) {
            self = .primary(distribution)
        } else if parts.count == 3, parts[0].first == "~", let owner = OwnerName(String(parts[0].dropFirst())),
            let distribution = DistributionName(parts[1]), let name = ArchiveName(parts[2])
        {
            self = .owned(by: owner, of: distribution, named: name)
        } else {
            return nil
        }
    }

    public var distribution: DistributionName {
        switch self {
        case .primary(let distribution), .owned(_, let distribution, _): distribution
        }
    }

    public var owner: OwnerName? {
        switch self {
        case .primary: nil
        case .owned(let owner, _, _): owner
        }
    }
}

extension ArchiveReference: TextCoded {
    public var description: String {
        switch self {
        case .primary(let distribution): distribution.text
        case .owned(let owner, let distribution, let name): "~\(owner)/\(distribution)/\(name)"
        }
    }
}
