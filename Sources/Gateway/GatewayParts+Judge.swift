internal import ArchiveModel
internal import FTPProtocol
internal import Logging

extension GatewayParts {
    /// What the intake says of the file that completes an upload, and the word for it in the log. The session's files are
    /// durable before anybody judges them, and before the client is told that they were received.
    func judge(
        _ file: VirtualFile, in folder: UploadFolder, _ logger: Logger
    ) async -> (judgement: Judgement, word: String) {
        let whole = ContinuousClock.now
        let end = whole + configuration.verdictTimeout
        do {
            try await folder.makeDurable()
        } catch {
            logger.error("not made durable", metadata: ["error": "\(error)"])
            let line = "The upload could not be written to the disk, by no fault of yours; try again later."
            return (.failed([line]), Verdict.Outcome.failed.rawValue)
        }
        let answer = await intake.verdict(session: folder.name, path: file.path, file: file.name, within: end - .now)
        metrics.judged(answer?.outcome, after: .now - whole)
        return (Judgement(answer), answer?.outcome.rawValue ?? "later")
    }
}

extension Judgement {
    init(_ answer: VerdictSocket.SessionAnswer?) {
        switch answer?.outcome {
        case .accepted, .held: self = .taken(answer?.lines ?? [])
        case .rejected, .ignored: self = .refused(answer?.lines ?? [])
        case .failed: self = .failed(answer?.lines ?? [])
        case nil: self = .later
        }
    }
}
