internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Whether the archive has room: builds write into the same pool, so a source may not take the last of it.
enum QuotaChecks {
    static func sourceFits(_ evidence: Evidence) -> [Finding] {
        guard let archive = evidence.arrival.destination.archive?.archive else { return [] }
        return fits(evidence.files, besides: evidence.pooled, in: archive, evidence.limits, file: evidence.path.name)
    }

    /// Those who look after the archive are told when little is left; whoever signed the source need not be one of them.
    static func packagesFit(_ evidence: BuildEvidence) -> [Finding] {
        guard let archive = evidence.archive else { return [] }
        let files = evidence.packages.map(\.file)
        return fits(files, besides: evidence.pooled, in: archive, evidence.limits, file: evidence.name)
            .filter { $0.severity == .error }
    }

    private static func fits(
        _ files: [NeededFile], besides pooled: Set<FileName>, in archive: Archive, _ limits: IntakeConfiguration,
        file: FileName
    ) -> [Finding] {
        guard let limit = limits.quotas.limit(of: archive) else { return [] }
        // What the archive has already comes in once.
        let new = files.filter { $0.isPooled && !pooled.contains($0.name) }.map(\.entry.size)
        let needed = new.reduce(Int64(0)) { $0.addingReportingOverflow($1).partialValue }
        let used = archive.bytes.addingReportingOverflow(needed).partialValue
        if needed > 0, limit.isExceeded(by: used) { return [tooMuch(needed, archive, limit, file)] }
        return limit.isNearlyReached(by: used) ? [nearly(used, archive, limit, file)] : []
    }

    private static func tooMuch(_ needed: Int64, _ archive: Archive, _ limit: PoolLimit, _ file: FileName) -> Finding {
        let free = limit.free(besides: archive.bytes)
        return Finding(
            .quotaExceeded,
            "It needs \(needed.inBytes), and \(archive.reference) has \(free.inBytes) free of its \(limit.bytes.inBytes).",
            file: file.description, expected: "at most \(free) bytes", got: "\(needed) bytes",
            remedy:
                "Remove packages that nobody needs any more, which makes room about a day later, or ask the admin for more."
        )
    }

    private static func nearly(_ used: Int64, _ archive: Archive, _ limit: PoolLimit, _ file: FileName) -> Finding {
        let free = limit.free(besides: used)
        return Finding(
            .quotaNearlyReached,
            "With this, \(archive.reference) has \(free.inBytes) free of its \(limit.bytes.inBytes).",
            severity: .warning, file: file.description, expected: "at most \(limit.warnsAbove) bytes in its pool",
            got: "\(used) bytes", remedy: "Remove packages that nobody needs any more, or ask the admin for more room.")
    }
}

extension NeededFile {
    /// It lies in the pool when it is accepted.
    fileprivate var isPooled: Bool { kind.isSource || PackageEvidence.isPublished(kind) }
}
