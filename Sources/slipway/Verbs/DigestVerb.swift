internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import MailFormat
internal import Mailer

struct DigestVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest", abstract: "Says what the admin's daily mail would say now.",
        discussion: "The mail tells of the day until mail.digestHour, this of the last 24 hours.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try await common.settings()
        let catalog = try common.catalog(settings)
        let now = unixTime()
        let report = try await catalog.digestOfLastDay(
            now: now, disks: Parts.disks(settings), quotas: settings.quotas)
        let writer = try Parts.letterWriter(settings)
        let letter = Letter(
            to: settings.mail.from, identity: "digest", content: .digest(report), reason: "you asked for it")
        let text = try writer.mail(for: letter, date: now).body
        try output.show(report) { _ in text }
    }
}
