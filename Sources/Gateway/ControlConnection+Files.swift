internal import DurableFiles
internal import FTPProtocol
internal import Logging
internal import NIOCore
internal import NIOPosix

/// What a session does with its files.
extension ControlConnection {
    func receive(
        _ file: VirtualFile, from beginning: FTPSession.Beginning, over way: FTPSession.DataWay
    ) async -> FTPSession.Outcome {
        let tally = folder.tally
        guard tally.files < gateway.configuration.sessionFileLimit else {
            port.close()
            gateway.metrics.notStored(.sessionFull)
            return .notStored(.sessionFull)
        }
        let destination = FileDestination(file, in: folder, from: beginning, gateway.configuration)
        do {
            let pace = gateway.configuration.pace
            let size = try await transfer(over: way) { port, limits in
                try PlainTransfer.receive(destination, over: port, limits, pace: pace)
            } protected: {
                FileReceiver(destination, pace, $0)
            }
            logger.debug("stored", metadata: ["file": "\(file)", "bytes": "\(size)"])
            return .stored
        } catch {
            let failure = logged(error, "not stored", file)
            gateway.metrics.notStored(failure)
            return .notStored(failure)
        }
    }

    func send(_ bytes: [UInt8], over way: FTPSession.DataWay) async -> FTPSession.Outcome {
        do {
            _ = try await transfer(over: way) { port, limits in
                try PlainTransfer.send(bytes, over: port, limits)
            } protected: {
                TextSender(bytes, $0)
            }
            return .sent
        } catch {
            return .notSent(StoreFailure(error))
        }
    }

    private func transfer(
        over way: FTPSession.DataWay,
        _ inClear: @escaping @Sendable (DataPort, TransferLimits) throws -> Int64,
        protected makeHandler: @escaping @Sendable (EventLoopPromise<Int64>) -> any ChannelHandler
    ) async throws -> Int64 {
        if case .active(let number) = way { port.set(try DataPort.active(beside: channel, port: number)) }
        guard let port = port.value else { throw StoreFailure.noDataConnection }
        let (limits, threads) = (gateway.configuration.transferLimits, gateway.transfers)
        guard tls.isDataProtected else { return try await threads.run { try inClear(port, limits) } }
        return try await ProtectedTransfer.run(over: port, limits, tls, threads: threads, makeHandler)
    }

    func look(_ subject: Subject) async -> FTPSession.Outcome {
        do {
            switch try await gateway.jail.threads.run({ [folder] in try folder.look(subject) }) {
            case .file(let facts): return .file(facts)
            case .folder(let entries): return .folder(entries)
            case .nothing: return .notFound
            }
        } catch {
            // A file where the client believes a folder is no fault of ours.
            let isOurs = StoreFailure(error) != .nameTaken
            logger.log(level: isOurs ? .error : .debug, "not looked up", metadata: ["error": "\(error)"])
            return .notFound
        }
    }

    func carryOut(_ change: FTPSession.Change) async -> FTPSession.Outcome {
        do {
            try await gateway.jail.threads.run { [folder] in try folder.change(change) }
            return .changed
        } catch {
            // Not at info: a client can bring forth a hundred of these a second.
            return .notChanged(logged(error, "not changed", nil, mistakesAt: .debug))
        }
    }

    private func logged(
        _ error: any Error, _ what: Logger.Message, _ file: VirtualFile?, mistakesAt level: Logger.Level = .info
    ) -> StoreFailure {
        let failure = StoreFailure(error)
        let isOurs = failure == .failed || failure == .diskFull
        let named: Logger.Metadata = file.map { ["file": "\($0)"] } ?? [:]
        logger.log(level: isOurs ? .error : level, what, metadata: named.merging(["error": "\(error)"]) { $1 })
        return failure
    }
}
