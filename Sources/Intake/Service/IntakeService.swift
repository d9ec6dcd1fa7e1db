internal import ArchiveModel
public import Catalog
internal import DebianControl
public import DurableFiles
public import Logging
public import OpenPGP
internal import ServiceLifecycle
public import SourceTree

/// Judges everything that the gateway hands over.
///
/// Takes: sessions in `landed/`, and questions on the verdict socket. Leaves: rows in the catalog, files in the content
/// store, letters in the outbox. Trusts: registered keys; of the gateway nothing but that it names files below its jail.
/// The folders are the truth: a hint on the socket only wakes, and a sweep finds what no hint told.
public final class IntakeService: Sendable {
    let configuration: IntakeConfiguration
    let sessions: SessionJudgement
    let targets: TargetReader
    let desk: Desk
    let log: Logger
    let unpacker: SourceUnpacker?
    let hints = SessionHints()
    let sweepsWanted: AsyncStream<Void>
    let sweeps: AsyncStream<Void>.Continuation
    private let kept: KeptSessions
    private let store: ContentStore
    private let spool: Spool
    let clock: @Sendable () -> Int64

    /// - Parameters:
    ///   - unpacker: looks into sources; nil leaves them packed.
    ///   - lintian: which uploads lintian looks at, where sources are unpacked; nil: none.
    ///   - commands: carries command texts out; nil where none are taken.
    ///   - decided: wakes the stages that go on from a verdict. A hint: called once for each judgement that wrote one down.
    ///   - clock: seconds since 1970.
    /// - Throws: when its folders cannot be made.
    public init(
        configuration: IntakeConfiguration, catalog: Catalog, verifier: SignatureVerifier, store: ContentStore,
        unpacker: SourceUnpacker? = nil, lintian: LintianPolicy? = nil, commands: CommandDoor? = nil,
        decided: @escaping @Sendable () -> Void = {}, log: Logger,
        clock: @escaping @Sendable () -> Int64 = { secondsSince1970() }
    ) throws {
        let spool = try Spool(jail: configuration.jail, state: configuration.state)
        let signatures = SignatureExamination(verifier: verifier, catalog: catalog)
        let targets = TargetReader(catalog: catalog, standard: configuration.standardDistribution)
        let door = try StoreDoor(store, freeDisk: configuration.freeDisk)
        let search = FileSearch(
            spool: spool, store: door, catalog: catalog, sessionLimit: configuration.sessionsSearched)
        let places = configuration.judgementsAtOnce ?? processorCount()
        let desk = Desk(places: places)
        let trees = unpacker.map {
            TreeExamination(unpacker: $0, store: store, desk: desk, places: places, upstream: configuration.upstream)
        }
        let commandFiles = CommandExamination(signatures: signatures, door: commands)
        let judge = Judge(
            examination: Examination(
                signatures: signatures, targets: targets, search: search,
                trees: trees,
                lintian: trees.flatMap { trees in lintian.map { LintianExamination($0, trees, places: places) } },
                limits: configuration, clock: clock),
            commands: commandFiles, mails: MailExamination(commands: commandFiles),
            store: door, desk: desk, limits: configuration, clock: clock, decided: decided, log: log)
        self.configuration = configuration
        self.spool = spool
        self.targets = targets
        self.clock = clock
        self.log = log
        self.unpacker = unpacker
        self.store = store
        self.desk = desk
        sessions = SessionJudgement(spool: spool, judge: judge, limits: configuration, clock: clock, log: log)
        kept = KeptSessions(spool: spool, catalog: catalog, limits: configuration, log: log)
        (sweepsWanted, sweeps) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Judges everything that has landed and everything held that is due, and removes what has stayed long enough. Returns the
    /// uploads that were looked at.
    @discardableResult
    public func process() async throws -> [UploadRecord] {
        let records = try await judge(try await landedSessions()) + judge(try await dueSessions())
        try await tidy()
        return records
    }

    func landedSessions() async throws -> [FileName] {
        try await onBlockingThread { [spool] in try spool.sessions(in: .landed) }
    }

    /// Removes what has stayed long enough.
    func tidy() async throws {
        try await kept.expire(now: clock())
        try await kept.forgetStrangers(now: clock())
        await sweepStore()
    }

    /// What it leaves is found the next time.
    private func sweepStore() async {
        do {
            try await onBlockingThread { [store] in try store.sweepTemporary() }
        } catch {
            log.error("the store was not swept", metadata: ["cause": "\(error)"])
        }
    }

    /// Several sessions at a time; a failure of one stops none of the others.
    func judge(_ names: [FileName]) async throws -> [UploadRecord] {
        try await withThrowingTaskGroup(of: [UploadRecord].self) { group in
            for name in names { group.addTask { try await self.judgeSession(name) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// Judges a session; those that may have waited for it are due then.
    /// - Throws: only `CancellationError`; other failures are logged, and the session stays for the next sweep.
    func judgeSession(_ name: FileName) async throws -> [UploadRecord] {
        do {
            guard let judged = try await judgeAll(of: name) else { return [] }
            if judged.records.contains(where: \.mayHaveOrdered) { hint() }
            return judged.records
        } catch let error as CancellationError {
            throw error
        } catch {
            log.error("a session could not be judged", metadata: ["session": "\(name)", "cause": "\(error)"])
            return []
        }
    }

    /// Sessions that may wait for what has come. That they are due is in the catalog when this returns; the hint saves them a sweep.
    private func wake(_ contents: SessionContents, besides session: FileName) async throws {
        let waiting = try await onBlockingThread { [sessions] in
            try sessions.waiting(for: contents.directories, besides: session)
        }
        for name in waiting where try await wake(name) { hints.found(name, isDue: true) }
    }

    /// Once more when it waits for what may have come in that moment.
    private func judgeAll(of name: FileName) async throws -> JudgedSession? {
        @Sendable func judgeOnce() async throws -> JudgedSession? {
            try await desk.judging(name) {
                try await sessions.judgeAll(of: name) { try await wake($0, besides: name) }
            }
        }
        var judged = try await judgeOnce()
        while let waiting = judged, waiting.isWaiting, waiting.othersCame, try await wake(name),
            let again = try await judgeOnce()
        {
            judged = again
        }
        return judged
    }

    /// Anybody may send files to the path of an upload that waits, and each time all of its own are read again: one that was
    /// looked at often is looked at when the pause is over.
    /// - Returns: whether it is due now.
    private func wake(_ session: FileName) async throws -> Bool {
        let catalog = sessions.judge.catalog
        // What waits in NEW waits for no file.
        let waiting = try await catalog.uploads(session: session.description, limit: Self.uploadsAsked)
            .filter { !$0.isDecided && $0.retryAt != nil }
        var isDue = false
        for upload in waiting {
            let isQuick = upload.attempts < configuration.quickWakes
            let time = isQuick ? clock() : max(clock(), upload.decided + configuration.wakePause)
            try await catalog.look(at: upload, by: time)
            if time <= clock() { isDue = true }
        }
        return isDue
    }

    /// The newest of a session.
    private static let uploadsAsked = 100

    /// Sessions with an upload that is due, and those that wait for nothing any more and have not left. What has no files any more is
    /// closed.
    func dueSessions() async throws -> [FileName] {
        var names = Set(try await onBlockingThread { [spool] in try spool.sessions(in: .held) })
        for session in try await sessions.judge.catalog.sessionsThatWait() {
            if let name = FileName(session) { names.remove(name) }
        }
        for record in try await sessions.judge.catalog.uploadsDue(now: clock()) {
            guard let name = FileName(record.identity.session) else { continue }
            if try await onBlockingThread({ [spool] in try spool.session(name) }) == nil {
                // It may have been decided since.
                do { try await sessions.judge.close(record) } catch is Conflict {}
            } else {
                names.insert(name)
            }
        }
        return names.sorted()
    }
}
