internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Whether the archive has room: builds write into the same pool, so a source may not take the last of it.
enum QuotaChecks {
    static func sourceFits(_ evidence: Evidence) -> [Finding] {
        guard let archive = evidence.arrival.destination.archive?.archive else { return [] }
        // What the archive has already comes in once.
        let new = evidence.files.filter { ($0.kind.isSource || $0.kind.isBinary) && $0.known == nil }.map(\.entry.size)
        return fits(new, in: archive, evidence.limits, file: evidence.path.name)
    }

    static func packagesFit(_ evidence: BuildEvidence) -> [Finding] {
        guard let archive = evidence.archive else { return [] }
        let new = evidence.packages.filter { $0.file.known == nil }.map(\.file.entry.size)
        return fits(new, in: archive, evidence.limits, file: evidence.name).filter { $0.severity == .error }
    }

    private static func fits(
        _ sizes: [Int64], in archive: Archive, _ limits: IntakeConfiguration, file: FileName
    ) -> [Finding] {
        guard let quota = limits.quota(of: archive) else { return [] }
        let bytes = sizes.reduce(archive.bytes) { $0.addingReportingOverflow($1).partialValue }
        guard bytes > quota / 100 * limits.quotaWarning else { return [] }
        let sentence = "With this, \(archive.reference) has \(mebibytes(bytes)) of \(mebibytes(quota))."
        return [
            Finding(
                bytes > quota ? .quotaExceeded : .quotaNearlyReached, sentence,
                severity: bytes > quota ? .error : .warning, file: file.description, expected: mebibytes(quota),
                got: mebibytes(bytes),
                remedy: "Remove packages that nobody needs any more, or ask the admin for more room.")
        ]
    }

    private static func mebibytes(_ bytes: Int64) -> String { "\((bytes + (1 << 20) - 1) >> 20) MiB" }
}
