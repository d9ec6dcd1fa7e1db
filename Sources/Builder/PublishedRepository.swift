internal import ArchiveModel
internal import SystemPackage

/// The archive a build is for, or one that it depends on, as apt inside the chroot reads it: build dependencies may be in it.
///
/// apt checks each against its own archive's key, and no other archive against that.
struct PublishedRepository: Sendable, Equatable {
    /// Where the keys of all repositories appear in the chroot.
    static let keyMountPoint = "/srv/slipway-keys"

    /// A line of sources.list(5).
    let line: String
    /// What has to be mounted at `mountPoint`.
    let folder: FilePath?
    /// Where a folder of this machine appears in the chroot.
    let mountPoint: String
    /// What its key's file is called.
    let keyFile: String
    /// The public key, in binary form.
    let key: [UInt8]

    /// - Parameter number: tells the repositories of one build apart.
    /// - Throws: `BuilderFault` when `base` is neither an http nor a file address, or others may not read the folder.
    init(
        of archive: ArchiveReference, suite: SuiteName, components: [ComponentName] = [.main], base: String,
        key: [UInt8], number: Int = 0
    ) throws {
        let components = components.map(\.text).joined(separator: " ")
        self.key = key
        keyFile = "\(number).gpg"
        mountPoint = number == 0 ? "/srv/slipway" : "/srv/slipway-\(number)"
        let options = "[signed-by=\(Self.keyMountPoint)/\(keyFile)]"
        let address = "\(base.hasSuffix("/") ? String(base.dropLast()) : base)/\(archive)"
        if address.hasPrefix("http://") || address.hasPrefix("https://") {
            folder = nil
            line = "deb \(options) \(address) \(suite) \(components)"
        } else if address.hasPrefix("file:///") {
            let path = FilePath(String(address.dropFirst("file://".count)))
            try OpenPath.check(path, purpose: "read by apt in a chroot")
            folder = path
            line = "deb \(options) file:\(mountPoint) \(suite) \(components)"
        } else {
            throw BuilderFault(
                "Builds cannot read archives from \(base).", remedy: "Give an http:// or a file:/// address.")
        }
    }
}
