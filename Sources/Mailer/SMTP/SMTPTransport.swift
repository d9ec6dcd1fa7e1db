internal import ArchiveModel
internal import NIOPosix
internal import Synchronization

/// Delivery by SMTP to one mail server, through libcurl. Mails of one round share connections.
public final class SMTPTransport: MailTransport {
    private let server: SMTPServer
    private let name: String
    /// Those that no delivery has now.
    private let idle = Mutex<[SMTPConnection]>([])
    private let threads: NIOThreadPool

    /// - Parameters:
    ///   - name: who we are, for EHLO: a host name.
    ///   - deliveriesAtOnce: as many connections there are at most.
    public init(server: SMTPServer, name: String, deliveriesAtOnce: Int) {
        self.server = server
        self.name = name
        threads = NIOThreadPool(numberOfThreads: deliveriesAtOnce)
        threads.start()
    }

    deinit { threads.shutdownGracefully { _ in } }

    /// libcurl does not ask for 8BITMIME (RFC 6152).
    public var takesEightBits: Bool { false }

    public func deliver(_ parcel: Parcel) async throws(DeliveryFailure) {
        let result: Result<Void, DeliveryFailure>
        do {
            result = try await threads.runIfActive { [self] in
                Result { () throws(DeliveryFailure) in try send(parcel) }
            }
        } catch {
            throw DeliveryFailure("The mailer is ending: \(error)")
        }
        try result.get()
    }

    /// A connection that failed is not used again.
    private func send(_ parcel: Parcel) throws(DeliveryFailure) {
        let free = idle.withLock { $0.popLast() }
        let connection = if let free { free } else { try SMTPConnection(to: server, as: name) }
        try connection.send(parcel.message, from: parcel.sender, to: parcel.recipient.address)
        idle.withLock { $0.append(connection) }
    }

    /// Ends the connections, so that none stands at the server until the next mail.
    public func rest() async {
        let ended = idle.withLock { idle in
            defer { idle = [] }
            return idle
        }
        guard !ended.isEmpty else { return }
        try? await threads.runIfActive { withExtendedLifetime(ended) {} }
    }
}
