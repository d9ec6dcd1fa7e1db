/// The sentences a session says. Only a path that has been understood is repeated, nothing else a client sent.
extension FTPReply {
    static func greeting(service: String, session: String) -> FTPReply {
        FTPReply(.greeting, "\(service) takes signed Debian uploads. Session \(session).")
    }

    static let loggedIn = FTPReply(.loggedIn, "Go on: the signature says who you are.")
    static let noAccount = FTPReply(.superfluous, "There are no accounts: the signature says who you are.")
    static let userFirst = FTPReply(.wrongOrder, "USER comes first.")
    static let notLoggedIn = FTPReply(.notLoggedIn, "Log in first, for example with USER anonymous.")
    static let goodbye = FTPReply(.goodbye, "Goodbye.")
    static let idle = FTPReply(.closing, "Nothing was heard for too long; goodbye.")
    static let neverLoggedIn = FTPReply(.closing, "You did not log in; goodbye.")
    static let tooLong = FTPReply(
        .closing, "The session took too long. What was received is kept; send the rest later.")
    static let stopping = FTPReply(.closing, "The service is stopping. What was received is kept; send the rest later.")
    static let tooManyAtOnce = FTPReply(.closing, "Too many commands at once; goodbye.")

    static let lineTooLong = FTPReply(.unknown, "The line is too long.")
    static let unknown = FTPReply(.unknown, "Not a command of this service; HELP lists them.")
    static let unreadable = FTPReply(.badArgument, "The line is not printable UTF-8.")
    static func notOffered(_ verb: FTPCommand.NotOffered) -> FTPReply {
        FTPReply(.notOffered, "\(verb.rawValue) is not offered: this service only takes uploads.")
    }

    static let representation = FTPReply(.done, "Files are stored byte by byte.")
    static let stream = FTPReply(.done, "Stream mode.")
    static let fileStructure = FTPReply(.done, "File structure.")
    static let utf8 = FTPReply(.done, "UTF-8.")
    static let noop = FTPReply(.done, "Fine.")
    static let parameterNotOffered = FTPReply(.badParameter, "Not offered with this parameter.")
    static let optionNotOffered = FTPReply(.badArgument, "Not an option of this service.")
    static let allocated = FTPReply(.superfluous, "Room need not be asked for.")
    static let system = FTPReply(.system, "UNIX Type: L8")
    static func folder(_ path: VirtualPath) -> FTPReply { FTPReply(.path, "\"\(path.absolute)\"") }
    static func target(_ path: VirtualPath) -> FTPReply { FTPReply(.fileDone, "\(path.absolute) takes uploads.") }
    static func entered(_ path: VirtualPath) -> FTPReply { FTPReply(.fileDone, "\(path.absolute)") }
    static func noFolder(_ reason: String) -> FTPReply { FTPReply(.absent, reason) }

}
