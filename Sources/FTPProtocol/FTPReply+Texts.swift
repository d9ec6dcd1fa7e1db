/// The sentences a session says. Only a path that has been understood is repeated, nothing else a client sent.
extension FTPReply {
    static func greeting(service: String, session: String) -> FTPReply {
        FTPReply(.greeting, "\(service) takes signed Debian uploads. Session \(session).")
    }

    static let loggedIn = FTPReply(.loggedIn, "Go on: the signature says who you are.")
    static let userFirst = FTPReply(.wrongOrder, "USER comes first.")
    static let notLoggedIn = FTPReply(.notLoggedIn, "Log in first, for example with USER anonymous.")
    static let goodbye = FTPReply(.goodbye, "Goodbye.")
    static let full = FTPReply(.closing, "Too many sessions at the moment; try again later.")
    static let idle = FTPReply(.closing, "Nothing was heard for too long; goodbye.")
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
    static let features = FTPReply(.features, ["Extensions:", " EPSV", " PASV", " UTF8", "End"])
    static let help = FTPReply(
        .help,
        [
            "Log in, change into the target, store the files, the .changes last:",
            " USER PASS CWD CDUP PWD MKD TYPE MODE STRU PASV EPSV STOR ABOR",
            " ALLO FEAT HELP NOOP OPTS SYST QUIT",
            "A target is ~owner/distribution/name, for example ~alice/debian/tools.",
        ])

    static func folder(_ path: VirtualPath) -> FTPReply { FTPReply(.path, "\"\(path.absolute)\"") }
    static func target(_ path: VirtualPath) -> FTPReply { FTPReply(.folderDone, "\(path.absolute) takes uploads.") }
    static func entered(_ path: VirtualPath) -> FTPReply { FTPReply(.folderDone, "\(path.absolute)") }
    static func noFolder(_ reason: String) -> FTPReply { FTPReply(.noFolder, reason) }

    static let useExtended = FTPReply(.noDataConnection, "This connection is IPv6; use EPSV.")
    static let useIPv4 = FTPReply(.wrongNetwork, "Network protocol not supported, use (1)")
    static let useIPv6 = FTPReply(.wrongNetwork, "Network protocol not supported, use (2)")
    static let extendedOnly = FTPReply(.done, "EPSV it is.")
    static let noPort = FTPReply(.noDataConnection, "No port is free for a data connection; try again later.")
    static let passiveFirst = FTPReply(.noDataConnection, "PASV or EPSV comes first.")

    // A refused STOR gets a 4xx: a 5xx passes as success in dput-ng, and a 553 in dput as well.
    static let badName = FTPReply(
        .refused, "Not a file name this service takes: letters, digits and \"_-+~.\", a letter or digit first.")
    static func notATarget(_ path: VirtualPath) -> FTPReply {
        FTPReply(.refused, "\(path.absolute) is not an upload target; change into one first.")
    }
    static func noTarget(_ reason: String) -> FTPReply { FTPReply(.refused, reason) }
    static let opening = FTPReply(.opening, "Send it.")
    static let stored = FTPReply(.transferDone, "Received.")
    static func verdictComesLater(session: String) -> FTPReply {
        FTPReply(.transferDone, "Received; the verdict comes by mail. Session \(session).")
    }
    static let nothingToAbort = FTPReply(.transferDone, "Nothing is under way.")
}
