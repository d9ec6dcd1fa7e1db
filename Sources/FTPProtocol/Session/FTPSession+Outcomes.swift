extension FTPSession {
    mutating func conclude(_ outcome: Outcome) -> [Action] {
        guard case .busy(let task) = state else {
            // After the end an outcome may still come in; nobody waits for it.
            assert(state == .over, "an outcome that nothing was waiting for")
            return []
        }
        switch (task, outcome) {
        case (.asking(let path, let question), .target(let answer)):
            return conclude(question, about: path, answer)
        case (.opening(let isExtended), .listening(let port)):
            return concludeOpening(isExtended: isExtended, port: port)
        case (.opening(let isExtended), .notListening): return concludeOpening(isExtended: isExtended, port: nil)
        case (.receiving(let file), .stored): return concludeReceiving(file, nil)
        case (.receiving(let file), .notStored(let failure)): return concludeReceiving(file, failure)
        case (.judging(let file, let success), .judged(let judgement)):
            return concludeJudging(file, success: success, judgement)
        case (.looking(let inquiry, _), .file(let facts)): return conclude(inquiry, facts)
        case (.looking(let inquiry, _), .folder(let entries)): return conclude(inquiry, entries)
        // The folder the client stands in need not be on the disk yet.
        case (.looking(let inquiry, let subject), .notFound) where subject.folder == here.path:
            return conclude(inquiry, [])
        case (.looking, .notFound): return ready(.notFound)
        case (.sending, .sent): return ready(.listed)
        case (.sending, .notSent(let failure)): return ready(failure.reply)
        case (.changing(let change), .changed): return conclude(change, nil)
        case (.changing(let change), .notChanged(let failure)): return conclude(change, failure)
        case (.asking, _), (.opening, _), (.receiving, _), (.judging, _), (.looking, _), (.sending, _), (.changing, _):
            assertionFailure("an outcome of other work than was begun")
            return []
        }
    }

    private mutating func ready(_ reply: FTPReply) -> [Action] {
        state = .ready
        return [.send(reply)]
    }
}
