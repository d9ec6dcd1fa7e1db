public import ArchiveModel
internal import DebianControl
internal import DurableFiles
internal import Glibc
internal import SystemPackage

extension SourceUnpacker {
    /// What lintian finds in an upload, as far as its tags count here.
    ///
    /// Throws: failures of ours, of which lintian's own are some: an upload is neither good nor bad by it then.
    public func findings(in upload: UploadToLint, by lintian: Lintian) async throws -> [Finding] {
        let findings = try await onOwnThread { isCancelled in
            try twice { server in
                try within(scratch) { place in try lint(upload, lintian, by: server, in: place, isCancelled) }
            }
        }
        try Task.checkCancellation()
        return findings
    }

    /// Bytes of what lintian says that are read; a hint has about a hundred.
    private static let wordLimit = 1 << 20
    /// Lines of its complaints that are shown, and bytes of one.
    private static let complaintLines = 4
    private static let complaintLength = 300

    private func lint(
        _ upload: UploadToLint, _ lintian: Lintian, by server: UnpackServerProcess, in place: Scratch,
        _ isCancelled: () -> Bool
    ) throws -> [Finding] {
        try fill(place.folder, upload, lintian, isCancelled)
        let request = LintianRequest(limits: lintian.limits, profile: lintian.profile, subject: "\(upload.name)")
        var child = try ConfinedChild(
            of: server, request.words, in: place.folder.path, files: [], keeping: Self.wordLimit)
        let outcome = try wait(for: &child, of: server, seconds: lintian.limits.seconds) {
            isCancelled() || (try? scratch.freeBytes()) ?? .max < lintian.limits.freeDisk
        }
        if outcome.end == .stopped, isCancelled() { throw CancellationError() }
        if outcome.end == .stopped {
            throw UnpackFailure("the disk has less than \(lintian.limits.freeDisk) bytes left")
        }
        return try findings(in: outcome, LintianVerdict(tags: lintian.tags, upload: upload), lintian.limits)
    }

    /// Copies, as lintian starts programs that have none of our descriptors, and the session may be moved meanwhile.
    private func fill(
        _ folder: Folder, _ upload: UploadToLint, _ lintian: Lintian, _ isCancelled: () -> Bool
    ) throws {
        let input = try folder.folder(UnpackRequest.input)
        try input.createFile(upload.name.description).write(Array(upload.changes.utf8))
        let tags = lintian.tags.weights.keys.sorted().joined(separator: "\n")
        try input.createFile(LintianRequest.tags).write(Array("\(tags)\n".utf8))
        for file in upload.files {
            let copy = try input.createFile(file.name.description)
            try file.open().forEachPiece { piece throws(FileFailure) in try copy.write(piece) }
            if isCancelled() { throw CancellationError() }
        }
    }

    private func findings(
        in outcome: ConfinedChild.Outcome, _ verdict: LintianVerdict, _ limits: LintianLimits
    ) throws -> [Finding] {
        let report = UnpackReport(reading: outcome.output)
        if let failure = report.failure { throw UnpackFailure(failure) }
        switch outcome.end {
        case .late, .signal(SIGXCPU): return [verdict.late(limits)]
        case .exited(0) where report.isWalled: break
        default: throw UnpackFailure("lintian: \(outcome.end) \(Self.words(outcome.complaints))")
        }
        if outcome.output.utf8.count >= Self.wordLimit { return [verdict.wordy(limit: Self.wordLimit)] }
        return verdict.findings(LintianReport(reading: outcome.output))
    }

    private static func words(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).suffix(complaintLines)
            .map { String($0.prefix(complaintLength)).printable }.joined(separator: " / ")
    }
}
