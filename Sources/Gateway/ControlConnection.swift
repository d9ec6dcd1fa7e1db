internal import ArchiveModel
internal import FTPProtocol
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import Synchronization

/// One session from the first byte to the hand-over of its folder. `ControlHandler` talks; this carries out what takes
/// time, one piece after the other, in a task of its own.
final class ControlConnection: Sendable {
    let channel: any Channel
    private let name = SessionName()
    private let verdicts = Mutex<[String]>([])
    private let folder: UploadFolder
    private let gateway: GatewayParts
    private let logger: Logger
    private let port = CurrentPort()
    private let handler: NIOLoopBound<ControlHandler>
    private let work: AsyncStream<FTPSession.Work>

    /// On the channel's event loop, before anything is read. `isFull` turns the client away.
    init(_ channel: any Channel, _ gateway: GatewayParts, isFull: Bool) throws {
        self.channel = channel
        self.gateway = gateway
        folder = UploadFolder(name, in: gateway.jail)
        logger = gateway.logger.naming(session: name, peer: channel.remoteAddress?.host)
        let (work, continuation) = AsyncStream.makeStream(of: FTPSession.Work.self)
        self.work = work
        let session = FTPSession(gateway.configuration.setting(of: name, for: channel))
        let stopReceiving = { [port] (reason: StoreFailure) in port.stop(reason) }
        let handler = ControlHandler(session, isFull: isFull, work: continuation, stopReceiving: stopReceiving)
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
        let idle = IdleStateHandler(allTimeout: TimeAmount(gateway.configuration.idleTimeout))
        try channel.pipeline.syncOperations.addHandlers(BackPressureHandler(), idle, handler)
    }

    /// Returns when the session is over and its folder handed over.
    func run() async {
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await carryOutWork()
            } onGracefulShutdown: { [handler, channel, gateway] in
                channel.eventLoop.execute { handler.value.stop() }
                channel.eventLoop.scheduleTask(in: TimeAmount(gateway.configuration.stopTimeout)) {
                    channel.close(promise: nil)
                }
            }
        } onCancel: { [channel] in
            channel.close(promise: nil)
        }
        port.close()
        await handOver()
    }

    private func carryOutWork() async {
        for await next in work {
            let outcome = await carryOut(next)
            let handler = handler
            channel.eventLoop.execute { handler.value.finish(outcome) }
        }
    }

    private func carryOut(_ work: FTPSession.Work) async -> FTPSession.Outcome {
        switch work {
        case .ask(let path): .target(await gateway.intake.target(path))
        case .listen: await listen()
        case .receive(let name, let path): await receive(name, at: path)
        case .judge(let name, let path): .judged(await judge(name, at: path))
        }
    }

    private func listen() async -> FTPSession.Outcome {
        port.close()
        do {
            let opened = try await DataPort.open(beside: channel, gateway.configuration.passivePorts)
            port.set(opened)
            return .listening(port: opened.port)
        } catch {
            logger.warning("no data port could be opened", metadata: ["error": "\(error)"])
            return .notListening
        }
    }

    private func receive(_ name: UploadName, at path: VirtualPath) async -> FTPSession.Outcome {
        guard let port = port.value else { return .notStored(.noDataConnection) }
        guard folder.tally.files < gateway.configuration.sessionFileLimit else {
            port.close()
            return .notStored(.sessionFull)
        }
        let destination = destination(name, at: path)
        let reception = DataPort.Reception(
            receiver: { FileReceiver(destination, $0) }, connectTimeout: gateway.configuration.connectTimeout,
            dataTimeout: gateway.configuration.dataTimeout)
        do {
            let size = try await port.receive(reception)
            logger.debug("stored", metadata: ["file": "\(name)", "path": "\(path)", "bytes": "\(size)"])
            return .stored
        } catch {
            let failure = StoreFailure(error)
            let level: Logger.Level = failure == .failed || failure == .diskFull ? .error : .info
            logger.log(
                level: level, "not stored", metadata: ["file": "\(name)", "path": "\(path)", "error": "\(error)"])
            return .notStored(failure)
        }
    }

    private func destination(_ name: UploadName, at path: VirtualPath) -> FileReceiver.Destination {
        let (limits, tally) = (gateway.configuration, folder.tally)
        let left = limits.sessionSizeLimit - tally.bytes
        let limit = name.completesUpload ? min(limits.textSizeLimit, limits.fileSizeLimit) : limits.fileSizeLimit
        return FileReceiver.Destination(
            folder: folder, name: name, path: path, allowance: min(limit, left),
            excess: limit <= left ? .fileTooLarge(limit: limit) : .sessionFull, freeSpaceFloor: limits.freeSpaceFloor,
            pool: gateway.jail.threads.pool)
    }

    /// The files are durable before anybody judges them, and before the client is told that they were received.
    private func judge(_ file: UploadName, at path: VirtualPath) async -> FTPSession.Judgement {
        let end = ContinuousClock.now + gateway.configuration.verdictTimeout
        do {
            try await folder.makeDurable()
        } catch {
            logger.error("not made durable", metadata: ["error": "\(error)"])
            return .failed(["The upload could not be written to the disk, by no fault of yours; try again later."])
        }
        let answer = await gateway.intake.verdict(session: name, path: path, file: file, within: end - .now)
        verdicts.withLock { $0.append("\(file) \(answer?.outcome.rawValue ?? "later")") }
        return FTPSession.Judgement(answer)
    }

    private func handOver() async {
        let tally = folder.tally
        do {
            let isLanded = try await folder.land()
            let verdicts = verdicts.withLock { $0.joined(separator: ", ") }
            logger.info(
                "session over",
                metadata: ["files": "\(tally.files)", "bytes": "\(tally.bytes)", "verdicts": "\(verdicts)"])
            if isLanded { await gateway.intake.tellLanded(name.description) }
        } catch {
            logger.error("not handed over; the next start tries again", metadata: ["error": "\(error)"])
        }
    }
}

extension FTPSession.Judgement {
    init(_ answer: VerdictSocket.SessionAnswer?) {
        switch answer?.outcome {
        case .accepted, .held: self = .taken(answer?.lines ?? [])
        case .rejected, .ignored: self = .refused(answer?.lines ?? [])
        case .failed: self = .failed(answer?.lines ?? [])
        case nil: self = .later
        }
    }
}

extension GatewayConfiguration {
    /// How a session presents itself to the client of this channel.
    fileprivate func setting(of session: SessionName, for channel: any Channel) -> FTPSession.Setting {
        let own = channel.localAddress?.host.flatMap(IPv4Octets.init)
        return FTPSession.Setting(
            service: serviceName, session: session.description,
            passiveAddress: own.map { passiveAddress ?? $0 })
    }
}

extension Logger {
    fileprivate func naming(session: SessionName, peer: String?) -> Logger {
        var named = self
        named[metadataKey: "session"] = "\(session)"
        named[metadataKey: "peer"] = "\(peer ?? "unknown")"
        return named
    }
}
