internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import MailFormat
internal import OpenPGP

/// A mail with signed commands, as `slipway receive-mail` put it into `landed/mail-…/message.eml`.
///
/// Who sent it says nothing; who signed a part of it says everything. A mail without a proven signer, or of a program,
/// gets no answer, so that no two programs ever talk to each other, and nobody is mailed for what others wrote.
struct MailExamination: Sendable {
    let commands: CommandExamination

    static let fileName = "message.eml"
    static let sessionPrefix = "mail-"

    private var signatures: SignatureExamination { commands.signatures }

    func examine(_ received: ReceivedText) async throws -> Examined {
        let file = received.path.name
        do {
            let mail = try Self.mail(received.bytes, file: file)
            do {
                return try await examine(mail, received)
            } catch let early as EarlyVerdict {
                var examined = early.examined
                examined.answers = mail.messageID?.description
                examined.verdict.package = mail.title
                return examined
            }
        } catch let early as EarlyVerdict {
            return early.examined
        }
    }

    private func examine(_ mail: IncomingMail, _ received: ReceivedText) async throws -> Examined {
        let file = received.path.name
        let (text, commandText, signer) = try await signed(try Self.signedPart(of: mail, file: file), file: file)
        let origin = mail.messageID?.description ?? received.session.name.description
        let signed = SignedCommands(
            text: text, commands: commandText, title: mail.title, origin: "mail \(origin)", place: received.place,
            answers: mail.messageID?.description, received: received.received)
        return try await commands.carryOut(signed, signer, file: file)
    }

    private func signed(
        _ part: SignedContent, file: FileName
    ) async throws -> (text: VerifiedText, commands: String, signer: Signer) {
        switch part {
        case .clearsigned(let bytes):
            let (text, signer) = try await signatures.signedText(bytes, file: file)
            return (text, text.text, signer)
        case .pgpMime(let signature, let content):
            let (text, signer) = try await signatures.signedPart(content, signature: signature, file: file)
            return (text, try Self.plainText(of: text, signer, file: file), signer)
        }
    }

    private static func mail(_ bytes: [UInt8], file: FileName) throws -> IncomingMail {
        do {
            return try IncomingMail(parsing: bytes)
        } catch {
            throw EarlyVerdict(.ignored, [Finding(.unreadableMail, error.description.printable, file: "\(file)")])
        }
    }

    private static func signedPart(of mail: IncomingMail, file: FileName) throws -> SignedContent {
        if mail.isAutomatic {
            throw EarlyVerdict(.ignored, [Finding(.automaticMail, "A program sent this mail.", file: "\(file)")])
        }
        guard mail.signedParts.count == 1 else {
            let sentence =
                mail.signedParts.isEmpty ? "Nothing in this mail is signed." : "Several parts of this mail are signed."
            throw EarlyVerdict(
                .ignored, [Finding(mail.signedParts.isEmpty ? .unsignedMail : .severalSignedParts, sentence)])
        }
        return mail.signedParts[0]
    }

    private static func plainText(of text: VerifiedText, _ signer: Signer, file: FileName) throws -> String {
        do {
            return try SignedContent.text(ofVerifiedPart: text.bytes)
        } catch {
            let finding = Finding(.unreadableMail, error.description.printable, file: "\(file)")
            guard case .person(let person, _) = signer else { throw EarlyVerdict(.ignored, [finding]) }
            throw EarlyVerdict(.rejected, [finding], signer: person)
        }
    }
}

extension IncomingMail {
    /// As the answer names it.
    fileprivate var title: String { subject.description.isEmpty ? "your mail" : subject.description }
}

extension ReceivedText {
    /// A mail, and not a file somebody uploaded under that name.
    var isMail: Bool {
        path.isMail(in: session.name)
    }
}

extension UploadPath {
    func isMail(in session: FileName) -> Bool {
        description == MailExamination.fileName && session.description.hasPrefix(MailExamination.sessionPrefix)
    }
}
