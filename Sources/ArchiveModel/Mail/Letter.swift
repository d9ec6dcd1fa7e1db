/// One mail to one registered person, as a value: it is queued in the transaction of what it tells, and put into words
/// by the mailer's templates when it leaves.
public struct Letter: Sendable, Hashable, Codable {
    public let recipient: MailAddress
    /// The part of the Message-ID before `@`. The same event makes the same identity, so that a mail sent twice by a
    /// crash is one mail to its reader.
    public let identity: String
    /// A full Message-ID from outside, angle brackets included: the command mail that is answered.
    public var answers: String?
    public let content: Content
    /// Why this person gets it, for the last line: "you signed the upload".
    public let reason: String

    public enum Content: Sendable, Hashable, Codable {
        case verdict(UploadReport)
        case buildFailed(BuildReport)
        case commands(CommandReport)
        /// To the admin: something of ours went wrong.
        case failure(FailureReport)
        /// To the admin, once a day.
        case digest(DigestReport)
        /// To an archive's list.
        case announcement(Announcement)
        /// To whoever looks after an archive: most of its room is used.
        case quota(QuotaReport)
        /// To the people of a PPA.
        case newerInBase(NewerInBase)
        /// To whoever looks after an archive: what others have done to it.
        case notice(Notice)
        /// Letters that would have been too many one by one.
        case collected([Letter])
    }

    public init(
        to recipient: MailAddress, identity: String, answers: String? = nil, content: Content, reason: String
    ) {
        self.recipient = recipient
        self.identity = identity
        self.answers = answers
        self.content = content
        self.reason = reason
    }
}
