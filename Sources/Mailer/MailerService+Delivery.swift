internal import ArchiveModel
internal import Catalog
internal import Logging
internal import MailFormat

extension MailerService {
    /// Delivers one letter and writes down what became of it.
    func deliver(_ entry: OutboxEntry) async throws -> OutboxEntry.State {
        do {
            try await transport.deliver(try parcel(for: entry))
        } catch {
            return try await retry(entry, because: "\(error)")
        }
        try await catalog.markSent(entry, now: now())
        logger.info("Mail sent.", metadata: ["mail": "\(entry.id)", "identity": "\(entry.identity)"])
        return .sent
    }

    private func parcel(for entry: OutboxEntry) throws -> Parcel {
        guard let letter = entry.letter else { throw DeliveryFailure("The letter in the catalog cannot be read.") }
        return Parcel(
            number: entry.id, identity: entry.identity, recipient: letter.recipient, created: entry.created,
            isRepeated: entry.attempts > 1, message: try writer.mail(for: letter, date: entry.created).rendered())
    }

    private func retry(_ entry: OutboxEntry, because error: String) async throws -> OutboxEntry.State {
        let details: Logger.Metadata = ["mail": "\(entry.id)", "to": "\(entry.recipient)", "error": "\(error)"]
        guard let pause = configuration.retries.pause(afterAttempts: entry.attempts) else {
            logger.error("Mail given up; \"slipway mail resend\" tries it again.", metadata: details)
            try await catalog.giveUp(entry, error: error)
            return .dead
        }
        logger.warning("Mail not delivered yet.", metadata: details)
        try await catalog.postpone(entry, until: now() + pause.components.seconds, error: error)
        return .queued
    }
}
