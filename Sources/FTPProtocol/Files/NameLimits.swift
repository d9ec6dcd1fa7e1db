/// How far the names of a session may go. A path and a name are bounded by their types already, by what a target can need
/// and what a disk can hold; an admin may want less.
public struct NameLimits: Sendable, Equatable {
    /// Components of a path.
    public var depth = VirtualPath.componentLimit
    /// Bytes in the name of a file.
    public var nameLength = UploadName.lengthLimit

    public init() {}

    public func check(_ path: VirtualPath) throws(PathMistake) {
        guard path.components.count <= depth else { throw .tooDeep(limit: depth) }
    }

    public func check(_ name: UploadName) throws(FileMistake) {
        guard name.description.utf8.count <= nameLength else { throw .tooLong(limit: nameLength) }
    }

    public func check(_ file: VirtualFile) throws(FileMistake) {
        try check(file.name)
        do throws(PathMistake) {
            try check(file.path)
        } catch {
            throw .path(error)
        }
    }
}
