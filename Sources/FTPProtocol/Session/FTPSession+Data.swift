extension FTPSession {
    mutating func openPassive() -> [Action] {
        guard !here.isExtendedOnly else { return [.send(.extendedWasChosen)] }
        guard setting.passiveAddress != nil else { return [.send(.useExtended)] }
        return open(isExtended: false)
    }

    mutating func openExtendedPassive(_ network: FTPCommand.ExtendedPassive) -> [Action] {
        let isIPv6 = setting.passiveAddress == nil
        switch network {
        case .all:
            here.isExtendedOnly = true
            return [.send(.extendedOnly)]
        case .any: return open(isExtended: true)
        case .ipv4 where !isIPv6: return open(isExtended: true)
        case .ipv6 where isIPv6: return open(isExtended: true)
        case .ipv4, .ipv6, .unknown: return [.send(isIPv6 ? .useIPv6 : .useIPv4)]
        }
    }

    private mutating func open(isExtended: Bool) -> [Action] {
        here.way = nil
        return begin(.listen, as: .opening(isExtended: isExtended))
    }

    mutating func concludeOpening(isExtended: Bool, port: UInt16?) -> [Action] {
        state = .ready
        guard let port else { return [.send(.noPort)] }
        here.way = .passive
        return [.send(isExtended ? .extendedPassive(port: port) : passiveReply(port))]
    }

    private func passiveReply(_ port: UInt16) -> FTPReply {
        setting.passiveAddress.map { .passive($0, port: port) } ?? .useExtended
    }

    /// PORT and EPRT. To connect anywhere else than to the client would make this machine a tool for attacks on others
    /// (RFC 2577, 3).
    mutating func aim(_ argument: FTPCommand.Active) -> [Action] {
        guard let peer = setting.activePeer else { return [.send(.activeNotOffered)] }
        guard !here.isExtendedOnly else { return [.send(.extendedWasChosen)] }
        switch argument {
        case .unreadable: return [.send(.notAnAddress)]
        case .unknownNetwork: return [.send(peer.bytes.count == 4 ? .useIPv4 : .useIPv6)]
        case .to(let goal):
            guard goal.address == peer else { return [.send(.notYourAddress)] }
            guard goal.port >= Self.lowestActivePort else { return [.send(.lowPort)] }
            here.way = .active(port: goal.port)
            return [.send(.aimed)]
        }
    }

    /// Below are the ports of services (RFC 2577, 3).
    private static let lowestActivePort: UInt16 = 1024
}
