internal import NIOCore
internal import NIOSSL
internal import Synchronization

/// TLS in one session: its control connection and its data connections use one certificate, and one cache of TLS sessions,
/// so that a client may resume on a data connection what it began on the control connection.
final class SessionTLS: Sendable {
    private let context: NIOSSLContext?
    private let handshakeTimeout: TimeAmount
    private let protectsData = Atomic(false)

    init(_ context: NIOSSLContext?, handshakeTimeout: TimeAmount) {
        self.context = context
        self.handshakeTimeout = handshakeTimeout
    }

    var isOffered: Bool { context != nil }

    /// Whether data connections are encrypted.
    var isDataProtected: Bool { protectsData.load(ordering: .relaxed) }

    /// Whether later data connections are encrypted.
    func protectData(_ protects: Bool) {
        protectsData.store(protects, ordering: .relaxed)
    }

    /// From here on everything that is sent or received is encrypted. What was written before goes out in clear.
    func start(on channel: any Channel) throws {
        try channel.pipeline.syncOperations.addHandlers(try handlers(), position: .first)
    }

    /// For a new data connection, before anything else handles it.
    func protect(data channel: any Channel) throws {
        guard protectsData.load(ordering: .relaxed) else { return }
        try channel.pipeline.syncOperations.addHandlers(try handlers())
    }

    private func handlers() throws -> [any ChannelHandler] {
        guard let context else { throw ChannelError.operationUnsupported }
        return [NIOSSLServerHandler(context: context), HandshakeDeadline(handshakeTimeout)]
    }
}
