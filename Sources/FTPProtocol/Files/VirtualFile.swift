/// A file of the session by its virtual path.
public struct VirtualFile: Hashable, Sendable, CustomStringConvertible {
    public let name: UploadName
    public let path: VirtualPath

    public init(_ name: UploadName, at path: VirtualPath) {
        self.name = name
        self.path = path
    }

    /// As a client knows it: `/~alice/debian/hello.dsc`.
    public var description: String {
        path == .root ? "/\(name)" : "\(path.absolute)/\(name)"
    }

    /// What `STOR argument` means in a folder: busybox and `curl --ftp-method nocwd` put the whole path into it, which
    /// then means the same as CWD and STOR.
    public init(_ argument: String, in folder: VirtualPath) throws(FileMistake) {
        let slash = argument.lastIndex(of: "/")
        let last = slash.map { argument[argument.index(after: $0)...] } ?? argument[...]
        guard let name = UploadName(String(last)) else { throw .name }
        guard let slash else {
            self.init(name, at: folder)
            return
        }
        do throws(PathMistake) {
            self.init(name, at: try folder.entering(String(argument[...slash])))
        } catch {
            throw .path(error)
        }
    }
}

/// What is wrong with the name of a file by its form alone.
public enum FileMistake: Error, Equatable, Sendable {
    case name
    case tooLong(limit: Int)
    case path(PathMistake)

    public var sentence: String {
        switch self {
        case .name: UploadName.rule
        case .tooLong(let limit): "A file name here has at most \(limit) bytes."
        case .path(let mistake): mistake.sentence
        }
    }
}

/// What a listing may be asked about: a name can be that of a folder or of a file.
public struct Subject: Equatable, Sendable {
    public let folder: VirtualPath?
    public let file: VirtualFile?

    /// Nil where the argument can be the name of neither. No argument means the folder the client stands in.
    init?(_ argument: String, in place: VirtualPath) {
        folder = try? place.entering(argument)
        file = argument.isEmpty ? nil : try? VirtualFile(argument, in: place)
        if folder == nil, file == nil { return nil }
    }

    init(_ file: VirtualFile) {
        folder = nil
        self.file = file
    }
}
