internal import DurableFiles
internal import Glibc
internal import SystemPackage

/// Folders that everybody may walk through. In a user namespace root is an id of the build user's range, which to the
/// machine is just anybody.
enum OpenPath {
    /// - Throws: `BuilderFault` naming the first folder, from the top, that is closed to others.
    static func check(_ path: FilePath, purpose: String) throws {
        var place = FilePath("/")
        for component in path.components {
            place.append(component)
            var status = stat()
            guard place.withPlatformString({ stat($0, &status) }) == 0 else {
                throw FileFailure("look at", place, .system(Errno(rawValue: errno)))
            }
            guard status.st_mode & S_IXOTH != 0 else {
                throw BuilderFault(
                    "\(path) cannot be \(purpose), as \(place) is closed to others.",
                    remedy: "chmod o+x \(place), or choose another place.")
            }
        }
    }
}
