/// What a session says about itself.
extension FTPReply {
    /// RFC 2389, 3.2: what works beyond RFC 959, an indented line each.
    static func features(_ session: FTPSession) -> FTPReply {
        let active = session.setting.activePeer == nil ? [] : [" EPRT"]
        let others = [
            " EPSV", " MDTM", " MFMT", " MLST \(session.facts.starred)", " PASV", " REST STREAM", " SIZE", " UTF8",
        ]
        return FTPReply(.status, ["Extensions:"] + active + others + ["End"])
    }

    static func factsChosen(_ facts: FactSet) -> FTPReply { FTPReply(.done, "MLST OPTS \(facts.names)") }

    static let help = FTPReply(
        .help,
        [
            "Log in, change into the target, store the files, the .changes last:",
            " USER PASS ACCT REIN QUIT CWD CDUP PWD MKD RMD TYPE MODE STRU",
            " PASV EPSV PORT EPRT STOR APPE STOU REST ABOR ALLO",
            " LIST NLST MLSD MLST SIZE MDTM MFMT DELE RNFR RNTO",
            " FEAT HELP NOOP OPTS SITE STAT SYST",
            "A target is ~owner/distribution/name, for example ~alice/debian/tools.",
        ])
    static let siteHelp = FTPReply(.help, "SITE has only HELP.")

    static func status(_ session: FTPSession) -> FTPReply {
        FTPReply(
            .status,
            [
                "\(session.setting.service), session \(session.setting.session)",
                " You are in \(session.here.path.absolute).",
                " Files are stored byte by byte; any name and password will do.",
                "End",
            ])
    }
    static let statusOfTransfer = FTPReply(.status, "A transfer is under way.")
}
