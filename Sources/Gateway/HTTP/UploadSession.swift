internal import ArchiveModel
internal import DurableFiles
internal import FTPProtocol
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// One PUT from its head to the hand-over of its folder.
final class UploadSession {
    private let name = SessionName()
    private let file: VirtualFile
    private let gateway: GatewayParts
    private let door: String
    private let folder: UploadFolder
    private let destination: FileDestination
    private let logger: Logger
    private let start = ContinuousClock.now
    private var pace: TransferPace
    private var incoming: IncomingFile?
    private var waiting = WriteBuffer()
    private var received: Int64 = 0

    init(_ file: VirtualFile, _ gateway: GatewayParts, peer: Peer, door: String) {
        self.file = file
        self.gateway = gateway
        self.door = door
        folder = UploadFolder(name, in: gateway.jail, from: peer.address.flatMap { ClientAddress($0.text) })
        destination = FileDestination(file, in: folder, from: .start, gateway.configuration)
        pace = gateway.configuration.pace
        var logger = gateway.logger
        logger[metadataKey: "session"] = "\(name)"
        logger[metadataKey: "peer"] = "\(peer)"
        self.logger = logger
    }

    /// Before the first byte: the place and the length.
    func admit(length: Int64?) async throws(UploadAnswer) {
        do throws(FileMistake) {
            try gateway.configuration.names.check(file)
        } catch {
            throw UploadAnswer(.conflict, error.sentence)
        }
        if let reason = await gateway.intake.target(file.path).refusal(of: file) {
            throw UploadAnswer(.conflict, reason)
        }
        do throws(StoreFailure) {
            try destination.check(received: length ?? 0)
        } catch {
            throw UploadAnswer(error)
        }
    }

    func take(_ piece: ByteBuffer) async throws {
        received += Int64(piece.readableBytes)
        try pace.note(piece.readableBytes, at: .now())
        try destination.check(received: received)
        waiting.append(piece)
        if waiting.isWorthAWrite { try await write(all: false) }
    }

    private func write(all: Bool) async throws {
        let bytes = all ? waiting.takeAll() : waiting.takePages()
        let (destination, received, incoming) = (destination, received, incoming)
        self.incoming = try await gateway.transfers.run {
            let file = try destination.ready(incoming, received: received)
            do {
                try file.write(bytes)
            } catch {
                destination.discard(file)
                throw error
            }
            return file
        }
    }

    /// The whole file is there: it is handed over, and what completes an upload judged before.
    func finish() async throws -> UploadAnswer {
        try await write(all: true)
        if let incoming {
            let (destination, received) = (destination, received)
            try await gateway.transfers.run { try destination.keep(incoming, received: received) }
        }
        let answer = file.name.completesUpload ? await judge() : .stored
        guard try await folder.land() else { throw StoreFailure.failed }
        log(answer)
        await gateway.intake.tellLanded(name.description)
        return answer
    }

    private func judge() async -> UploadAnswer {
        let (judgement, word) = await gateway.judge(file, in: folder, logger)
        var answer = UploadAnswer(judgement, session: name)
        answer.outcome = word
        return answer
    }

    func drop(after error: any Error) async {
        gateway.metrics.notStored(StoreFailure(error))
        let failure = UploadAnswer(StoreFailure(error))
        let level: Logger.Level = failure.status == .serviceUnavailable ? .error : .info
        logger.log(level: level, "not stored", metadata: ["file": "\(file)", "error": "\(error)"])
        if let incoming { try? await gateway.transfers.run { [destination] in destination.discard(incoming) } }
        _ = try? await folder.land()
        log(failure)
    }

    private func log(_ answer: UploadAnswer) {
        gateway.metrics.ended(door: door, "\(answer.status.code)", folder.tally)
        logger.info(
            "session over",
            metadata: [
                "door": "\(door)", "file": "\(file)", "bytes": "\(received)", "status": "\(answer.status.code)",
                "seconds": "\((ContinuousClock.now - start).components.seconds)",
            ])
    }
}
