internal import ArchiveModel
internal import ArgumentParser
internal import Catalog
internal import Maintenance

struct MaintainVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "maintain",
        abstract: "Does what has to be done from time to time.",
        discussion: """
            Reads the mirrors of the suites' bases and tells PPAs what is newer there; freezes, and later withdraws, what \
            PPAs have of bases that are gone; reminds of rights and keys that end; \
            removes stored bytes that nobody needs. The service does it every maintenance.interval.
            """)
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let parts = try await Parts(common.settings())
        let report = try await parts.maintenanceRound.run()
        for base in report.bases { print("\(base.suite.distribution)/\(base.suite.name)  \(Self.words(base.outcome))") }
        for newer in report.newer {
            let packages = newer.packages.map { "\($0.name) \($0.version) < \($0.baseVersion)" }.joined(separator: ", ")
            print("\(newer.archive)  \(Self.word(newer)): \(packages)")
        }
        try await parts.importRound.run { print("\($0.wanted.archive.reference)  \($0.sentence)") }
        try await parts.sourceRebuildRound().run { print("\($0.wanted.archive.reference)  \($0.sentence)") }
        for sentence in report.goneBases + report.awaitedBuilds { print(sentence) }
        if report.reminders > 0 { print("\(report.reminders) reminders of rights and keys that end") }
        if report.removedFiles > 0 { print("\(report.removedFiles) files removed that nobody needs") }
        if report.removedKeys > 0 { print("\(report.removedKeys) keys removed that nobody has") }
        for room in try await parts.catalog.rooms(quotas: parts.settings.quotas).nearlyFull {
            print("\(room.archive)  \(room.percent ?? 0) % of its room is used")
        }
        for disk in Parts.disks(parts.settings) where disk.isShort {
            print("\(disk.path)  \(disk.free >> 20) MiB are free: too little")
        }
        guard report.faults.isEmpty else { throw Refusal(.temporary, report.faults.joined(separator: "\n")) }
        guard !report.bases.contains(where: { if case .fault = $0.outcome { true } else { false } }) else {
            throw Refusal(.temporary, "Not every base could be read; what was known of those stays.")
        }
    }

    private static func word(_ newer: NewerInBase) -> String {
        newer.areDeleted ? "removed" : newer.areUpdated ? "to be updated" : "told"
    }

    private static func words(_ outcome: MaintenanceReport.Outcome) -> String {
        switch outcome {
        case .read(let change): "\(change.sources) sources: \(change.added) new, \(change.removed) gone"
        case .busy: "another process reads the bases"
        case .fault(let fault): fault
        }
    }
}
