internal import ArchiveModel
internal import Catalog

/// `/`: the archives.
struct FrontPage: Encodable {
    struct Archive: Encodable {
        let reference: String
        let kind: String
        let description: String
        let packages: Int64
    }

    let host: String
    let archives: [Archive]
    /// The last archive shown, when there are more.
    let next: String?
    /// Where the external archives are listed, or on that list the others; `nil` where there are none.
    var other: String?
    var isExternal = false

    init(_ archives: [ArchiveSummary], limit: Int, host: String) {
        self.host = host
        self.archives = archives.map { archive in
            Archive(
                reference: archive.reference.description, kind: archive.kind.rawValue,
                description: PublicText.hidingAddresses(archive.description), packages: archive.packages)
        }
        next = archives.count == limit ? archives.last?.reference.description : nil
    }
}
