internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import Maintenance

struct MaintainVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "maintain",
        abstract: "Reads the mirrors of the suites' bases, and tells PPAs what is newer there.",
        discussion: "The service does it every maintenance.interval.")
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let report = try await Parts(common.settings()).maintenanceRound.run()
        for base in report.bases { print("\(base.suite.distribution)/\(base.suite.name)  \(Self.words(base.outcome))") }
        for newer in report.newer {
            let packages = newer.packages.map { "\($0.name) \($0.version) < \($0.baseVersion)" }.joined(separator: ", ")
            print("\(newer.archive)  \(newer.areDeleted ? "removed" : "told"): \(packages)")
        }
        guard report.bases.allSatisfy({ if case .read = $0.outcome { true } else { false } }) else {
            throw Refusal(.temporary, "Not every base could be read; what was known of those stays.")
        }
    }

    private static func words(_ outcome: MaintenanceReport.Outcome) -> String {
        switch outcome {
        case .read(let sources, let change): "\(sources) sources: \(change.added) new, \(change.removed) gone"
        case .fault(let fault): fault
        }
    }
}
