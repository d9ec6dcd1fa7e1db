internal import BaseMirror
internal import DurableFiles
internal import SourceTree
internal import SystemPackage

/// The disk that wishes fill, and how much of it is left to them.
struct FreeDisk: Sendable {
    private let folder: FilePath
    /// Bytes.
    private let floor: Int64

    init(_ configuration: WishConfiguration) { (folder, floor) = (configuration.folder, configuration.freeDisk) }

    /// Bytes above what stays free.
    func bytes() throws -> Int64 { try Folder(opening: folder).freeBytes() - floor }

    /// - Throws: `FullDisk` when what stays free would be touched.
    func require(_ bytes: Int64, for what: String) throws {
        guard try self.bytes() > bytes else { throw FullDisk("The disk has no room for \(what).") }
    }
}

/// There is no room on the disk now, which is nobody's fault but ours.
struct FullDisk: Error, CustomStringConvertible {
    /// A sentence.
    let description: String

    init(_ description: String) { self.description = description }

    /// Whether this is what went wrong, in whatever words.
    static func isCause(of error: any Error) -> Bool {
        switch error {
        case is FullDisk, is NoRoomToFetch: true
        case let failure as UnpackFailure: failure.isFullDisk
        case let failure as FileFailure:
            [.system(.noSpace), .system(.diskQuotaExceeded)].contains(failure.reason)
        default: false
        }
    }
}
