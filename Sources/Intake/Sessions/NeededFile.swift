internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import PackageFiles

/// A file that an upload lists, and what was found under its name.
struct NeededFile: Sendable {
    enum Found: Sendable {
        /// In this session, or in an earlier one to the same path.
        case sent(SentFile)
        /// The archive, or the primary archive, has it: it need not be sent.
        case stored(CatalogFile)
        case missing
    }

    /// One line for each file that lists it: `.changes`, `.dsc`, or both.
    struct Listing: Sendable {
        let lister: FileName
        let entry: FileEntry
    }

    let listings: [Listing]
    let found: Found
    /// What the archive has under this name.
    let known: CatalogFile?
    /// What the primary archive has under this name.
    let knownInPrimary: CatalogFile?

    var entry: FileEntry { listings[0].entry }
    var name: FileName { entry.name }
    var kind: UploadFileKind { entry.named.kind }

    var isMissing: Bool {
        guard case .missing = found else { return false }
        return true
    }

    /// Name, size and digests of what was found.
    var content: CatalogFile? {
        switch found {
        case .sent(let file):
            CatalogFile(
                name: name, size: file.digests.size, md5: file.digests.md5, sha1: file.digests.sha1,
                sha256: file.digests.sha256, sha512: file.digests.sha512)
        case .stored(let file):
            CatalogFile(
                name: name, size: file.size, md5: file.md5, sha1: file.sha1, sha256: file.sha256, sha512: file.sha512)
        case .missing: nil
        }
    }

    /// What has to enter the content store.
    var sent: SentFile? {
        guard case .sent(let file) = found else { return nil }
        return file
    }

    /// - Parameter state: of what was sent.
    func reported(_ state: UploadReport.File.State) -> UploadReport.File {
        UploadReport.File(
            name: name.description, size: content?.size ?? entry.size, isReused: isReused,
            state: isMissing ? .missing : isReused ? .here : state)
    }

    private var isReused: Bool {
        guard case .stored = found else { return false }
        return true
    }
}

extension [NeededFile.Listing] {
    /// The listings of several control files by file, in the order the first of them has.
    static func grouped(_ listings: [NeededFile.Listing]) -> [[NeededFile.Listing]] {
        var order: [FileName] = []
        var groups: [FileName: [NeededFile.Listing]] = [:]
        for listing in listings {
            if groups[listing.entry.name] == nil { order.append(listing.entry.name) }
            groups[listing.entry.name, default: []].append(listing)
        }
        return order.compactMap { groups[$0] }
    }
}
