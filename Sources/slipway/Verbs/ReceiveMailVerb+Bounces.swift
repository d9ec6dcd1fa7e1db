internal import ArchiveModel
internal import Catalog
internal import Foundation
internal import MailFormat
internal import Mailer

/// Mails about mails of ours.
extension ReceiveMailVerb {
    /// What came to the address that a mail of ours was sent from, or reports its delivery, is never a command, and
    /// nobody answers it.
    /// - Returns: whether it was of that kind; then all is done.
    func takesBounce(_ mail: [UInt8], _ settings: Settings) async throws -> Bool {
        let sender = (recipient ?? ProcessInfo.processInfo.environment["RECIPIENT"]).flatMap { MailAddress($0) }
            .flatMap { EnvelopeSender($0) }
        // What cannot be read as a mail is no report either.
        let report = try? BounceReport(parsing: mail)
        guard sender != nil || report != nil else { return false }
        guard let report else {
            log("no report of a delivery, but an answer to one of our mails; nobody reads it")
            return true
        }
        let number = try await record(report, sender, common.catalog(settings), host: settings.name)
        log(number.map { "mail \($0) came back" } ?? "a report of a mail that is not ours")
        return true
    }

    private func record(
        _ report: BounceReport, _ sender: EnvelopeSender?, _ catalog: Catalog, host: String
    ) async throws -> Int64? {
        let mails =
            sender.map { [Catalog.BouncedMail.number($0.mail, token: $0.token)] }
            ?? report.messageIDs.compactMap { LetterWriter.identity(of: $0, host: host) }.map { .identity($0) }
        for mail in mails {
            let number = try await catalog.recordBounce(
                mail, isFinal: report.isFinal, cause: report.cause.text, now: unixTime())
            if let number { return number }
        }
        return nil
    }

    /// Standard error stands in the MTA's log.
    private func log(_ words: String) {
        FileHandle.standardError.write(Data("slipway receive-mail: \(words)\n".utf8))
    }
}
