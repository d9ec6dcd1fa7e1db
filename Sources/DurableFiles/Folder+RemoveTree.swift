internal import CLinux
internal import Glibc
internal import SystemPackage

/// Removal of trees that strangers made: links are removed and not followed, mount points are not crossed, folders
/// without permissions are opened up, and no depth is too deep.
extension Folder {
    /// Folders held open at a time. A tree that goes deeper is cut, and the lower part moved up and removed from there.
    private static let depthLimit = 64
    /// How often a tree is cut: 64,000 levels. More only comes from somebody who builds while we remove.
    private static let cutLimit = 1000

    /// Removes what stands at `relative`, with everything beneath it. Nothing there is no failure. A crash leaves a
    /// part of it, to be removed again.
    public func removeTree(_ relative: String) throws(FileFailure) {
        let (parent, name) = try parent(of: relative)
        try parent.removeTree(named: name.utf8CString.map { $0 })
    }

    private func removeTree(named name: [CChar]) throws(FileFailure) {
        guard try !removeUnlessFolder(name) else { return }
        let tree = try openForRemoval(name)
        for _ in 0..<Self.cutLimit {
            try tree.empty(top: tree, depth: Self.depthLimit)
            do {
                return try removeEmpty(name)
            } catch  where error.reason == .system(.directoryNotEmpty) {
                continue  // parts of it were moved up, or somebody writes there still
            }
        }
        throw FileFailure("remove", child(name), .system(.directoryNotEmpty))
    }

    private func empty(top: Folder, depth: Int) throws(FileFailure) {
        for name in try names() {
            if try removeUnlessFolder(name) { continue }
            if depth == 0 {
                try moveUp(name, to: top)
            } else {
                do {
                    try openForRemoval(name).empty(top: top, depth: depth - 1)
                    try removeEmpty(name)
                } catch  where error.reason == .system(.directoryNotEmpty) || error.isMissing {
                    // Somebody writes in it still, or it was listed twice: the one above is looked through again.
                    continue
                }
            }
        }
    }

    /// True when it is gone, false when it is a folder.
    private func removeUnlessFolder(_ name: [CChar]) throws(FileFailure) -> Bool {
        do {
            try systemCall("remove", child(name)) { unlinkat(number, name, 0) }
            return true
        } catch  where error.isMissing {
            return true
        } catch  where error.reason == .system(.isDirectory) {
            return false
        }
    }

    private func removeEmpty(_ name: [CChar]) throws(FileFailure) {
        try systemCall("remove folder", child(name)) { unlinkat(number, name, AT_REMOVEDIR) }
    }

    private func moveUp(_ name: [CChar], to top: Folder) throws(FileFailure) {
        try systemCall("move up", child(name)) { slipway_rename_new(number, name, top.number, randomName()) }
    }

    private func openForRemoval(_ name: [CChar]) throws(FileFailure) -> Folder {
        let place = child(name)
        if let status = try status(ofName: name), !status.permissions.isSuperset(of: .ownerReadWriteExecute) {
            try openUp(name)
        }
        let opened = try systemCall("open", place) {
            slipway_open_beneath(number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, true)
        }
        return Folder(taking: OwnedDescriptor(taking: FileDescriptor(rawValue: opened), path: place))
    }

    /// Lets us into a folder of ours. The way over /proc changes what was opened, even when a link took its place
    /// since.
    private func openUp(_ name: [CChar]) throws(FileFailure) {
        let opened = try systemCall("open", child(name)) { slipway_open_path(number, name) }
        let held = OwnedDescriptor(taking: FileDescriptor(rawValue: opened), path: child(name))
        try systemCall("set permissions of", held.path) { chmod("/proc/self/fd/\(held.number)", 0o700) }
    }
}
