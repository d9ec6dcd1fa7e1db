/// Why a file was not stored. Nothing of it remains under its name; an earlier file of that name stays as it was.
public enum StoreFailure: Error, Equatable, Sendable {
    /// The client never came to the data port.
    case noDataConnection
    /// The data connection broke, or fell silent, before its end.
    case cut
    /// The client sent ABOR.
    case aborted
    /// More bytes than a file may have.
    case fileTooLarge(limit: Int64)
    /// More bytes or files than a session may bring.
    case sessionFull
    /// Another file or folder of the session has the name.
    case nameTaken
    case diskFull
    /// REST named a place behind the end of what is there.
    case nothingThere(size: Int64)
    /// No such file in the session.
    case absent
    /// A folder with something in it.
    case notEmpty
    /// Ours to mend; the log says more.
    case failed

    /// A 4xx throughout: the one class at which every client stops.
    var reply: FTPReply {
        switch self {
        case .noDataConnection: FTPReply(.noDataConnection, "No data connection came in time.")
        case .cut: FTPReply(.transferCut, "The data connection broke; what came is kept for REST in this session.")
        case .aborted: FTPReply(.transferCut, "Stopped as you asked; what came is kept for REST in this session.")
        case .fileTooLarge(let limit):
            FTPReply(.noSpace, "The file is larger than \(limit) bytes, the most taken here.")
        case .sessionFull: FTPReply(.noSpace, "This session has brought as much as one may; the file is dropped.")
        case .nameTaken: FTPReply(.refused, "A file or folder of this session stands in its way.")
        case .diskFull: FTPReply(.noSpace, "No room is left here; try again later.")
        case .nothingThere(let size): FTPReply(.refused, "Of this file \(size) bytes are here; REST cannot go beyond.")
        case .absent: .notFound
        case .notEmpty: FTPReply(.refused, "There are still files in it.")
        case .failed: FTPReply(.failed, "The file could not be stored, by no fault of yours; try again later.")
        }
    }

    /// For people.
    public var sentence: String { reply.lines.joined(separator: " ") }

    /// To commands other than STOR no client mistakes a 5xx.
    var replyToChange: FTPReply {
        switch self {
        case .nameTaken, .notEmpty: FTPReply(.absent, reply.lines)
        default: reply
        }
    }
}
