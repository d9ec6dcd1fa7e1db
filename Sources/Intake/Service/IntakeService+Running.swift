internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import Logging
public import ServiceLifecycle
internal import SourceTree
internal import SystemPackage

extension IntakeService: Service {
    /// Answers the gateway, and judges what lands, until the service is stopped.
    public func run() async throws {
        unpacker?.prepare()
        let server = VerdictServer(
            socket: configuration.jail.appending(VerdictSocket.name), connectionLimit: configuration.connections,
            answer: { await self.answer($0) }, listening: { self.hint() }, log: log)
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await server.run() }
            group.addTask { try await self.sweepRegularly() }
            for await arrival in hints.arrivals.cancelOnGracefulShutdown() {
                group.addTask { try await self.judge(arrival) }
            }
        }
    }

    /// Something may have landed. Never blocks; what it does not find, a sweep does.
    public func hint() { sweeps.yield() }

    /// What a client or a mail server told of is judged to its end; what a sweep found is found again after the next start.
    private func judge(_ arrival: SessionHints.Arrival) async throws {
        hints.taken(arrival)
        defer { if hints.done(arrival) { hint() } }
        do {
            guard arrival.isFound else { return _ = try await judgeSession(arrival.session) }
            _ = try await cancelWhenGracefulShutdown { try await self.judgeSession(arrival.session) }
        } catch is CancellationError {}
    }

    /// At the start, at every hint without a name, when an upload is due, and every few minutes whatever happens.
    private func sweepRegularly() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await self.wakeRegularly() }
                    for await _ in self.sweepsWanted { try await self.sweep() }
                    try await group.waitForAll()
                }
            }
        } catch is CancellationError {}
    }

    /// Judges nothing itself, and so waits for no queue: the next sweep comes in time, whatever this one found.
    private func sweep() async throws {
        let start = ContinuousClock.now
        do {
            for session in try await landedSessions() { hints.found(session, isDue: false) }
            for session in try await dueSessions() { hints.found(session, isDue: true) }
            try await tidy()
        } catch is CancellationError {
        } catch {
            log.error("a sweep failed", metadata: ["cause": "\(error)"])
        }
        // However often it is wanted, it takes no more than a fifth of a core.
        try await Task.sleep(for: start.duration(to: .now) * 4)
    }

    private func wakeRegularly() async throws {
        while true {
            let last = clock()
            hint()
            try await waitForWork(since: last)
        }
    }

    /// Returns after an interval, or when an upload has become due since the last sweep: what was due before is being judged.
    private func waitForWork(since last: Int64) async throws {
        let end = ContinuousClock.now + configuration.sweepInterval
        while ContinuousClock.now < end {
            try await Task.sleep(until: min(end, .now + Self.look), clock: .continuous)
            let due = try? await sessions.judge.catalog.nextUploadDue(after: last)
            if let due, due <= clock() { return }
        }
    }

    /// How often the catalog is asked for what is due: one look into an index.
    private static let look = Duration.seconds(5)
}

extension IntakeService {
    /// Answers one question of the gateway.
    func answer(_ request: VerdictSocket.Request) async -> VerdictSocket.Reply {
        switch request {
        case .target(let path):
            return .target(await answer(target: path))
        case .judge(let session, let directory, let file):
            return .verdict(await answer(session: session, directory: directory, file: file))
        case .landed(let session):
            if let name = FileName(session) { hints.add(name) }
            return .noted
        }
    }

    private func answer(target path: String) async -> VerdictSocket.TargetAnswer {
        guard let path = TargetPath(path) else { return .refused("This is not a path that uploads can be sent to.") }
        do {
            return try await targets.answer(for: path)
        } catch {
            log.error("a path could not be looked up", metadata: ["path": "\(path)", "cause": "\(error)"])
            return .valid  // The verdict will say; a client is not sent away for a fault of ours.
        }
    }

    private func answer(session: String, directory: String, file: String) async -> VerdictSocket.SessionAnswer {
        guard let session = FileName(session), let directory = TargetPath(directory), let name = FileName(file) else {
            return Self.notHere
        }
        let path = UploadPath(directory: directory, name: name)
        guard path.isUpload else { return Self.notHere }
        do {
            let record = try await desk.judging(session, isUrgent: true) {
                try await self.sessions.judge(path, of: session)
            }
            return record.map { VerdictSocket.SessionAnswer($0) } ?? Self.notHere
        } catch {
            log.error("judging failed", metadata: ["upload": "\(session)/\(path)", "cause": "\(error)"])
            return .kept
        }
    }

    private static let notHere = VerdictSocket.SessionAnswer(
        outcome: .ignored, lines: ["There is no such upload here."])
}
