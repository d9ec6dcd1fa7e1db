/// How a session's connections are protected (RFC 4217): what the service offers and demands, and how far the client has
/// come.
public struct Protection: Equatable, Sendable {
    enum Control: Equatable {
        case clear
        /// `AUTH` was granted. What comes now in clear is not the client's, or not in order: it is dropped.
        case handshaking
        case encrypted
    }

    /// The service has a certificate.
    public let isOffered: Bool
    /// Nothing is taken over a connection in clear.
    public let isRequired: Bool
    var control: Control
    /// `PBSZ` has to come before `PROT` (RFC 2228, 3).
    var isBufferSizeSet = false
    var protectsData = false

    /// `isEncrypted`: the connection begins with a handshake, without `AUTH`.
    public init(isOffered: Bool, isRequired: Bool = false, isEncrypted: Bool = false) {
        self.isOffered = isOffered
        self.isRequired = isRequired
        control = isEncrypted ? .encrypted : .clear
    }

    var mayLogIn: Bool { !isRequired || control == .encrypted }
    var mayTransfer: Bool { !isRequired || protectsData }
}
