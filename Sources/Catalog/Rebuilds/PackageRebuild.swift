public import ArchiveModel
public import DebianControl

/// Sources of an archive that are to be built once more without a change: their packages as `VERSION+bN`, or the source with them as
/// `VERSION+buildN`, as the archive says.
public struct PackageRebuild: Sendable {
    /// Builds that one order may ask for: a transition of Debian has some hundred sources.
    public static let buildLimit = 2_000
    /// Sources of one archive that wait to be made once more: each takes a second or more of the one that makes them.
    public static let waitingLimit = 500
    /// In characters: it stands in a line of each package's changelog.
    public static let reasonLimit = 200

    public let archive: ArchiveReference
    /// `nil`: all that its suites have.
    public let sources: [PackageName]?
    /// `nil`: all of the archive.
    public let suites: [SuiteName]?
    /// `nil`: all that there are packages for.
    public let architectures: [Architecture]?
    /// One line, for the changelog of the packages.
    public let reason: String
    public let person: Person
    /// Theirs.
    public let key: Fingerprint
    /// The signature of the text that orders it, as the command log has it.
    public var command = ""

    public init(
        in archive: ArchiveReference, _ sources: [PackageName]?, suites: [SuiteName]?, architectures: [Architecture]?,
        reason: String, by person: Person, _ key: Fingerprint
    ) {
        (self.archive, self.sources, self.suites, self.architectures) = (archive, sources, suites, architectures)
        (self.reason, self.person, self.key) = (reason, person, key)
    }
}

extension Catalog {
    /// All that keeps the packages from being rebuilt, as things stand.
    public func preview(_ rebuild: PackageRebuild) async throws -> [Finding] {
        try await read { try $0.plan(rebuild).findings }
    }
}

extension CommandEffect {
    public static func rebuild(_ rebuild: PackageRebuild) -> CommandEffect {
        CommandEffect { connection, now in
            let plan = try connection.plan(rebuild)
            if let finding = plan.findings.first { throw Conflict(finding.sentence) }
            for build in plan.builds { try connection.want(build, reason: rebuild.reason, now: now) }
            try connection.want(plan.wishes, rebuild, now: now)
            return plan.sentences
        }
    }
}

extension Connection {
    fileprivate func want(_ build: RebuildPlan.Build, reason: String, now: Int64) throws {
        try execute(
            """
            INSERT INTO build (archive_suite, source, architecture, builds_all, state, created, rebuild, reason)
            VALUES (:suite, :source, :architecture, 0, 'wanted', :now, :rebuild, :reason)
            """,
            [
                "suite": build.suite.id, "source": build.source.id, "architecture": build.architecture, "now": now,
                "rebuild": build.number, "reason": reason,
            ])
    }
}
