extension FTPCommand {
    /// Reads a line without its line end. Every line is some command: what cannot be read is `.unreadable`.
    public init(parsing line: [UInt8]) {
        guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), let text = String(validating: line, as: UTF8.self) else {
            self = .unreadable
            return
        }
        let parts = text.split(separator: " ", maxSplits: 1)
        self.init(verb: parts.first.map { $0.uppercased() } ?? "", argument: parts.count > 1 ? String(parts[1]) : "")
    }

    private init(verb: String, argument: String) {
        switch verb {
        case "USER": self = .user
        case "PASS": self = .pass
        case "CWD", "XCWD": self = .changeFolder(argument)
        case "CDUP", "XCUP": self = .changeToParent
        case "PWD", "XPWD": self = .printFolder
        case "MKD", "XMKD": self = .makeFolder(argument)
        case "TYPE": self = .type(isKnown: Self.representations.contains(argument.uppercased()))
        case "MODE": self = .mode(isStream: argument.uppercased() == "S")
        case "STRU": self = .structure(isFile: argument.uppercased() == "F")
        case "PASV": self = .passive
        case "EPSV": self = .extendedPassive(ExtendedPassive(argument))
        case "STOR": self = .store(argument)
        case "ABOR": self = .abort
        case "SYST": self = .system
        case "FEAT": self = .features
        case "HELP": self = .help
        case "ALLO": self = .allocate
        case "NOOP": self = .noop
        case "QUIT": self = .quit
        case "OPTS": self = .options(isUTF8: ["UTF8", "UTF8 ON"].contains(argument.uppercased()))
        default: self = NotOffered(rawValue: verb).map(FTPCommand.notOffered) ?? .unknown
        }
    }

    private static let representations: Set<String> = ["I", "L 8", "L8", "A", "A N"]
}

extension FTPCommand.ExtendedPassive {
    fileprivate init(_ argument: String) {
        switch argument.uppercased() {
        case "": self = .any
        case "1": self = .ipv4
        case "2": self = .ipv6
        case "ALL": self = .all
        default: self = .unknown
        }
    }
}
