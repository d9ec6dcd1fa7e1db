internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import Logging
internal import PackageFiles

/// Decides one upload and does what the verdict says: bytes into the store, then one transaction of the catalog.
///
/// An upload that is decided is never decided twice; a crash at any point leaves either no decision, and the next
/// judgement starts over, or the whole of it.
struct Judge: Sendable {
    let examination: Examination
    let commands: CommandExamination
    let mails: MailExamination
    let store: StoreDoor
    let desk: Desk
    let limits: IntakeConfiguration
    let clock: @Sendable () -> Int64
    let decided: @Sendable () -> Void
    let log: Logger

    var catalog: Catalog { examination.catalog }

    /// How often an upload is looked at anew because the archive, or a file of it, changed meanwhile.
    static let attemptLimit = 4

    /// - Throws: `PutBack`; and when not even a failure can be written down.
    func judge(_ path: UploadPath, in session: SessionFolder) async throws -> UploadRecord {
        let received = try await read(path, in: session)
        do {
            return try await decide(received)
        } catch let putBack as PutBack {
            throw putBack
        } catch {
            if Task.isCancelled { throw CancellationError() }
            log.error("judging failed", metadata: ["upload": "\(session.name)/\(path)", "cause": "\(error)"])
            return try await recordFailure(of: received, cause: "\(error)")
        }
    }

    private func decide(_ received: ReceivedText) async throws -> UploadRecord {
        var conflict = ""
        for _ in 0..<Self.attemptLimit {
            var received = received
            received.orders = try await catalog.orders(about: received.identity)
            if let decided = try await decision(on: received) { return decided }
            do {
                return try await settle(try await examine(received), received)
            } catch let error as Conflict {
                conflict = error.description
            } catch let error as FileFailure where error.isChangedMeanwhile {
                conflict = error.description
            }
            log.info("judged anew", metadata: ["upload": "\(received.path)", "cause": "\(conflict)"])
        }
        throw IntakeFault("It changed each time it was judged: \(conflict)")
    }

    /// What is decided, or sleeps until its archive is restored or deleted; unless somebody has given it up.
    private func decision(on received: ReceivedText) async throws -> UploadRecord? {
        guard let record = try await catalog.upload(received.identity) else { return nil }
        if record.isDecided { return record }
        guard received.orders.ending == nil else { return nil }
        return try await catalog.isAsleep(record) ? record : nil
    }

    private func examine(_ received: ReceivedText) async throws -> Examined {
        if received.bytes.isEmpty { return EarlyVerdict(.ignored, [Self.unreadable(received)]).examined }
        if let ended = try await ended(received) { return ended }
        if received.isMail { return try await mails.examine(received) }
        return switch NamedUploadFile(received.path.name).kind {
        case .commands, .dakCommands: try await commands.examine(received)
        default: try await examination.examine(received)
        }
    }
}

extension FileFailure {
    /// A file that was judged is gone, or has other bytes by now.
    fileprivate var isChangedMeanwhile: Bool {
        guard case .otherContent = reason else { return isNoPlainFile }
        return true
    }
}

extension UploadRecord {
    /// It may be commands, which may have made other uploads due.
    var mayHaveOrdered: Bool {
        guard verdict.outcome == .accepted,
            let name = identity.path.split(separator: "/").last.flatMap({ FileName($0) })
        else { return false }
        return switch NamedUploadFile(name).kind {
        case .commands, .dakCommands: true
        default: name.description == MailExamination.fileName
        }
    }

    /// Held and failed uploads are judged again.
    var isDecided: Bool {
        switch verdict.outcome {
        case .accepted, .rejected, .ignored: true
        case .held, .failed: false
        }
    }
}
