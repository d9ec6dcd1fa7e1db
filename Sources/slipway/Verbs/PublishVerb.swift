internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import Publisher

struct PublishVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publishes what has changed; with archives named, those as a whole.")
    @OptionGroup var common: CommonOptions
    @Argument(help: "debian, ~owner/debian/name …") var archives: [String] = []

    func run() async throws {
        let settings = try await common.settings()
        let references = try archives.map(parsedReference)
        do {
            let reports = try await Parts(settings).archivePublisher()
                .publishOnce(archives: references.isEmpty ? nil : references)
            for report in reports { print("\(report.archive)  \(Self.words(report.outcome))") }
            guard reports.allSatisfy({ $0.isPublished }) else {
                throw Refusal(.temporary, "Some archives could not be published; they stay as they were.")
            }
        } catch let conflict as Conflict {
            throw Refusal(.noSuch, conflict.description)
        }
    }

    private static func words(_ outcome: PublishingReport.Outcome) -> String {
        switch outcome {
        case .published(let suites): "published \(suites.map(\.text).joined(separator: " "))"
        case .notShown(let presence): "left, as it is \(presence.rawValue)"
        case .busy: "another process is publishing it"
        case .failed(let sentence): sentence
        }
    }
}

extension PublishingReport {
    fileprivate var isPublished: Bool {
        switch outcome {
        case .published, .notShown: true
        case .busy, .failed: false
        }
    }
}
