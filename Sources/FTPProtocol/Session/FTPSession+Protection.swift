extension FTPSession {
    /// The handshake is done: lines are the client's again.
    public mutating func secured() {
        protection.control = .encrypted
    }

    mutating func carryOut(_ command: FTPCommand.Security) -> [Action] {
        guard protection.isOffered else { return [.send(.notOffered(command.verb))] }
        switch command {
        case .authenticate(let isTLS): return authenticate(isTLS: isTLS)
        case .securityData: return [.send(.noSecurityData)]
        case .clearCommands: return [.send(protection.control == .encrypted ? .staysEncrypted : .notEncrypted)]
        case .bufferSize, .protectData:
            guard protection.control == .encrypted else { return [.send(.authFirst)] }
            return protectData(command)
        }
    }

    /// What waits was sent before the client could know that it speaks to us, and not to somebody in between: it is
    /// dropped. So is the login (RFC 4217, 4).
    private mutating func authenticate(isTLS: Bool) -> [Action] {
        guard protection.control == .clear else { return [.send(.alreadyEncrypted)] }
        guard isTLS else { return [.send(.unknownMechanism)] }
        protection.control = .handshaking
        logOut()
        waiting = []
        return [.send(.startTLS), .startTLS]
    }

    private mutating func protectData(_ command: FTPCommand.Security) -> [Action] {
        switch command {
        case .bufferSize(isNumber: false): return [.send(.notANumber)]
        case .bufferSize:
            protection.isBufferSizeSet = true
            return [.send(.bufferSize)]
        case .protectData where !protection.isBufferSizeSet: return [.send(.bufferSizeFirst)]
        case .protectData(.clear) where protection.isRequired: return [.send(.dataStaysProtected)]
        case .protectData(.clear): return protectData(false)
        case .protectData(.confidential): return protectData(true)
        case .protectData(.withoutTLS): return [.send(.notALevelOfTLS)]
        case .protectData, .authenticate, .clearCommands, .securityData: return [.send(.parameterNotOffered)]
        }
    }

    private mutating func protectData(_ protects: Bool) -> [Action] {
        protection.protectsData = protects
        return [.protectData(protects), .send(protects ? .dataProtected : .dataInClear)]
    }

    /// `AUTH` and its like are listed only where there is a certificate: lftp and others go by that.
    var features: FTPReply {
        protection.isOffered ? .features(self).listing([" AUTH TLS", " PBSZ", " PROT"]) : .features(self)
    }

    var help: FTPReply { protection.isOffered ? .help.listing([" AUTH PBSZ PROT"]) : .help }
}

extension FTPReply {
    /// The reply with more lines before the last.
    fileprivate func listing(_ more: [String]) -> FTPReply {
        FTPReply(code, lines.dropLast() + more + lines.suffix(1))
    }

    static let startTLS = FTPReply(.securityAccepted, "Begin with the handshake.")
    static let unknownMechanism = FTPReply(.badParameter, "Only AUTH TLS is offered.")
    static let alreadyEncrypted = FTPReply(.wrongOrder, "The connection is encrypted already.")
    static let authFirst = FTPReply(.wrongOrder, "AUTH TLS comes first.")
    static let noSecurityData = FTPReply(.wrongOrder, "TLS needs no ADAT.")
    static let notEncrypted = FTPReply(.unprotected, "The connection is in clear already.")
    static let staysEncrypted = FTPReply(.denied, "The connection stays encrypted.")
    static let notANumber = FTPReply(.badArgument, "PBSZ takes a number.")
    static let bufferSize = FTPReply(.done, "PBSZ=0")
    static let bufferSizeFirst = FTPReply(.wrongOrder, "PBSZ 0 comes first.")
    static let notALevelOfTLS = FTPReply(.badLevel, "TLS has PROT C and PROT P only.")
    static let dataStaysProtected = FTPReply(.denied, "Data connections are encrypted here: PROT P.")
    static let dataProtected = FTPReply(.done, "Data connections are encrypted from now on.")
    static let dataInClear = FTPReply(.done, "Data connections are in clear from now on.")

    /// dput-ng, lftp and curl show the text. dput says "Wrong Password" to every 5xx; a 4xx would make lftp try for ever.
    static let encryptFirst = FTPReply(
        .notLoggedIn, "Uploads are taken over encrypted connections only: AUTH TLS first (dput-ng: method ftps).")
    /// Not the 521 of RFC 4217: to a STOR only a 4xx stops every client.
    static let protectFirst = FTPReply(.refused, "Files are taken over encrypted data connections only: PROT P first.")
}
