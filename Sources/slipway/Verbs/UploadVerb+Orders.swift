internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import DebianControl

/// What an admin orders about uploads that wait. The intake carries it out: at once when the service runs, else with the
/// next `slipway process`.
extension UploadVerb {
    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets an upload out of NEW; it is judged again.",
            discussion: "What the options say of its source holds from then on, whatever its uploads say.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var override: OverrideOptions
        @Argument(help: "Its number.") var number: Int64

        func run() async throws {
            let catalog = try await common.catalog(common.settings())
            var override = PackageOverride()
            if let verdict = try await catalog.upload(number)?.verdict, let reference = verdict.archive,
                let archive = try await catalog.archive(reference)
            {
                override = try await self.override.read(for: archive, suite: verdict.suite, catalog)
            }
            try await order(.admit(override), upload: number, common)
        }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuses an upload that waits; its signer is told why.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Its number.") var number: Int64
        @Option(help: "Why, for its signer.") var reason: String

        func run() async throws { try await order(.refuse(reason: reason), upload: number, common) }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives an upload up that waits.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Its number.") var number: Int64

        func run() async throws { try await order(.cancel, upload: number, common) }
    }

    struct Reschedule: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Has an upload that waits wait so many days from now.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Its number.") var number: Int64
        @Argument(help: "0-day to 15-day.") var delay: String

        func run() async throws {
            guard let days = QueueCommand.days(delay[...]) else {
                throw Refusal.unreadable("a delay", delay, rule: "0-day to 15-day")
            }
            try await order(.reschedule(due: unixTime() + Int64(days) * 86_400), upload: number, common)
        }
    }
}

private func order(_ act: UploadAct, upload: Int64, _ common: CommonOptions) async throws {
    let settings = try await common.settings()
    let catalog = try common.catalog(settings)
    try await refusingConflicts { print(try await catalog.order(act, upload: upload, now: unixTime())) }
    if let session = try await catalog.upload(upload)?.identity.session { LandingHint.send(session, settings.state) }
}
