/// What a session says about data connections and transfers.
extension FTPReply {
    static let useExtended = FTPReply(.noDataConnection, "This connection is IPv6; use EPSV.")
    static let useIPv4 = FTPReply(.wrongNetwork, "Network protocol not supported, use (1)")
    static let useIPv6 = FTPReply(.wrongNetwork, "Network protocol not supported, use (2)")
    static let extendedOnly = FTPReply(.done, "EPSV it is.")
    static let extendedWasChosen = FTPReply(.wrongOrder, "You said EPSV ALL; only EPSV is left.")
    static let noPort = FTPReply(.noDataConnection, "No port is free for a data connection; try again later.")
    static func noWay(offersActive: Bool) -> FTPReply {
        FTPReply(
            .noDataConnection, offersActive ? "PASV, EPSV, PORT or EPRT comes first." : "PASV or EPSV comes first.")
    }

    static let activeNotOffered = FTPReply(
        .notOffered,
        "Active mode is off here; use passive mode (passive_ftp = 1 in dput.cf, passive => 1 in dupload.conf).")
    static let notAnAddress = FTPReply(.badArgument, "Not an address and port.")
    static let notYourAddress = FTPReply(.badParameter, "That is not the address you come from.")
    static let lowPort = FTPReply(.badParameter, "Data connections go to ports from 1024 on.")
    static let aimed = FTPReply(.done, "Your port is noted.")

    static let opening = FTPReply(.opening, "Send it.")
    static func openingUnique(_ name: UploadName) -> FTPReply { FTPReply(.opening, "FILE: \(name)") }
    static let stored = FTPReply(.transferDone, "Received.")
    static func verdictComesLater(_ code: Code, session: String) -> FTPReply {
        FTPReply(code, "Received; the verdict comes by mail. Session \(session).")
    }
    static let listing = FTPReply(.opening, "Here it comes.")
    static let listed = FTPReply(.transferDone, "That is all.")
    static let nothingToAbort = FTPReply(.transferDone, "Nothing is under way.")

    static let notAnOffset = FTPReply(.badArgument, "Not a number of bytes.")
    static func restarting(at offset: Int64) -> FTPReply {
        FTPReply(.moreNeeded, "The next transfer begins behind \(offset) bytes.")
    }
}
