extension FTPSession {
    mutating func list(_ argument: String, _ form: FTPCommand.Listing) -> [Action] {
        here.offset = 0
        guard protection.mayTransfer else { return [.send(.protectFirst)] }
        guard here.way != nil else { return [.send(.noWay(offersActive: setting.activePeer != nil))] }
        return look(argument, .list(form))
    }

    mutating func look(_ argument: String, _ inquiry: Inquiry) -> [Action] {
        guard let subject = Subject(argument, in: here.path) else { return [.send(.notFound)] }
        return begin(.look(subject), as: .looking(inquiry, subject))
    }

    mutating func lookAtFile(_ argument: String, _ inquiry: (VirtualFile) -> Inquiry) -> [Action] {
        do throws(FileMistake) {
            let file = try VirtualFile(argument, in: here.path)
            guard !refused.contains(file) else { return [.send(.wasRefused)] }
            let subject = Subject(file)
            return begin(.look(subject), as: .looking(inquiry(file), subject))
        } catch {
            return [.send(.notFound)]
        }
    }

    mutating func change(_ argument: String, _ change: (VirtualFile) -> Change) -> [Action] {
        do throws(FileMistake) {
            let file = try VirtualFile(argument, in: here.path)
            guard !taken.contains(file) else { return [.send(.hasItsVerdict)] }
            return begin(.change(change(file)), as: .changing(change(file)))
        } catch {
            return [.send(.notFound)]
        }
    }

    mutating func rename(_ old: VirtualFile?, to argument: String) -> [Action] {
        guard let old else { return [.send(.renameFromFirst)] }
        guard !taken.contains(old) else { return [.send(.hasItsVerdict)] }
        do throws(FileMistake) {
            let new = try VirtualFile(argument, in: here.path)
            try setting.names.check(new)
            return begin(.ask(new.path), as: .asking(new.path, .rename(old, to: new)))
        } catch {
            return [.send(.refusedFile(error.sentence))]
        }
    }

    /// The new place has to be one where the file could be stored.
    mutating func rename(_ old: VirtualFile, to new: VirtualFile, where answer: TargetAnswer) -> [Action] {
        if let reason = answer.refusal(of: new) { return [.send(.refusedFile(reason))] }
        let change = Change.rename(old, to: new)
        return begin(.change(change), as: .changing(change))
    }

    mutating func conclude(_ inquiry: Inquiry, _ found: FileFacts) -> [Action] {
        state = .ready
        switch inquiry {
        case .list(let form): return send([found], form)
        case .status: return [.send(.statusListing([found]))]
        case .facts: return [.send(.facts(found, facts))]
        case .size where !found.isFolder: return [.send(.size(found.size))]
        case .modificationTime where !found.isFolder: return [.send(.modificationTime(found.modified))]
        case .renameFrom(let file) where !found.isFolder:
            here.renaming = file
            return [.send(.renameToNext)]
        case .size, .modificationTime, .renameFrom: return [.send(.notFound)]
        }
    }

    mutating func conclude(_ inquiry: Inquiry, _ found: [FileFacts]) -> [Action] {
        state = .ready
        switch inquiry {
        case .list(let form): return send(found, form)
        case .status: return [.send(.statusListing(found))]
        case .facts:
            let folder = FileFacts(name: ".", size: 0, modified: FTPTime(seconds: 0), isFolder: true)
            return [.send(.facts(folder, facts.subtracting(.modify)))]
        case .size, .modificationTime, .renameFrom: return [.send(.notFound)]
        }
    }

    private mutating func send(_ found: [FileFacts], _ form: FTPCommand.Listing) -> [Action] {
        guard let way = here.way else { return [.send(.noWay(offersActive: setting.activePeer != nil))] }
        here.way = nil
        let lines = found.map { entry in
            switch form {
            case .long: entry.listLine
            case .names: entry.name
            case .facts: entry.line(of: facts)
            }
        }
        let text = lines.map { $0 + "\r\n" }.joined()
        return [.send(.listing)] + begin(.send(Array(text.utf8), over: way), as: .sending)
    }

    mutating func conclude(_ change: Change, _ failure: StoreFailure?) -> [Action] {
        state = .ready
        if let failure { return [.send(failure.replyToChange)] }
        switch change {
        case .remove: return [.send(.removed)]
        case .removeFolder: return [.send(.folderRemoved)]
        case .setTime(let file, let time): return [.send(.timeSet(time, file))]
        case .rename(_, let new) where new.name.completesUpload:
            return begin(.judge(new), as: .judging(new, success: .fileDone))
        case .rename: return [.send(.renamed)]
        }
    }
}
