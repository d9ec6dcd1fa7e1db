extension FTPCommand {
    /// The commands of RFC 4217 and 2228 about TLS.
    public enum Security: Equatable, Sendable {
        case authenticate(isTLS: Bool)
        /// `PBSZ`: TLS needs no buffer, so every number means 0 (RFC 4217, 8).
        case bufferSize(isNumber: Bool)
        case protectData(Level)
        case clearCommands
        case securityData

        /// The argument of `PROT`.
        public enum Level: Equatable, Sendable {
            case clear, confidential
            /// Safe or Confidential of RFC 2228, which TLS does not have.
            case withoutTLS
            case unknown
        }

        init?(verb: String, argument: String) {
            let argument = argument.uppercased()
            switch verb {
            // TLS-C is another name for TLS. SSL and TLS-P mean that data is protected without PROT: nobody needs that.
            case "AUTH": self = .authenticate(isTLS: ["TLS", "TLS-C"].contains(argument))
            case "PBSZ": self = .bufferSize(isNumber: UInt32(argument) != nil)
            case "PROT": self = .protectData(Level(argument))
            case "CCC": self = .clearCommands
            case "ADAT": self = .securityData
            default: return nil
            }
        }

        var verb: NotOffered {
            switch self {
            case .authenticate: .AUTH
            case .bufferSize: .PBSZ
            case .protectData: .PROT
            case .clearCommands: .CCC
            case .securityData: .ADAT
            }
        }
    }
}

extension FTPCommand.Security.Level {
    fileprivate init(_ argument: String) {
        switch argument {
        case "C": self = .clear
        case "P": self = .confidential
        case "S", "E": self = .withoutTLS
        default: self = .unknown
        }
    }
}
