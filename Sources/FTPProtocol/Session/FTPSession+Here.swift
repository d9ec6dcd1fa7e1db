extension FTPSession {
    /// Where the client stands, and what it has prepared for the next command.
    struct Here: Equatable {
        enum Standing: Equatable {
            case unasked
            case answered(TargetAnswer)
        }

        var path = VirtualPath.root
        /// What is known of the path.
        var standing = Standing.unasked
        /// For one data connection.
        var way: DataWay?
        /// EPSV ALL was said: no other way any more (RFC 2428, 4).
        var isExtendedOnly = false
        /// Of REST, for the next transfer.
        var offset: Int64 = 0
        /// Of RNFR, for the command after it.
        var renaming: VirtualFile?

        mutating func move(to path: VirtualPath, _ standing: TargetAnswer) {
            self.path = path
            self.standing = .answered(standing)
        }
    }

    /// What is under way, and so what its outcome means.
    enum Task: Equatable {
        case asking(VirtualPath, Question)
        case opening(isExtended: Bool)
        case receiving(VirtualFile)
        /// The reply's code when the verdict is good: that of the command that made the file complete.
        case judging(VirtualFile, success: FTPReply.Code)
        case looking(Inquiry, Subject)
        case sending
        case changing(Change)

        var isTransfer: Bool {
            switch self {
            case .receiving, .sending: true
            case .asking, .opening, .judging, .looking, .changing: false
            }
        }
    }

    enum Question: Equatable {
        case enter, makeFolder
        case store(VirtualFile, from: Beginning)
        case rename(VirtualFile, to: VirtualFile)
    }

    enum Inquiry: Equatable {
        case list(FTPCommand.Listing), status
        case facts, size, modificationTime
        case renameFrom(VirtualFile)
    }
}
