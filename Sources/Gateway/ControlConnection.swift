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
    private let start = ContinuousClock.now
    private let door: String
    private let name = SessionName()
    private let verdicts = Mutex<[String]>([])
    let folder: UploadFolder
    let gateway: GatewayParts
    let logger: Logger
    let port = CurrentPort()
    let tls: SessionTLS
    /// Whether it counts among the sessions.
    let isLetIn: Bool
    private let handler: NIOLoopBound<ControlHandler>
    private let work: AsyncStream<FTPSession.Work>

    /// On the channel's event loop, before anything is read. `refusal` turns the client away; `isImplicitTLS` begins with
    /// a handshake.
    init(
        _ channel: any Channel, _ gateway: GatewayParts, refusing refusal: FTPSession.Refusal?,
        isImplicitTLS: Bool
    ) throws {
        self.channel = channel
        self.gateway = gateway
        isLetIn = refusal == nil
        door = isImplicitTLS ? "ftps" : "ftp"
        folder = UploadFolder(
            name, in: gateway.jail, from: channel.remoteAddress?.host.flatMap { ClientAddress($0) },
            fileLimit: gateway.configuration.sessionFileLimit)
        logger = gateway.logger.naming(session: name, peer: channel.remoteAddress?.host)
        let (work, continuation) = AsyncStream.makeStream(of: FTPSession.Work.self)
        self.work = work
        tls = SessionTLS(
            gateway.certificates?.context, handshakeTimeout: TimeAmount(gateway.configuration.handshakeTimeout))
        var setting = gateway.configuration.setting(of: name, for: channel)
        setting.names = gateway.configuration.names
        setting.protection = Protection(
            isOffered: tls.isOffered, isRequired: gateway.configuration.isTLSRequired, isEncrypted: isImplicitTLS)
        let session = FTPSession(setting)
        let stopReceiving = { [port] (reason: StoreFailure) in port.stop(reason) }
        let handler = ControlHandler(
            session, gateway.configuration, refusing: refusal, tls: tls, work: continuation,
            stopReceiving: stopReceiving)
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
        let idle = IdleStateHandler(allTimeout: TimeAmount(gateway.configuration.idleTimeout))
        try channel.pipeline.syncOperations.addHandlers(BackPressureHandler(), idle, handler)
        if isImplicitTLS { try tls.start(on: channel) }
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
            channel.eventLoop.execute { [handler, port] in
                port.transferIsOver()
                handler.value.finish(outcome)
            }
        }
    }

    private func carryOut(_ work: FTPSession.Work) async -> FTPSession.Outcome {
        switch work {
        case .ask(let path): .target(await gateway.intake.target(path))
        case .listen: listen()
        case .receive(let file, let beginning, let way): await receive(file, from: beginning, over: way)
        case .send(let bytes, let way): await send(bytes, over: way)
        case .judge(let file): .judged(await judge(file))
        case .look(let subject): await look(subject)
        case .change(let change): await carryOut(change)
        }
    }

    private func listen() -> FTPSession.Outcome {
        port.close()
        do {
            let opened = try DataPort.open(beside: channel, gateway.configuration.passivePorts)
            port.set(opened)
            return .listening(port: opened.port)
        } catch {
            logger.warning("no data port could be opened", metadata: ["error": "\(error)"])
            return .notListening
        }
    }

    private func judge(_ file: VirtualFile) async -> Judgement {
        let (judgement, word) = await gateway.judge(file, in: folder, logger)
        verdicts.withLock { $0.append("\(file.name) \(word)") }
        return judgement
    }

    private func handOver() async {
        do {
            let isLanded = try await folder.land()
            await logEnd()
            if isLanded { await gateway.intake.tellLanded(name.description) }
        } catch {
            logger.error("not handed over; it is tried again later", metadata: ["error": "\(error)"])
        }
    }

    /// The one line of a session at level info. Its name stands in the receipt, too.
    private func logEnd() async {
        let (handler, tally) = (handler, folder.tally)
        let ending = (try? await channel.eventLoop.submit { handler.value.ending }.get())?.word ?? "gone"
        gateway.metrics.ended(door: door, ending, tally)
        logger.info(
            "session over",
            metadata: [
                "door": "\(door)", "ended": "\(ending)",
                "seconds": "\((ContinuousClock.now - start).components.seconds)",
                "files": "\(tally.files)", "bytes": "\(tally.bytes)",
                "verdicts": "\(verdicts.withLock { $0.joined(separator: ", ") })",
            ])
    }
}

extension GatewayConfiguration {
    /// How a session presents itself to the client of this channel.
    fileprivate func setting(of session: SessionName, for channel: any Channel) -> FTPSession.Setting {
        let own = channel.localAddress?.host.flatMap(IPv4Octets.init)
        return FTPSession.Setting(
            service: serviceName, session: session.description,
            passiveAddress: own.map { passiveAddress ?? $0 },
            activePeer: offersActiveMode ? channel.remoteAddress?.host.flatMap(NetworkAddress.init) : nil)
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
