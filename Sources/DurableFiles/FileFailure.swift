public import SystemPackage

/// What the system refused, in a sentence: which operation, on which path, and why.
///
/// It is nearly always ours to mend (a full disk, a wrong owner). The few reasons that callers act on have names.
public struct FileFailure: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Reason: Equatable, Sendable {
        case system(Errno)
        /// A folder, link, pipe or device stands where a plain file is wanted.
        case notARegularFile
        /// Not a path that may be looked up beneath a folder: empty, with a NUL, or ending in "." or "..".
        case notAName
        /// More than this many bytes.
        case tooLarge(limit: Int)
        /// Not the bytes that were promised: their SHA-256 is another one.
        case otherContent(sha256: String)
        /// A file with other bytes stands there already.
        case differs
    }

    /// A verb: "open", "create", "move to /x/y".
    public let operation: String
    public let path: FilePath
    public let reason: Reason

    public init(_ operation: String, _ path: FilePath, _ reason: Reason) {
        self.operation = operation
        self.path = path
        self.reason = reason
    }

    /// Nothing stands at the path.
    public var isMissing: Bool { reason == .system(.noSuchFileOrDirectory) }
    /// Something stands at the path already.
    public var alreadyExists: Bool { reason == .system(.fileExists) }

    public var description: String { "cannot \(operation) \(path): \(reason.sentence)" }
}

extension FileFailure.Reason {
    var sentence: String {
        switch self {
        case .system(let errno): "\(errno)"
        case .notARegularFile: "it is not a regular file"
        case .notAName: "it is not a name for a file in a folder"
        case .tooLarge(let limit): "it is larger than \(limit) bytes"
        case .otherContent(let sha256): "its SHA-256 is \(sha256)"
        case .differs: "a file with other content stands there"
        }
    }
}
