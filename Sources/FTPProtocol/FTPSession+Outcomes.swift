extension FTPSession {
    mutating func conclude(_ outcome: Outcome) -> [Action] {
        switch (state, outcome) {
        case (.asking(let path, let question, let place, let isListening), .target(let answer)):
            return conclude(question, about: path, answer, from: place, isListening: isListening)
        case (.opening(let isExtended, let place), .listening(let port)):
            state = .ready(place, isListening: true)
            return [.send(isExtended ? .extendedPassive(port: port) : passiveReply(port))]
        case (.opening(_, let place), .notListening):
            state = .ready(place, isListening: false)
            return [.send(.noPort)]
        case (.receiving(let name, let place), .stored) where name.completesUpload:
            state = .judging(at: place)
            return [.begin(.judge(name, at: place.path))]
        case (.receiving(_, let place), .stored):
            state = .ready(place, isListening: false)
            return [.send(.stored)]
        case (.receiving(_, let place), .notStored(let failure)):
            state = .ready(place, isListening: false)
            return [.send(failure.reply)]
        case (.judging(let place), .judged(let judgement)):
            state = .ready(place, isListening: false)
            return [.send(reply(to: judgement))]
        // After the end an outcome may still come in; nobody waits for it.
        case (.strange, _), (.ready, _), (.asking, _), (.opening, _), (.receiving, _), (.judging, _), (.over, _):
            assert(state == .over, "an outcome that nothing was waiting for")
            return []
        }
    }

    private mutating func conclude(
        _ question: Question, about path: VirtualPath, _ answer: TargetAnswer, from place: Place, isListening: Bool
    ) -> [Action] {
        state = .ready(place, isListening: isListening)
        switch (question, answer) {
        case (.enter, .refused(let reason)):
            refuseFolder(reason, from: place, isListening: isListening)
            return [.send(.noFolder(reason))]
        case (.enter, .valid), (.enter, .partial), (.enter, .unknown):
            state = .ready(Place(path: path, standing: .answered(answer)), isListening: isListening)
            return [.send(answer == .valid ? .target(path) : .entered(path))]
        case (.makeFolder, .refused(let reason)): return [.send(.noFolder(reason))]
        case (.makeFolder, .valid), (.makeFolder, .partial), (.makeFolder, .unknown): return [.send(.folder(path))]
        case (.store(let name), _):
            let known = Place(path: path, standing: .answered(answer))
            state = .ready(known, isListening: isListening)
            return storeAfterAsking(name, at: known, isListening: isListening)
        }
    }

    private func passiveReply(_ port: UInt16) -> FTPReply {
        setting.passiveAddress.map { .passive($0, port: port) } ?? .useExtended
    }

    private func reply(to judgement: Judgement) -> FTPReply {
        switch judgement {
        case .taken(let lines): FTPReply(.transferDone, lines)
        case .refused(let lines): FTPReply(.refused, lines)
        case .failed(let lines): FTPReply(.failed, lines)
        case .later: .verdictComesLater(session: setting.session)
        }
    }
}
