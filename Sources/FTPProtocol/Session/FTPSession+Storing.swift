extension FTPSession {
    mutating func restart(at offset: Int64?) -> [Action] {
        guard let offset else { return [.send(.notAnOffset)] }
        here.offset = offset
        return [.send(.restarting(at: offset))]
    }

    mutating func store(_ argument: String, from beginning: Beginning) -> [Action] {
        here.offset = 0
        do throws(FileMistake) {
            let file = try VirtualFile(argument, in: here.path)
            try setting.names.check(file)
            if case .answered(let answer) = here.standing, hasAnswer(about: file, argument) {
                return store(file, from: beginning, where: answer)
            }
            return begin(.ask(file.path), as: .asking(file.path, .store(file, from: beginning)))
        } catch {
            return [.send(.refusedFile(error.sentence))]
        }
    }

    /// Whether the answer about this place is one about the file's. One in a refused place is refused wherever it leads,
    /// unless it does not start from there.
    private func hasAnswer(about file: VirtualFile, _ argument: String) -> Bool {
        if case .answered(.refused) = here.standing { return !(argument.hasPrefix("/") || argument.hasPrefix("~")) }
        return file.path == here.path
    }

    mutating func store(_ file: VirtualFile, from beginning: Beginning, where answer: TargetAnswer) -> [Action] {
        if let reason = answer.refusal(of: file) { return [.send(.refusedFile(reason))] }
        guard protection.mayTransfer else { return [.send(.protectFirst)] }
        guard let way = here.way else { return [.send(.noWay(offersActive: setting.activePeer != nil))] }
        here.way = nil
        return [.send(opening(file))] + begin(.receive(file, from: beginning, over: way), as: .receiving(file))
    }

    mutating func storeUnique() -> [Action] {
        uniqueNames += 1
        return store("\(uniquePrefix)\(uniqueNames)", from: .start)
    }

    /// No client hits on it by chance.
    private var uniquePrefix: String { "stou-\(setting.session)-" }

    /// A name that STOU made is told in the 150 (RFC 1123, 4.1.2.9).
    private func opening(_ file: VirtualFile) -> FTPReply {
        file.name.description.hasPrefix(uniquePrefix) ? .openingUnique(file.name) : .opening
    }

    mutating func concludeReceiving(_ file: VirtualFile, _ failure: StoreFailure?) -> [Action] {
        state = .ready
        if let failure { return [.send(failure.reply)] }
        guard file.name.completesUpload else { return [.send(.stored)] }
        return begin(.judge(file), as: .judging(file, success: .transferDone))
    }

    mutating func concludeJudging(_ file: VirtualFile, success: FTPReply.Code, _ judgement: Judgement) -> [Action] {
        state = .ready
        switch judgement {
        case .taken, .later:
            taken.insert(file)
            refused.remove(file)
        case .refused, .failed: refused.insert(file)
        }
        return [.send(reply(to: judgement, success: success))]
    }

    private func reply(to judgement: Judgement, success: FTPReply.Code) -> FTPReply {
        switch judgement {
        case .taken(let lines): FTPReply(success, lines)
        case .refused(let lines): FTPReply(.refused, lines)
        case .failed(let lines): FTPReply(.failed, lines)
        case .later: .verdictComesLater(success, session: setting.session)
        }
    }
}
