/// What a session says about its files.
extension FTPReply {
    // A refused STOR gets a 4xx: a 5xx passes as success in dput-ng, and a 553 in dput as well.
    static func refusedFile(_ reason: String) -> FTPReply { FTPReply(.refused, reason) }
    static let hasItsVerdict = FTPReply(
        .refused, "The verdict on this file was given; it is no longer yours to change.")

    static let wasRefused = FTPReply(.absent, "The verdict on this file was against it.")
    static let notFound = FTPReply(.absent, "No such file in this session.")
    static func size(_ bytes: Int64) -> FTPReply { FTPReply(.fileStatus, String(bytes)) }
    static func modificationTime(_ time: FTPTime) -> FTPReply { FTPReply(.fileStatus, time.description) }
    static func timeSet(_ time: FTPTime, _ file: VirtualFile) -> FTPReply {
        FTPReply(.fileStatus, "Modify=\(time); \(file)")
    }
    static let notATime = FTPReply(.badArgument, "Not a time like 20261120225512, in UTC.")
    static let removed = FTPReply(.fileDone, "Removed.")
    static let folderRemoved = FTPReply(.fileDone, "Nothing is left of it.")
    static let renameToNext = FTPReply(.moreNeeded, "RNTO gives the new name.")
    static let renameFromFirst = FTPReply(.wrongOrder, "RNFR comes right before.")
    static let renamed = FTPReply(.fileDone, "Renamed.")

    /// RFC 3659, 7.2: the line of facts is indented.
    static func facts(_ entry: FileFacts, _ facts: FactSet) -> FTPReply {
        FTPReply(.fileDone, ["Facts:", " " + entry.line(of: facts), "End"])
    }

    static func statusListing(_ entries: [FileFacts]) -> FTPReply {
        FTPReply(.fileStatus, ["Files of this session:"] + entries.map { " " + $0.listLine } + ["End"])
    }
}
