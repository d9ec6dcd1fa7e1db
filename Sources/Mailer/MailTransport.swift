public import ArchiveModel

/// A mail ready to leave.
public struct Parcel: Sendable, Hashable {
    /// Of the letter: two parcels of one number and identity are one mail.
    public let number: Int64
    public let identity: String
    public let recipient: MailAddress
    /// When the letter was queued, in Unix seconds.
    public let created: Int64
    /// A delivery of it was begun before, and may have come to an end unseen.
    public let isRepeated: Bool
    /// The whole message, lines ended by LF.
    public let message: [UInt8]

    public init(
        number: Int64, identity: String, recipient: MailAddress, created: Int64, isRepeated: Bool, message: [UInt8]
    ) {
        self.number = number
        self.identity = identity
        self.recipient = recipient
        self.created = created
        self.isRepeated = isRepeated
        self.message = message
    }
}

/// Where mails go from here.
public protocol MailTransport: Sendable {
    /// Returns when somebody else answers for the mail: it survives a power cut, or a mail server has taken it.
    func deliver(_ parcel: Parcel) async throws(DeliveryFailure)
}

/// A mail did not leave; it is tried again.
public struct DeliveryFailure: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
