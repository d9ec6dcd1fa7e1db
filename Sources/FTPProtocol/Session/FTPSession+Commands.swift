extension FTPSession {
    mutating func carryOut(_ command: FTPCommand) -> [Action] {
        let renaming = here.renaming
        here.renaming = nil
        if command == .quit { return end(.quit) }
        if let reply = constantReply(to: command) { return [.send(reply)] }
        switch (state, command) {
        case (_, .options(let option)): return [.send(set(option))]
        case (_, .security(let command)): return carryOut(command)
        case (.strange, .user) where !protection.mayLogIn, (.strange, .pass) where !protection.mayLogIn:
            return [.send(.encryptFirst)]
        case (.strange, .user):
            state = .ready
            return [.send(.loggedIn)]
        case (.strange, .pass): return [.send(.userFirst)]
        case (.ready, .user), (.ready, .pass): return [.send(.loggedIn)]
        case (.ready, .renameTo(let argument)): return rename(renaming, to: argument)
        case (.ready, _): return carryOutAtWill(command)
        case (.strange, _): return [.send(.notLoggedIn)]
        // Not reached: a line waits while something is under way, and is dropped after the end.
        case (.busy, _), (.over, _): return []
        }
    }

    /// The reply to a command that changes nothing and may come at any time.
    private func constantReply(to command: FTPCommand) -> FTPReply? {
        switch command {
        case .system: .system
        case .features: features
        case .help: help
        case .siteHelp: .siteHelp
        case .allocate: .allocated
        case .noop: .noop
        case .account: .noAccount
        case .abort: .nothingToAbort
        case .type(let isKnown): isKnown ? .representation : .parameterNotOffered
        case .mode(let isStream): isStream ? .stream : .parameterNotOffered
        case .structure(let isFile): isFile ? .fileStructure : .parameterNotOffered
        case .notOffered(let verb): .notOffered(verb)
        case .unknown: .unknown
        case .unreadable: .unreadable
        default: nil
        }
    }

    private mutating func set(_ option: FTPCommand.Option) -> FTPReply {
        switch option {
        case .utf8: return .utf8
        case .unknown: return .optionNotOffered
        case .facts(let names):
            facts = FactSet(names: names)
            return .factsChosen(facts)
        }
    }

    /// By a client that has logged in.
    private mutating func carryOutAtWill(_ command: FTPCommand) -> [Action] {
        switch command {
        case .reinitialize: reinitialize()
        case .changeFolder(let path): ask(path, .enter)
        case .makeFolder(let path): ask(path, .makeFolder)
        case .removeFolder(let path): removeFolder(path)
        case .changeToParent: ask(here.path.parent.absolute, .enter)
        case .printFolder: [.send(.folder(here.path))]
        case .passive: openPassive()
        case .extendedPassive(let network): openExtendedPassive(network)
        case .active(let argument): aim(argument)
        case .restart(let offset): restart(at: offset)
        case .store(let name): store(name, from: .offset(here.offset))
        case .append(let name): store(name, from: .end)
        case .storeUnique: storeUnique()
        default: carryOutOnFiles(command)
        }
    }

    private mutating func carryOutOnFiles(_ command: FTPCommand) -> [Action] {
        switch command {
        case .list(let argument, let form): list(argument, form)
        case .status(nil): [.send(.status(self))]
        case .status(let argument?): look(argument, .status)
        case .facts(let argument): look(argument, .facts)
        case .size(let argument): lookAtFile(argument) { _ in .size }
        case .modificationTime(let argument): lookAtFile(argument) { _ in .modificationTime }
        case .setModificationTime(nil, _): [.send(.notATime)]
        case .setModificationTime(let time?, let argument): change(argument) { .setTime($0, time) }
        case .delete(let argument): change(argument) { .remove($0) }
        case .renameFrom(let argument): lookAtFile(argument) { .renameFrom($0) }
        default: [.send(.unknown)]
        }
    }

    /// RFC 959, 4.1.1: as after the greeting. The files stay; they are the session's.
    private mutating func reinitialize() -> [Action] {
        logOut()
        return [.send(.greeting(service: setting.service, session: setting.session))]
    }

    mutating func logOut() {
        state = .strange
        here = Here()
        facts = .all
    }
}
