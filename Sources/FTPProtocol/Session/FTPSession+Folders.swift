extension FTPSession {
    mutating func ask(_ argument: String, _ question: Question) -> [Action] {
        do throws(PathMistake) {
            let path = try here.path.entering(argument)
            try setting.names.check(path)
            return begin(.ask(path), as: .asking(path, question))
        } catch {
            if question == .enter { refuseFolder(error.sentence) }
            return [.send(.noFolder(error.sentence))]
        }
    }

    /// The client did not get where it wanted to go. dupload does not look and stores all the same: until a CWD
    /// succeeds, it must not reach the target it was in before.
    private mutating func refuseFolder(_ reason: String) {
        here.standing = .answered(.refused(reason))
    }

    mutating func conclude(_ question: Question, about path: VirtualPath, _ answer: TargetAnswer) -> [Action] {
        state = .ready
        switch (question, answer) {
        case (.enter, .refused(let reason)):
            refuseFolder(reason)
            return [.send(.noFolder(reason))]
        case (.enter, .valid), (.enter, .partial), (.enter, .unknown):
            here.move(to: path, answer)
            return [.send(answer == .valid ? .target(path) : .entered(path))]
        case (.makeFolder, .refused(let reason)): return [.send(.noFolder(reason))]
        case (.makeFolder, .valid), (.makeFolder, .partial), (.makeFolder, .unknown): return [.send(.folder(path))]
        case (.store(let file, let beginning), _):
            if path == here.path { here.move(to: path, answer) }
            return store(file, from: beginning, where: answer)
        case (.rename(let old, let new), _):
            return rename(old, to: new, where: answer)
        }
    }

    /// Folders are made when a file needs them; so this is for the client's peace of mind, as MKD is.
    mutating func removeFolder(_ argument: String) -> [Action] {
        do throws(PathMistake) {
            let change = Change.removeFolder(try here.path.entering(argument))
            return begin(.change(change), as: .changing(change))
        } catch {
            return [.send(.noFolder(error.sentence))]
        }
    }
}
