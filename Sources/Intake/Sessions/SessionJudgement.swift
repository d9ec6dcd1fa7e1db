internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import Logging

/// Judges what lies in sessions, and lets each session go where its verdicts send it.
struct SessionJudgement: Sendable {
    let spool: Spool
    let judge: Judge
    let limits: IntakeConfiguration
    let clock: @Sendable () -> Int64
    let log: Logger
    let latecomers = Latecomers()

    /// Judges one upload while its session may still be under way.
    /// - Returns: nil when there is no such file.
    func judge(_ path: UploadPath, of session: FileName) async throws -> UploadRecord? {
        guard let folder = try await onBlockingThread({ try spool.session(session) }) else { return nil }
        do {
            return try await judge.judge(path, in: folder)
        } catch let failure as FileFailure where failure.isNoPlainFile {
            return nil
        }
    }

    /// Judges all uploads of a session that was handed over or is held, and moves the session on.
    /// - Parameter wake: is called before it moves on, if it has just landed: others may wait for its files, and a crash must not forget
    ///   them, as nobody asks again for whom it was.
    func judgeAll(
        of session: FileName, waking wake: (SessionContents) async throws -> Void
    ) async throws -> JudgedSession? {
        guard let folder = try await onBlockingThread({ try handedOver(session) }) else { return nil }
        let contents = try await onBlockingThread { try folder.contents() }
        var (judged, othersCame) = try await latecomers.watching(contents.directories, of: session) {
            try await judgeAll(contents, of: folder, waking: wake)
        }
        judged.othersCame = othersCame
        return judged
    }

    private func judgeAll(
        _ contents: SessionContents, of folder: SessionFolder, waking wake: (SessionContents) async throws -> Void
    ) async throws -> JudgedSession {
        var records: [UploadRecord] = []
        for path in contents.uploads {
            records.append(try await judge.judge(path, in: folder))
        }
        let judged = JudgedSession(folder: folder, contents: contents, records: records)
        if folder.stage == .landed { try await wake(contents) }
        try await onBlockingThread { try leave(judged) }
        return judged
    }

    private func handedOver(_ session: FileName) throws -> SessionFolder? {
        for stage in [Spool.Stage.landed, .held, .kept] {
            if let found = try spool.session(session, in: stage) { return found }
        }
        return nil
    }

    /// One rename, or a removal that may be repeated: a crash before it leaves decided uploads, which are not decided
    /// again.
    private func leave(_ judged: JudgedSession) throws {
        if judged.isWaiting {
            try spool.move(judged.folder, to: .held)
        } else if judged.hasLeftovers {
            try spool.move(judged.folder, to: .kept)
        } else {
            try spool.remove(judged.folder.name, from: judged.folder.stage)
        }
    }

    /// Held sessions with an upload to one of these paths: what landed may be what they wait for. One that does not wait
    /// yet will hear of it.
    func waiting(for directories: Set<TargetPath>, besides session: FileName) throws -> [FileName] {
        latecomers.came(to: directories, with: session)
        return try spool.sessions(in: .held).filter { name in
            guard name != session, let folder = try spool.session(name, in: .held) else { return false }
            return try !folder.contents().directories.isDisjoint(with: directories)
        }
    }

}

/// A session and what its uploads came to.
struct JudgedSession: Sendable {
    let folder: SessionFolder
    let contents: SessionContents
    let records: [UploadRecord]
    /// While it was judged: what it waits for may be there.
    var othersCame = false

    var isWaiting: Bool { records.contains { !$0.isDecided } }

    /// Files that no accepted upload has taken: of rejected ones, or strays.
    var hasLeftovers: Bool {
        let accepted = records.filter { $0.verdict.outcome == .accepted }
        guard accepted.count == contents.uploads.count else { return true }
        return contents.others.contains { other in
            !accepted.contains { $0.has(other) }
        }
    }
}

extension UploadRecord {
    /// The file belongs to this upload.
    fileprivate func has(_ path: UploadPath) -> Bool {
        let directory = identity.path.split(separator: "/").dropLast().joined(separator: "/")
        return directory == path.directory.description && report.files.contains { $0.name == path.name.description }
    }
}
