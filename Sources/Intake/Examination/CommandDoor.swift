public import ArchiveModel
public import Catalog
public import OpenPGP

/// A command text of a registered person, on its way to whoever carries commands out.
public struct SignedCommands: Sendable {
    /// What the signature covers.
    public let text: VerifiedText
    /// The commands in it: all of `text.text`, but for PGP/MIME, where that is a part of a mail with its headers.
    public let commands: String
    /// File name, or the subject of the mail.
    public let title: String
    /// "session 2026…/x.commands", "mail <id>": the same text from the same place is a repeat, and gets the same answer.
    public let origin: String
    /// The upload that brought it, and from where it came.
    public let place: CommandPlace
    /// Message-ID of the mail that is answered, with its angle brackets.
    public let answers: String?
    /// Unix seconds.
    public let received: Int64
}

/// Carries commands out, queues the answer letter, and writes its log. Throws only for faults of ours; a repeat after
/// that finds what was done.
public typealias CommandDoor = @Sendable (SignedCommands) async throws -> CommandReport
