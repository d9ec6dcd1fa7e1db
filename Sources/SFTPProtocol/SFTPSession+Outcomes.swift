internal import FTPProtocol

extension SFTPSession {
    mutating func conclude(_ step: Step, _ outcome: Outcome) -> [Action] {
        switch (step, outcome) {
        case (.asking(let path, let question), .target(let target)): answer(question, path, target)
        case (.creating(let file), .served(.handle(let handle))): created(file, handle)
        case (.creating, .notDone(let refusal)): drop(refusal)
        case (.creating, _): drop(.failed)
        case (.writing(let handle, let size), .served(.done)): grown(handle, to: size)
        case (.writing(let handle, _), .notDone(let refusal)): spoil(handle, refusal)
        case (.writing(let handle, _), _): spoil(handle, .failed)
        case (.closing(let file), let outcome): closed(file, outcome)
        case (.keeping(let file), .done): kept(file.place, size: file.size)
        case (.keeping(let file), .notDone(let refusal)): [.count(refusal)] + discard(file, refusal)
        case (.discarding(let refusal), _): refuse(refusal.sentence)
        case (.removing(let place), .done): removed(place)
        case (.moving(let place, let target), .done): moved(place, to: target)
        case (.removing, .notDone(let refusal)), (.moving, .notDone(let refusal)): drop(refusal)
        case (.judging(let place), .judged(let judgement)): judged(place, judgement)
        default: preconditionFailure("\(outcome) does not end \(step)")
        }
    }

    mutating func answer(_ question: Question, _ path: VirtualPath, _ target: TargetAnswer) -> [Action] {
        switch question {
        case .store(let name):
            let place = VirtualFile(name, at: path)
            if let refusal = target.refusal(of: place) { return refuse(refusal) }
            return create(place)
        case .move(let source, let name):
            let place = VirtualFile(name, at: path)
            if let refusal = target.refusal(of: place) { return refuse(refusal) }
            // Another place may need folders, which are as good as files.
            guard source.path == path || parts < limits.sessionFiles else { return drop(.sessionFull) }
            if source.path != path { parts += 1 }
            return begin(.move(source, to: place), .moving(source, to: place))
        case .status, .openFolder, .makeFolder:
            if case .refused(let reason) = target { return refuse(reason, .noSuchFile) }
            return answerAboutFolder(question, path)
        }
    }

    private mutating func answerAboutFolder(_ question: Question, _ path: VirtualPath) -> [Action] {
        guard question == .openFolder else {
            // MKDIR makes nothing: what may be entered is there.
            return [question == .makeFolder ? fine() : .send(.attributes(number, .init(name: "", size: nil)))]
        }
        guard handles.count < limits.openFiles * 2 else { return drop(.sessionFull) }
        let handle = newHandle()
        handles[handle] = .folder(path, isRead: false)
        return [.send(.handle(number, handle))]
    }

    private mutating func create(_ place: VirtualFile) -> [Action] {
        parts += 1
        let file = OpenFile(place: place, part: ".part-\(parts)")
        return begin(.serve(.create(part: file.part)), .creating(file))
    }

    private mutating func created(_ file: OpenFile, _ serverHandle: [UInt8]) -> [Action] {
        var file = file
        file.serverHandle = serverHandle
        let handle = newHandle()
        handles[handle] = .file(file)
        return [.send(.handle(number, handle))]
    }

    private mutating func newHandle() -> [UInt8] {
        opened += 1
        return Array("h\(opened)".utf8)
    }

    private mutating func grown(_ handle: [UInt8], to size: UInt64) -> [Action] {
        guard case .file(var file) = handles[handle] else { return [badHandle] }
        file.size = size
        handles[handle] = .file(file)
        return [fine()]
    }

    private mutating func closed(_ file: OpenFile, _ outcome: Outcome) -> [Action] {
        if let mistake = file.mistake { return discard(file, mistake) }
        guard outcome == .served(.done) else { return [.count(.failed)] + discard(file, .failed) }
        return begin(.keep(part: file.part, at: file.place), .keeping(file))
    }

    private mutating func discard(_ file: OpenFile, _ refusal: SFTPRefusal) -> [Action] {
        refusals[file.place] = refusal.sentence
        return begin(.discard(part: file.part), .discarding(refusal))
    }

    private mutating func kept(_ place: VirtualFile, size: UInt64) -> [Action] {
        files[place] = size
        broughtBytes += size
        refusals[place] = nil
        return place.name.completesUpload ? begin(.judge(place), .judging(place)) : [fine("Received.")]
    }

    private mutating func removed(_ place: VirtualFile) -> [Action] {
        files[place] = nil
        return [fine()]
    }

    private mutating func moved(_ place: VirtualFile, to target: VirtualFile) -> [Action] {
        files[target] = files.removeValue(forKey: place)
        refusals[target] = nil
        return target.name.completesUpload ? begin(.judge(target), .judging(target)) : [fine()]
    }

    private mutating func judged(_ place: VirtualFile, _ judgement: Judgement) -> [Action] {
        switch judgement {
        case .taken(let lines): return [.tell(lines), fine(lines.joined(separator: "\n"))]
        case .later: return [.tell([later]), fine(later)]
        case .refused(let lines), .failed(let lines):
            let text = lines.joined(separator: "\n")
            files[place] = nil
            refusals[place] = text
            return [.tell(lines), .send(.status(number, .failure, text))]
        }
    }

    private var later: String { "Received; the verdict comes by mail. Session \(session)." }
}
