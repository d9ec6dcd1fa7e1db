internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
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
        case .failure(let mistakes): return refused(mistakes.findings, build)
        case .success(let changes):
            let evidence = try await evidence(received, build, changes)
            let findings = [Finding].of(evidence, by: .ofBuilds)
            return findings.hasErrors ? refused(findings, build) : accepted(evidence, findings, text)
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
        var files: [NeededFile] = []
        for entry in changes.files.prefix(examination.limits.filesPerUpload) {
            let listing = NeededFile.Listing(lister: received.path.name, entry: entry)
            files.append(try await examination.search.find([listing], of: received, for: destination))
        }
        let sent = files.compactMap { file in file.place.map { (file, $0) } }
        return try await onBlockingThread { [files, limits = examination.limits, now = examination.clock()] in
            BuildEvidence(
                name: received.path.name, build: build, archive: destination?.archive, limits: limits,
                changes: changes, files: files,
                packages: try sent.filter { BuildEvidence.isPublished($0.0.kind) }
                    .map { try BuiltPackage(reading: $0.0, at: $0.1, now: now) },
                buildinfos: try sent.filter { $0.0.kind == .buildinfo }.map { try Self.buildinfo($0.0, at: $0.1) })
        }
    }

    private func destination(_ build: BuildRecord) async throws -> ArchiveDestination? {
        guard let archive = try await catalog.archive(build.archive) else { return nil }
        return ArchiveDestination(
            archive: archive, forcedSuite: build.suite, delay: nil, rights: .all, primary: nil, components: [:])
    }

    /// sbuild does not sign it; what counts is that the `.changes` lists it.
    private static func buildinfo(_ file: NeededFile, at place: FilePlace) throws -> Result<BuildInfo, Mistakes> {
        do {
            let bytes = try place.read(limit: ControlLimits.standard.bytes)
            return .success(try BuildInfo(try ControlParagraph(parsing: String(decoding: bytes, as: UTF8.self))))
        } catch let failure as FileFailure where !failure.isTooLarge {
            throw failure
        } catch {
            return .failure(Mistakes(error, file: file.name))
        }
    }
}
