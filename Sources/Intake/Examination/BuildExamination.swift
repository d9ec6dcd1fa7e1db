internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import OpenPGP

/// Judges a build's result, signed by a builder, in `builds/<number>`: the same way in as for people, other rules.
struct BuildExamination: Sendable {
    let examination: Examination

    private var catalog: Catalog { examination.catalog }

    /// - Throws: `EarlyVerdict`, or a failure of ours.
    func examine(_ received: ReceivedText, _ text: VerifiedText) async throws -> Examined {
        let name = received.path.name
        let build = try await awaitedBuild(received)
        if let earlier = try await catalog.seen(signature: text.identity) {
            throw EarlyVerdict(.rejected, [Finding(.signatureSeen, "It was taken before, as \(earlier.what).")])
        }
        switch Examination.changes(in: text, file: name) {
        case .failure(let mistakes): return try await refused(mistakes.findings, build)
        case .success(let changes):
            let evidence = try await evidence(received, build, changes)
            let found = [Finding].of(evidence, by: .ofBuilds) + .of(evidence.inside, by: .ofPackages)
            let findings =
                found + (try await examination.lintian?.findings(in: evidence, received, text, besides: found) ?? [])
            return try await findings.hasErrors ? refused(findings, build) : accepted(evidence, findings, text)
        }
    }

    /// A builder signs nothing but results of builds that are under way.
    private func awaitedBuild(_ received: ReceivedText) async throws -> BuildRecord {
        let file = received.path.name.description
        guard let id = received.path.directory.build else {
            throw EarlyVerdict(.ignored, [Finding(.notABuild, "A builder's key signs results only.", file: file)])
        }
        guard let build = try await catalog.build(id), [.building, .uploading].contains(build.state) else {
            throw EarlyVerdict(
                .rejected, [Finding(.buildNotAwaited, "No result of build \(id) is awaited.", file: file)])
        }
        return build
    }

    private func evidence(
        _ received: ReceivedText, _ build: BuildRecord, _ changes: Changes
    ) async throws -> BuildEvidence {
        let destination = try await destination(build)
        let earlier = examination.search.earlierSessions(than: received)
        var files: [NeededFile] = []
        for entry in changes.files.prefix(examination.limits.filesPerUpload) {
            let listing = NeededFile.Listing(lister: received.path.name, entry: entry)
            files.append(try await examination.search.find([listing], of: received, or: earlier, for: destination))
        }
        let now = examination.clock()
        let pooled = try await examination.pooled(files, in: destination?.archive)
        let inside = try await onBlockingThread { [files] in
            try PackageEvidence(reading: files, listed: changes.files, for: build.archive, now: now)
        }
        return BuildEvidence(
            name: received.path.name, build: build, archive: destination?.archive, limits: examination.limits,
            changes: changes, files: files, inside: try await lookedUp(inside, for: build, destination?.archive),
            pooled: pooled)
    }

    private func lookedUp(
        _ inside: PackageEvidence, for build: BuildRecord, _ archive: Archive?
    ) async throws -> PackageEvidence {
        guard let archive, let suite = archive.suite(build.suite) else { return inside }
        return try await inside.lookingUpSources(in: suite, of: archive, catalog)
    }

    private func destination(_ build: BuildRecord) async throws -> ArchiveDestination? {
        guard let archive = try await catalog.archive(build.archive) else { return nil }
        return ArchiveDestination(
            archive: archive, forcedSuite: build.suite, delay: nil, rights: .all, primary: nil, components: [:])
    }
}
