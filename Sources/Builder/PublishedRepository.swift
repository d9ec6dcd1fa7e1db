internal import ArchiveModel
internal import SystemPackage

/// The archive a build is for, as apt inside the chroot reads it: build dependencies may be in it.
///
/// apt checks it against the archive's key, which sbuild puts into the chroot's trusted keys.
struct PublishedRepository: Sendable, Equatable {
    /// Where a folder of this machine appears in the chroot.
    static let mountPoint = "/srv/slipway"

    /// A line of sources.list(5).
    let line: String
    /// What has to be mounted at `mountPoint`.
    let folder: FilePath?
    /// The public key, in binary form.
    let key: [UInt8]

    /// - Throws: `BuilderFault` when `base` is neither an http nor a file address, or others may not read the folder.
    init(
        of archive: ArchiveReference, suite: SuiteName, components: [ComponentName] = [.main], base: String,
        key: [UInt8]
    ) throws {
        let components = components.map(\.text).joined(separator: " ")
        self.key = key
        let address = "\(base.hasSuffix("/") ? String(base.dropLast()) : base)/\(archive)"
        if address.hasPrefix("http://") || address.hasPrefix("https://") {
            folder = nil
            line = "deb \(address) \(suite) \(components)"
        } else if address.hasPrefix("file:///") {
            let path = FilePath(String(address.dropFirst("file://".count)))
            try OpenPath.check(path, purpose: "read by apt in a chroot")
            folder = path
            line = "deb file:\(Self.mountPoint) \(suite) \(components)"
        } else {
            throw BuilderFault(
                "Builds cannot read archives from \(base).", remedy: "Give an http:// or a file:/// address.")
        }
    }
}
