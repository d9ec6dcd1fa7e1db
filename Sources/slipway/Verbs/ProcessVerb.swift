internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import Intake
internal import Mailer
internal import Maintenance
internal import Publisher

struct ProcessVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "process",
        abstract: "One sweep over what has landed and what is held: the form for cron.",
        discussion: """
            It judges, imports, makes sources once more, publishes and mails once. Builds are left to serve, or to: \
            slipway build
            """)
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let settings = try await common.settings()
        let parts = try Parts(settings)
        let records = try await parts.intake().process()
        try await parts.importRound.run()
        try await parts.sourceRebuildRound().run()
        _ = try await parts.archivePublisher().publishOnce()
        try await parts.digest()?.queueIfDue()
        _ = try await parts.mailer().deliverDue()
        for record in records {
            print("\(record.id)  \(record.verdict.outcome.rawValue)  \(record.verdict.subject ?? record.identity.path)")
        }
    }
}
