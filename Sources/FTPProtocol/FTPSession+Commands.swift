extension FTPSession {
    mutating func carryOut(_ command: FTPCommand) -> [Action] {
        switch (state, command) {
        case (_, .quit): return end(with: .goodbye)
        case (.strange, .user):
            state = .ready(Place(), isListening: false)
            return [.send(.loggedIn)]
        case (.strange, .pass): return [.send(.userFirst)]
        case (.ready, .user), (.ready, .pass): return [.send(.loggedIn)]
        case (_, .system), (_, .features), (_, .help), (_, .allocate), (_, .noop), (_, .options), (_, .notOffered),
            (_, .unknown), (_, .unreadable), (_, .type), (_, .mode), (_, .structure), (_, .abort):
            return [.send(constantReply(to: command))]
        case (.ready(let place, let isListening), _): return carryOut(command, at: place, isListening: isListening)
        case (.strange, _): return [.send(.notLoggedIn)]
        // Not reached: a line waits while something is under way, and is dropped after the end.
        case (.asking, _), (.opening, _), (.receiving, _), (.judging, _), (.over, _): return []
        }
    }

    /// The reply to a command that changes nothing and may come at any time.
    private func constantReply(to command: FTPCommand) -> FTPReply {
        switch command {
        case .system: .system
        case .features: .features
        case .help: .help
        case .allocate: .allocated
        case .noop: .noop
        case .abort: .nothingToAbort
        case .options(let isUTF8): isUTF8 ? .utf8 : .optionNotOffered
        case .type(let isKnown): isKnown ? .representation : .parameterNotOffered
        case .mode(let isStream): isStream ? .stream : .parameterNotOffered
        case .structure(let isFile): isFile ? .fileStructure : .parameterNotOffered
        case .notOffered(let verb): .notOffered(verb)
        case .unreadable: .unreadable
        case .unknown, .user, .pass, .changeFolder, .changeToParent, .printFolder, .makeFolder, .passive,
            .extendedPassive, .store, .quit:
            .unknown
        }
    }

    private mutating func carryOut(_ command: FTPCommand, at place: Place, isListening: Bool) -> [Action] {
        switch command {
        case .changeFolder(let path): ask(path, .enter, from: place, isListening: isListening)
        case .makeFolder(let path): ask(path, .makeFolder, from: place, isListening: isListening)
        case .changeToParent: ask(place.path.parent.absolute, .enter, from: place, isListening: isListening)
        case .printFolder: [.send(.folder(place.path))]
        case .passive: openPassive(at: place)
        case .extendedPassive(let network): openExtendedPassive(network, at: place)
        case .store(let name): store(name, at: place, isListening: isListening)
        default: [.send(.unknown)]
        }
    }

    private mutating func ask(_ argument: String, _ question: Question, from place: Place, isListening: Bool)
        -> [Action]
    {
        do throws(PathMistake) {
            let path = try place.path.entering(argument)
            state = .asking(path, question, from: place, isListening: isListening)
            return [.begin(.ask(path))]
        } catch {
            if question == .enter { refuseFolder(error.sentence, from: place, isListening: isListening) }
            return [.send(.noFolder(error.sentence))]
        }
    }

    /// The client did not get where it wanted to go. dupload does not look and stores all the same: until a CWD
    /// succeeds, it must not reach the target it was in before.
    mutating func refuseFolder(_ reason: String, from place: Place, isListening: Bool) {
        let nowhere = Place(path: place.path, standing: .answered(.refused(reason)))
        state = .ready(nowhere, isListening: isListening)
    }

    private mutating func openPassive(at place: Place) -> [Action] {
        guard setting.passiveAddress != nil else { return [.send(.useExtended)] }
        return open(isExtended: false, at: place)
    }

    private mutating func openExtendedPassive(_ network: FTPCommand.ExtendedPassive, at place: Place) -> [Action] {
        let isIPv6 = setting.passiveAddress == nil
        switch network {
        case .all: return [.send(.extendedOnly)]
        case .any: return open(isExtended: true, at: place)
        case .ipv4 where !isIPv6: return open(isExtended: true, at: place)
        case .ipv6 where isIPv6: return open(isExtended: true, at: place)
        case .ipv4, .ipv6, .unknown: return [.send(isIPv6 ? .useIPv6 : .useIPv4)]
        }
    }

    private mutating func open(isExtended: Bool, at place: Place) -> [Action] {
        state = .opening(isExtended: isExtended, at: place)
        return [.begin(.listen)]
    }

    private mutating func store(_ argument: String, at place: Place, isListening: Bool) -> [Action] {
        guard let name = UploadName(argument) else { return [.send(.badName)] }
        guard case .answered(let answer) = place.standing else {
            state = .asking(place.path, .store(name), from: place, isListening: isListening)
            return [.begin(.ask(place.path))]
        }
        switch answer {
        case .refused(let reason): return [.send(.noTarget(reason))]
        case .partial where !name.isCommandFile: return [.send(.notATarget(place.path))]
        case .valid, .unknown, .partial: break
        }
        guard isListening else { return [.send(.passiveFirst)] }
        state = .receiving(name, at: place)
        return [.send(.opening), .begin(.receive(name, at: place.path))]
    }

    /// Goes on with a STOR that had to ask about its place first.
    mutating func storeAfterAsking(_ name: UploadName, at place: Place, isListening: Bool) -> [Action] {
        store(name.description, at: place, isListening: isListening)
    }
}
