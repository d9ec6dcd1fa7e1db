public import ArchiveModel

/// All that a PPA has in newer versions than its distribution's own archive, to be published there, in the suites of the same
/// name that take transfers.
public struct PackageTransfer: Sendable {
    public let archive: ArchiveReference
    /// `nil`: each of the PPA's that takes them.
    public let suites: [SuiteName]?
    /// Who puts it there, and signs for it.
    public let person: Person
    /// Theirs.
    public let key: Fingerprint
    public let quotas: QuotaRule

    public init(
        of archive: ArchiveReference, _ suites: [SuiteName]?, by person: Person, _ key: Fingerprint, quotas: QuotaRule
    ) {
        (self.archive, self.suites, self.person, self.key, self.quotas) = (archive, suites, person, key, quotas)
    }
}

extension Catalog {
    /// All that keeps a transfer from being made, as things stand.
    public func preview(_ transfer: PackageTransfer) async throws -> [Finding] {
        try await read { try $0.plan(transfer).findings }
    }
}

extension CommandEffect {
    /// All or nothing, with the packages built from them.
    public static func transfer(_ transfer: PackageTransfer) -> CommandEffect {
        CommandEffect { connection, now in
            let plan = try connection.plan(transfer)
            if let finding = plan.findings.first { throw Conflict(finding.sentence) }
            return try plan.copies.flatMap { try connection.carryOut($0, now: now) } + plan.leftOut
        }
    }
}
