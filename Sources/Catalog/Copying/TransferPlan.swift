internal import ArchiveModel
internal import DebianControl

/// What a transfer comes to as things stand: a copy for each suite.
struct TransferPlan {
    var copies: [CopyPlan] = []
    /// What is not transferred, in sentences.
    var leftOut: [String] = []
    var findings: [Finding] = []
}

extension Connection {
    func plan(_ transfer: PackageTransfer) throws -> TransferPlan {
        let base = ArchiveReference.primary(transfer.archive.distribution)
        let places = try places(of: transfer)
        var plan = TransferPlan(findings: places.findings)
        guard places.findings.isEmpty else { return plan }
        for place in places.suites { try add(place, to: base, of: transfer, &plan) }
        if plan.copies.isEmpty, plan.findings.isEmpty {
            plan.findings.append(
                Finding(
                    .nothingNewer, "\(transfer.archive) has nothing that is newer than what \(base) has.", field: "Ppa",
                    got: "\(transfer.archive)"))
        }
        return plan
    }

    typealias TransferPlace = (from: ArchiveSuite, to: ArchiveSuite)

    func places(of transfer: PackageTransfer) throws -> (suites: [TransferPlace], findings: [Finding]) {
        let reference = transfer.archive
        guard let archive = try archive(reference), archive.presence == .shown else {
            return (
                [], [Finding(.noArchive, "There is no archive \(reference).", field: "Ppa", got: "\(reference)")]
            )
        }
        guard archive.kind == .ppa else {
            return ([], [Finding(.notAPPA, "\(reference) is no PPA.", field: "Ppa", got: "\(reference)")])
        }
        return try places(of: transfer, archive, base: .primary(reference.distribution))
    }

    /// The suites that are named, or all that take transfers; each with the base's own of the same name.
    private func places(
        of transfer: PackageTransfer, _ archive: Archive, base: ArchiveReference
    ) throws -> (suites: [TransferPlace], findings: [Finding]) {
        let primary = try self.archive(base).flatMap { $0.presence == .shown ? $0 : nil }
        let taking = try suitesThatTakeTransfers(of: archive).filter { primary?.suite($0) != nil }
        let names = transfer.suites ?? archive.suites.map(\.name).filter(taking.contains)
        if names.isEmpty {
            return (
                [], [Self.noTransfers("None of the suites of \(transfer.archive) takes transfers into \(base).", nil)]
            )
        }
        var found: (suites: [TransferPlace], findings: [Finding]) = ([], [])
        for name in names {
            if let from = archive.suite(name), let to = primary?.suite(name), taking.contains(name) {
                found.suites.append((from, to))
            } else if archive.suite(name) == nil {
                found.findings.append(
                    Finding(
                        .noSuite, "\(transfer.archive) has no suite \(name).", field: "Suites",
                        expected: archive.suites.map(\.name.text).joined(separator: " "), got: name.text))
            } else {
                found.findings.append(Self.noTransfers("\(name) of \(base) takes no transfers.", name))
            }
        }
        return found
    }

    private static func noTransfers(_ sentence: String, _ suite: SuiteName?) -> Finding {
        Finding(
            .noTransfers, sentence, field: "Suites", got: suite?.text,
            remedy: "Upload the packages, or copy them (copy-packages); which suites take transfers, the admin says.")
    }

    private func suitesThatTakeTransfers(of archive: Archive) throws -> Set<SuiteName> {
        Set(
            try rows(
                """
                SELECT s.name FROM archive_suite a JOIN suite s ON s.id = a.suite
                WHERE a.archive = :archive AND s.takes_transfers = 1
                """, ["archive": archive.id]
            ).map { try $0.parsed("name") { SuiteName($0) } })
    }

    private func add(
        _ place: TransferPlace, to base: ArchiveReference, of transfer: PackageTransfer, _ plan: inout TransferPlan
    ) throws {
        let sources = try newest(in: place.from, beside: place.to)
        plan.leftOut += TransferPlan.sentences(about: sources.filter { !$0.isNewer }, in: "\(base), \(place.to.name)")
        let newer = sources.filter(\.isNewer).map { PackageRemoval.Package(name: $0.name, version: $0.version) }
        guard !newer.isEmpty else { return }
        let copied = try self.plan(
            PackageCopy(
                from: transfer.archive, place.from.name, to: base, place.to.name, packages: newer, withBinaries: true,
                by: transfer.person, transfer.key, quotas: transfer.quotas))
        plan.copies.append(copied)
        plan.findings += copied.findings.map(\.ofTransfer)
    }

    /// The highest version of each source of a suite, with that of the other suite.
    private func newest(in suite: ArchiveSuite, beside other: ArchiveSuite) throws -> [TransferableSource] {
        try rows(
            """
            SELECT s.name, s.version, (
                SELECT o.version FROM source_publication q JOIN source o ON o.id = q.source
                WHERE q.archive_suite = :other AND q.state IN ('pending', 'published') AND o.name = s.name
                ORDER BY o.version_key DESC LIMIT 1) AS there
            FROM source_publication p JOIN source s ON s.id = p.source
            WHERE p.archive_suite = :suite AND p.state IN ('pending', 'published') ORDER BY s.name, s.version_key DESC
            """, ["suite": suite.id, "other": other.id]
        ).map(TransferableSource.init(row:)).reduce(into: []) { sources, next in
            if sources.last?.name != next.name { sources.append(next) }
        }
    }
}

/// The newest of a source in a PPA's suite.
struct TransferableSource {
    let name: PackageName
    let version: PackageVersion
    /// What the base has; nil: nothing.
    let there: PackageVersion?

    var isNewer: Bool { there.map { $0 < version } ?? true }

    fileprivate init(row: ResultRow) throws {
        name = try row.parsed("name") { PackageName($0) }
        version = try row.parsed("version") { PackageVersion($0) }
        there = try row.optionalParsed("there") { PackageVersion($0) }
    }
}

extension TransferPlan {
    /// The first of them, as an answer of a thousand lines is read by nobody.
    private static let namedSources = 50

    fileprivate static func sentences(about leftOut: [TransferableSource], in place: String) -> [String] {
        let lines = leftOut.prefix(namedSources).map { source in
            "\(source.name) \(source.version) is left out: \(place), has \(source.there.map { "\($0)" } ?? "it")."
        }
        let rest = leftOut.count - lines.count
        return lines + (rest > 0 ? ["So are \(rest) more."] : [])
    }
}

extension Finding {
    /// A transfer has fewer fields than a copy.
    var ofTransfer: Finding {
        var finding = self
        finding.field = field == "To-Suite" ? "Suites" : "Ppa"
        return finding
    }
}
