/// Why a file was not taken, other than for its path or its verdict.
public enum SFTPRefusal: Equatable, Sendable {
    /// With the most that is taken, in bytes.
    case fileTooLarge(UInt64)
    case sessionFull
    case noRoom
    /// A file or folder of the session has the name.
    case nameTaken
    case failed
    case notResumed
    case shorterThanSaid

    /// For the client.
    public var sentence: String {
        switch self {
        case .fileTooLarge(let limit): "The file is larger than \(limit) bytes, the most taken here."
        case .sessionFull: "This session has brought as much as one may; the file is dropped."
        case .noRoom: "No room is left here; try again later."
        case .nameTaken: "A file or folder of this session stands in its way."
        case .failed: "The file could not be stored, by no fault of yours; try again later."
        case .notResumed: "Transfers are not resumed here: send the file anew."
        case .shorterThanSaid: "The file is shorter than the client says."
        }
    }

    /// As in the metrics of the other doors: docs/operations.md, "Metrics".
    public var word: String {
        switch self {
        case .fileTooLarge: "file-size"
        case .sessionFull: "session-size"
        case .noRoom: "disk"
        case .nameTaken: "name"
        case .failed: "fault"
        case .notResumed, .shorterThanSaid: "transfer"
        }
    }
}
