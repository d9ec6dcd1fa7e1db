extension FTPCommand {
    /// Reads a line without its line end. Every line is some command: what cannot be read is `.unreadable`.
    public init(parsing line: [UInt8]) {
        guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }), let text = String(validating: line, as: UTF8.self) else {
            self = .unreadable
            return
        }
        let parts = text.split(separator: " ", maxSplits: 1)
        let (verb, argument) = (parts.first.map { $0.uppercased() } ?? "", parts.count > 1 ? String(parts[1]) : "")
        self =
            Self.ofSession(verb, argument) ?? Self.ofTransfer(verb, argument) ?? Self.ofFiles(verb, argument)
            ?? Security(verb: verb, argument: argument).map(FTPCommand.security)
            ?? NotOffered(rawValue: verb).map(FTPCommand.notOffered) ?? .unknown
    }

    private static func ofSession(_ verb: String, _ argument: String) -> FTPCommand? {
        switch verb {
        case "USER": .user
        case "PASS": .pass
        case "ACCT": .account
        case "REIN": .reinitialize
        case "SYST": .system
        case "FEAT": .features
        case "HELP": .help
        case "SITE" where argument.uppercased() == "HELP": .siteHelp
        case "STAT": .status(argument.isEmpty ? nil : argument)
        case "NOOP": .noop
        case "QUIT": .quit
        case "OPTS": .options(Option(argument))
        default: nil
        }
    }

    private static func ofTransfer(_ verb: String, _ argument: String) -> FTPCommand? {
        switch verb {
        case "TYPE": .type(isKnown: representations.contains(argument.uppercased()))
        case "MODE": .mode(isStream: argument.uppercased() == "S")
        case "STRU": .structure(isFile: argument.uppercased() == "F")
        case "PASV": .passive
        case "EPSV": .extendedPassive(ExtendedPassive(argument))
        case "PORT": .active(Active(port: argument))
        case "EPRT": .active(Active(extended: argument))
        case "ALLO": .allocate
        case "REST": .restart(Int64(argument).flatMap { $0 < 0 ? nil : $0 })
        case "STOR": .store(argument)
        case "APPE": .append(argument)
        case "STOU": .storeUnique
        case "ABOR": .abort
        case "LIST": .list(argument.withoutOptions, .long)
        case "NLST": .list(argument.withoutOptions, .names)
        case "MLSD": .list(argument, .facts)
        default: nil
        }
    }

    private static func ofFiles(_ verb: String, _ argument: String) -> FTPCommand? {
        switch verb {
        case "CWD", "XCWD": .changeFolder(argument)
        case "CDUP", "XCUP": .changeToParent
        case "PWD", "XPWD": .printFolder
        case "MKD", "XMKD": .makeFolder(argument)
        case "RMD", "XRMD": .removeFolder(argument)
        case "MLST": .facts(argument)
        case "SIZE": .size(argument)
        case "MDTM": .modificationTime(argument)
        case "MFMT": .settingTime(argument)
        case "DELE": .delete(argument)
        case "RNFR": .renameFrom(argument)
        case "RNTO": .renameTo(argument)
        default: nil
        }
    }

    private static func settingTime(_ argument: String) -> FTPCommand {
        let parts = argument.split(separator: " ", maxSplits: 1)
        return .setModificationTime(
            parts.first.flatMap { FTPTime(String($0)) }, parts.dropFirst().first.map(String.init) ?? "")
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

extension FTPCommand.Option {
    fileprivate init(_ argument: String) {
        let upper = argument.uppercased()
        if ["UTF8", "UTF8 ON"].contains(upper) {
            self = .utf8
        } else if upper == "MLST" || upper.hasPrefix("MLST ") {
            self = .facts(String(argument.dropFirst("MLST ".count)))
        } else {
            self = .unknown
        }
    }
}

extension String {
    /// `LIST -la x` means `LIST x`: many clients treat it as `ls`.
    fileprivate var withoutOptions: String {
        split(separator: " ").drop { $0.hasPrefix("-") }.joined(separator: " ")
    }
}
