internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Gathers what the checks of uploaded packages look at, where the archive takes any.
extension Examination {
    func inside(_ files: [NeededFile], _ changes: Changes, _ arrival: Arrival) async throws -> PackageEvidence? {
        guard let archive = arrival.destination.archive?.archive, archive.takesBinaries,
            files.contains(where: \.kind.isBinary)
        else { return nil }
        let inside = try await onBlockingThread {
            try PackageEvidence(reading: files, listed: changes.files, for: archive.reference, now: arrival.now)
        }
        guard let suite = suite(of: changes, arrival) else { return inside }
        return try await inside.lookingUpSources(in: suite, of: archive, catalog)
    }

    func buildinfos(_ files: [NeededFile]) async throws -> [Result<BuildInfo, Mistakes>] {
        let sent = files.filter { $0.kind == .buildinfo }.compactMap { file in file.sent.map { (file, $0) } }
        guard !sent.isEmpty else { return [] }
        return try await onBlockingThread { try sent.map { try PackageEvidence.buildinfo($0.0, $0.1) } }
    }

    func live(
        _ inside: PackageEvidence?, _ changes: Changes, _ arrival: Arrival
    ) async throws -> [LivePackage] {
        guard let inside, let suite = suite(of: changes, arrival) else { return [] }
        return try await catalog.livePackages(inside.packages.compactMap(\.readControl?.package), in: suite)
    }

    func wanted(_ changes: Changes, _ arrival: Arrival) async throws -> [PlannedBuild] {
        guard !changes.isSourceful, let suite = suite(of: changes, arrival) else { return [] }
        return try await catalog.wantedBuilds(of: changes.source, changes.sourceVersion, in: suite)
    }

    private func suite(of changes: Changes, _ arrival: Arrival) -> ArchiveSuite? {
        guard let destination = arrival.destination.archive else { return nil }
        let name = destination.forcedSuite ?? changes.distribution.first.flatMap { SuiteName($0) }
        return name.flatMap { destination.archive.suite($0) }
    }
}

extension PackageName {
    /// Made beside its package, and never written by hand.
    var isOfDebugSymbols: Bool { description.hasSuffix("-dbgsym") }
}
