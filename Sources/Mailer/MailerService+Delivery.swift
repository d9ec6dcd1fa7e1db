internal import ArchiveModel
internal import Catalog
internal import Logging
internal import MailFormat

extension MailerService {
    /// Delivers one letter and writes down what became of it.
    func deliver(_ entry: OutboxEntry) async throws -> OutboxEntry.State {
        do {
            try await transport.deliver(try parcel(for: entry))
        } catch let failure as DeliveryFailure where failure.isPermanent {
            return try await giveUp(entry, because: failure.description)
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
            number: entry.id, identity: entry.identity, recipient: letter.recipient,
            sender: sender(of: entry), created: entry.created, isRepeated: entry.attempts > 1,
            message: try writer.mail(for: letter, date: entry.created)
                .rendered(inEightBits: transport.takesEightBits))
    }

    private func sender(of entry: OutboxEntry) -> String {
        guard configuration.marksBounces, let token = entry.bounceToken else { return configuration.from.address }
        return EnvelopeSender(mail: entry.id, token: token).address(in: configuration.from)
    }

    private func retry(_ entry: OutboxEntry, because error: String) async throws -> OutboxEntry.State {
        guard let pause = configuration.retries.pause(afterAttempts: entry.attempts) else {
            return try await giveUp(entry, because: error)
        }
        logger.warning("Mail not delivered yet.", metadata: details(entry, error))
        try await catalog.postpone(entry, until: now() + pause.components.seconds, error: error)
        return .queued
    }

    private func giveUp(_ entry: OutboxEntry, because error: String) async throws -> OutboxEntry.State {
        logger.error("Mail given up; \"slipway mail resend\" tries it again.", metadata: details(entry, error))
        try await catalog.giveUp(entry, error: error)
        return .dead
    }

    private func details(_ entry: OutboxEntry, _ error: String) -> Logger.Metadata {
        ["mail": "\(entry.id)", "to": "\(entry.recipient)", "error": "\(error)"]
    }
}
