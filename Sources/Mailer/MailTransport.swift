public import ArchiveModel

/// A mail ready to leave.
public struct Parcel: Sendable, Hashable {
    /// Of the letter: two parcels of one number and identity are one mail.
    public let number: Int64
    public let identity: String
    public let recipient: MailAddress
    /// The envelope's sender, where bounces go: an address.
    public let sender: String
    /// When the letter was queued, in Unix seconds.
    public let created: Int64
    /// A delivery of it was begun before, and may have come to an end unseen.
    public let isRepeated: Bool
    /// The whole message, lines ended by LF.
    public let message: [UInt8]

    public init(
        number: Int64, identity: String, recipient: MailAddress, sender: String, created: Int64, isRepeated: Bool,
        message: [UInt8]
    ) {
        self.number = number
        self.identity = identity
        self.recipient = recipient
        self.sender = sender
        self.created = created
        self.isRepeated = isRepeated
        self.message = message
    }
}

/// Where mails go from here.
public protocol MailTransport: Sendable {
    /// Returns when somebody else answers for the mail: it survives a power cut, or a mail server has taken it.
    func deliver(_ parcel: Parcel) async throws(DeliveryFailure)
    /// No more mails for now: connections are let go.
    func rest() async
    /// Bytes above 127 may stand in the text.
    var takesEightBits: Bool { get }
}

extension MailTransport {
    public func rest() async {}
    public var takesEightBits: Bool { true }
}

/// A mail did not leave.
public struct DeliveryFailure: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String
    /// It would fail in the same way again; else it is tried again.
    public let isPermanent: Bool

    public init(_ description: String, isPermanent: Bool = false) {
        self.description = description
        self.isPermanent = isPermanent
    }
}
