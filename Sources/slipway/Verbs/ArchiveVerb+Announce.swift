internal import ArchiveModel
internal import ArgumentParser
internal import Catalog

extension ArchiveVerb {
    struct Announce: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says where a mail goes for each source that an archive accepts: to a mailing list.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "debian, or ~owner/debian/name.") var reference: String
        @Argument(help: "The list's address, or \"none\".") var address: String

        func run() async throws {
            let list = try parsedAddress()
            let catalog = try common.catalog(try await common.settings())
            guard let archive = try await catalog.archive(parsedReference(reference)) else {
                throw Refusal(.noSuch, "There is no archive \(reference). See: slipway archive list")
            }
            try await catalog.setAnnounce(list, of: archive)
            try await catalog.say(
                list.map { "What \(archive.reference) accepts is announced to \($0.address)." }
                    ?? "Nobody is told what \(archive.reference) accepts, but who signed it.", of: archive)
        }

        private func parsedAddress() throws -> MailAddress? {
            if address == "none" { return nil }
            guard let list = MailAddress(address) else {
                throw Refusal.unreadable("a mail address", address, rule: "name@host, or none")
            }
            return list
        }
    }
}
