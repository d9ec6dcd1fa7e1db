extension FTPSession {
    /// What takes time: the owner's part.
    public enum Work: Equatable, Sendable {
        /// Ask which target the path means; ends with `Outcome.target`.
        case ask(VirtualPath)
        /// Open a port for one data connection, closing an earlier one; ends with `listening` or `notListening`.
        case listen
        /// Make the data connection and store what it brings; ends with `stored` or `notStored`.
        case receive(VirtualFile, from: Beginning, over: DataWay)
        /// Make the data connection and send these bytes; ends with `sent` or `notSent`.
        case send([UInt8], over: DataWay)
        /// Ask for the verdict on a stored file; ends with `judged`.
        case judge(VirtualFile)
        /// Look a file of the session up, or list a folder; ends with `found` or `notFound`. A file that is not whole
        /// is there, too, with what has come of it.
        case look(Subject)
        /// Ends with `changed` or `notChanged`.
        case change(Change)
    }

    public enum Outcome: Equatable, Sendable {
        case target(TargetAnswer)
        case listening(port: UInt16), notListening
        case stored, notStored(StoreFailure)
        case sent, notSent(StoreFailure)
        case judged(Judgement)
        case file(FileFacts), folder([FileFacts]), notFound
        case changed, notChanged(StoreFailure)
    }

    /// Where the data connection comes from.
    public enum DataWay: Equatable, Sendable {
        /// From the client to the port that `listen` opened.
        case passive
        /// From us to this port of the client.
        case active(port: UInt16)
    }

    /// The first byte of a transfer in the file.
    public enum Beginning: Equatable, Sendable {
        case offset(Int64)
        /// Behind what is there.
        case end

        public static let start = Beginning.offset(0)
    }

    public enum Change: Equatable, Sendable {
        case remove(VirtualFile)
        case rename(VirtualFile, to: VirtualFile)
        case setTime(VirtualFile, FTPTime)
        /// Only when nothing is in it; one that was never needed on disk is removed as well.
        case removeFolder(VirtualPath)
    }

    /// How a session presents itself, and what it offers.
    public struct Setting: Sendable {
        /// The service's name in the greeting.
        public var service: String
        /// The session's name; the client may quote it to an admin.
        public var session: String
        /// The address that PASV announces; `nil` when the client came by IPv6 and has to use EPSV.
        public var passiveAddress: IPv4Octets?
        /// The one address that PORT and EPRT may name (RFC 2577, 3); `nil` refuses both.
        public var activePeer: NetworkAddress?
        public var names = NameLimits()
        /// How the connection begins, and what may become of it.
        public var protection: Protection

        public init(
            service: String, session: String, passiveAddress: IPv4Octets?, activePeer: NetworkAddress? = nil,
            protection: Protection = Protection(isOffered: false)
        ) {
            self.service = service
            self.session = session
            self.passiveAddress = passiveAddress
            self.activePeer = activePeer
            self.protection = protection
        }
    }
}
