internal import CLinux
internal import Glibc
public import SystemPackage

extension Durably {
    private static let temporaryPrefix = ".slipway-tmp-"

    /// Writes a new file with `fill` under a temporary name and gives it its real name when it is complete.
    static func replace(
        _ path: FilePath, permissions: FilePermissions, sync: SyncTime, replacing: Bool = true,
        fill: (borrowing OwnedDescriptor) throws(FileFailure) -> Void
    ) throws(FileFailure) {
        let place = try Place(path)
        let temporary = temporaryPrefix + randomName()
        let file = try place.folder.createFile(temporary)
        do {
            try fill(file)
            try file.setPermissions(permissions)  // once more than at creation: the umask has no say here
            if sync == .each { try file.sync() }
            try file.close()
            try place.folder.move(temporary, to: place.name, replacing: replacing)
        } catch {
            try? place.folder.remove(temporary)
            throw error
        }
        if sync == .each { try place.folder.sync() }
    }

    /// Removes what writes that a crash cut off left in this folder (not in folders beneath it), when it was last
    /// written to more than `age` ago.
    public static func sweepTemporary(
        in folder: FilePath, olderThan age: Duration, now: Int64 = secondsSince1970()
    ) throws(FileFailure) {
        try Folder(opening: folder).sweep(olderThan: age, now: now) { $0.hasPrefix(temporaryPrefix) }
    }
}

extension Folder {
    func exchange(_ name: String, with other: String, in folder: Folder) throws(FileFailure) {
        try systemCall("exchange with \(folder.path.appending(other))", path.appending(name)) {
            slipway_rename_exchange(number, name, folder.number, other)
        }
    }

    /// Removes the regular files whose name fits and whose last change is more than `age` before `now`.
    func sweep(olderThan age: Duration, now: Int64, where fits: (String) -> Bool) throws(FileFailure) {
        for entry in try entries() where entry.type == .regular && fits(entry.name) {
            guard let status = try status(of: entry.name) else { continue }
            guard Duration.seconds(now - Int64(status.rawValue.st_mtim.tv_sec)) >= age else { continue }
            do { try remove(entry.name) } catch  where error.isMissing {}
        }
    }
}
