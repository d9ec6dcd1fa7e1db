internal import ArchiveModel
internal import Catalog
internal import Commands
internal import Configuration
internal import Intake
internal import Mailer
internal import SourceTree
internal import SystemPackage

extension Settings {
    /// Reads the settings: environment variables (`SLIPWAY_WEB_PORT` for `web.port`) over the YAML file over defaults.
    /// - Parameter file: `nil` reads no file: defaults and environment alone.
    /// - Throws: `ConfigurationMistake` with the key, or the reader's own error with the file.
    static func read(_ file: FilePath?) async throws -> Settings {
        let environment = EnvironmentVariablesProvider().prefixKeys(with: "slipway")
        guard let file else { return try Settings(ConfigReader(provider: environment)) }
        let yaml: FileProvider<YAMLSnapshot>
        do {
            yaml = try await FileProvider<YAMLSnapshot>(filePath: .init(file.string))
        } catch {
            throw ConfigurationMistake(key: file.string, mistake: "cannot be read as YAML: \(error)")
        }
        return try Settings(ConfigReader(providers: [environment, yaml]))
    }

    init(_ reader: ConfigReader) throws {
        state = StateFolder(root: reader.path("state") ?? state.root)
        name = reader.string(forKey: "name", default: name)
        url = reader.string(forKey: "url", default: url)
        admin = try reader.parsed("admin", "a mail address") { MailAddress($0) }
        standardDistribution = try reader.parsed("standardDistribution", DistributionKind.rule) { DistributionName($0) }
        distributions = reader.path("distributions") ?? distributions
        logLevel = reader.string(forKey: "logLevel", default: logLevel)
        users.service = reader.string(forKey: "users.service", default: users.service)
        users.gateway = reader.string(forKey: "users.gateway", default: users.gateway)
        users.sftp = reader.string(forKey: "users.sftp", default: users.sftp)
        try readGateway(reader.scoped(to: "gateway"))
        try readWeb(reader.scoped(to: "web"))
        try readMail(reader.scoped(to: "mail"))
        try readStages(reader)
    }

    private mutating func readGateway(_ reader: ConfigReader) throws {
        gateway.listen = reader.stringArray(forKey: "listen", default: gateway.listen)
        gateway.listenTLS = reader.stringArray(forKey: "listenTLS", default: gateway.listenTLS)
        gateway.requireTLS = reader.bool(forKey: "requireTLS", default: gateway.requireTLS)
        gateway.passivePorts = reader.string(forKey: "passivePorts")
        gateway.passiveAddress = reader.string(forKey: "passiveAddress")
        gateway.activeMode = reader.bool(forKey: "activeMode", default: gateway.activeMode)
        gateway.listenHTTP = reader.stringArray(forKey: "listenHTTP", default: [])
        gateway.listenHTTPS = reader.stringArray(forKey: "listenHTTPS", default: [])
        gateway.options = reader.stringArray(forKey: "options", default: [])
        gateway.isStartedByServe = reader.bool(forKey: "startedByServe", default: gateway.isStartedByServe)
    }

    private mutating func readWeb(_ reader: ConfigReader) throws {
        web.host = reader.string(forKey: "host", default: web.host)
        web.port = try reader.number("port", default: web.port, within: 0...65535, of: "web.port")
    }

    private mutating func readMail(_ reader: ConfigReader) throws {
        mail.delivery =
            try reader.parsed("delivery", "maildir, sendmail or smtp") { MailSettings.Delivery(rawValue: $0) }
            ?? mail.delivery
        mail.from = try reader.parsed("from", "a mail address") { MailAddress($0) } ?? mail.from
        mail.sendmail = reader.path("sendmail") ?? mail.sendmail
        mail.templates = reader.path("templates")
        mail.lettersAnHour = try reader.number(
            "lettersAnHour", default: mail.lettersAnHour, within: 0...1_000_000, of: "mail.lettersAnHour")
        mail.firstRetry = try reader.number(
            "firstRetry", default: mail.firstRetry, within: 1...86_400, of: "mail.firstRetry")
        mail.giveUpAfter = try reader.number(
            "giveUpAfter", default: mail.giveUpAfter, within: 60...31 * 86_400, of: "mail.giveUpAfter")
        mail.digestHour = try reader.number(
            "digestHour", default: mail.digestHour, within: -1...23, of: "mail.digestHour")
        mail.verp = reader.bool(forKey: "verp", default: mail.verp)
        try readSMTP(reader.scoped(to: "smtp"))
    }

    private mutating func readSMTP(_ reader: ConfigReader) throws {
        var smtp = mail.smtp
        smtp.host = try reader.parsed("host", "a host name or an IP address", Self.hostName) ?? smtp.host
        smtp.port = try reader.number("port", default: smtp.port, within: 1...65535, of: "mail.smtp.port")
        smtp.tls =
            try reader.parsed("tls", "required, offered, none or implicit") { SMTPServer.Security(rawValue: $0) }
            ?? smtp.tls
        smtp.user = reader.string(forKey: "user")
        smtp.passwordFile = reader.path("passwordFile")
        smtp.certificates = reader.path("certificates")
        smtp.timeout = try reader.number("timeout", default: smtp.timeout, within: 1...3600, of: "mail.smtp.timeout")
        guard (smtp.user == nil) == (smtp.passwordFile == nil) else {
            throw ConfigurationMistake(key: "mail.smtp.user", mistake: "a login needs both user and passwordFile")
        }
        guard smtp.user == nil || smtp.tls.provesServer else {
            throw ConfigurationMistake(
                key: "mail.smtp.tls", mistake: "a password is sent only with required or implicit")
        }
        mail.smtp = smtp
    }

    /// As it is: what could not stand in a URL is no host.
    private static func hostName(_ text: String) -> String? {
        let isHost = text.utf8.allSatisfy { byte in
            byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
                || ".:-".utf8.contains(byte)
        }
        return isHost && !text.isEmpty ? text : nil
    }

    private mutating func readUnpacking(_ reader: ConfigReader) throws {
        let (mebibytes, files) = (1...1 << 30, 1...1 << 30)
        func bytes(_ key: String, _ standard: Int64) throws -> Int64 {
            Int64(try reader.number(ConfigKey(key), default: Int(standard >> 20), within: mebibytes)) << 20
        }
        intake.unpacksSources = reader.bool(forKey: "intake.unpack", default: intake.unpacksSources)
        var limits = intake.unpacking
        limits.bytes = try bytes("intake.unpackedMiB", limits.bytes)
        limits.memory = try bytes("intake.unpackMemoryMiB", limits.memory)
        limits.freeDisk = try bytes("intake.freeDiskMiB", limits.freeDisk)
        limits.freeInodes = Int64(
            try reader.number("intake.freeInodes", default: Int(limits.freeInodes), within: 0...1 << 40))
        limits.members = try reader.number("intake.unpackedFiles", default: limits.members, within: files)
        limits.seconds = try reader.number("intake.unpackSeconds", default: limits.seconds, within: 1...86_400)
        intake.unpacking = limits
    }

    private mutating func readWaiting(_ reader: ConfigReader) throws {
        func number(_ key: String, _ standard: Int64) throws -> Int64 {
            Int64(try reader.number(ConfigKey("intake.\(key)"), default: Int(standard), within: 0...1 << 40))
        }
        var limits = intake.waiting
        limits.uploadsEach = try number("waitingUploadsEach", limits.uploadsEach)
        limits.bytesEach = try number("waitingMiBEach", limits.bytesEach >> 20) << 20
        limits.uploads = try number("waitingUploads", limits.uploads)
        limits.bytes = try number("waitingMiB", limits.bytes >> 20) << 20
        intake.waiting = limits
    }

    private mutating func readStages(_ reader: ConfigReader) throws {
        let day = 1...31 * 86_400
        builder.isEnabled = reader.bool(forKey: "builder.enabled", default: builder.isEnabled)
        builder.name = reader.string(forKey: "builder.name", default: builder.name)
        builder.chroots = reader.path("builder.chroots")
        builder.timeLimit = try reader.number("builder.timeLimit", default: builder.timeLimit, within: day)
        intake.sweepInterval = try reader.number("intake.sweepInterval", default: intake.sweepInterval, within: day)
        intake.incompleteFor = try reader.number("intake.incompleteFor", default: intake.incompleteFor, within: day)
        intake.signaturesGoodFor = try reader.number(
            "intake.signaturesGoodFor", default: intake.signaturesGoodFor, within: 3600...100 * 365 * 86_400)
        intake.upstreamKeys = try reader.number(
            "intake.upstreamKeysKiB", default: intake.upstreamKeys, within: 1...1 << 20)
        intake.upstreamSignature = try reader.number(
            "intake.upstreamSignatureKiB", default: intake.upstreamSignature, within: 1...1 << 20)
        intake.keys.acting = try reader.number("intake.keysPerPerson", default: intake.keys.acting, within: 1...1000)
        intake.keys.aDay = try reader.number("intake.keysADay", default: intake.keys.aDay, within: 1...1000)
        intake.commandsGoodFor = try reader.number(
            "intake.commandsGoodFor", default: intake.commandsGoodFor, within: day)
        intake.commandLimits.words = try reader.number(
            "intake.commandWords", default: intake.commandLimits.words, within: 1...1_000_000)
        intake.commandLimits.changes = try reader.number(
            "intake.commandChanges", default: intake.commandLimits.changes, within: 1...1_000_000)
        intake.refusalLetters = try reader.number(
            "intake.refusalLettersADay", default: intake.refusalLetters, within: 1...1_000_000)
        intake.commandLimits.refusalLettersADay = Int64(intake.refusalLetters)
        intake.quota = try reader.number("intake.quota", default: intake.quota, within: 0...1 << 40)
        intake.quotaWarning = try reader.number(
            "intake.quotaWarning", default: intake.quotaWarning, within: 1...100)
        intake.ppasEach = try reader.number("intake.ppasEach", default: intake.ppasEach, within: 0...1_000_000)
        try readWaiting(reader)
        try readUnpacking(reader)
        external = try ExternalSettings(reader.scoped(to: "external"), besides: url)
        lintian = try LintianSettings(reader.scoped(to: "lintian"))
        publisher.sweepInterval = try reader.number(
            "publisher.sweepInterval", default: publisher.sweepInterval, within: day)
        publisher.poolGrace = try reader.number(
            "publisher.poolGrace", default: publisher.poolGrace, within: 0...day.upperBound)
        maintenance.interval = try reader.number(
            "maintenance.interval", default: maintenance.interval, within: 0...day.upperBound)
        maintenance.mirrorTimeLimit = try reader.number(
            "maintenance.mirrorTimeLimit", default: maintenance.mirrorTimeLimit, within: day)
        maintenance.importMiB = try reader.number(
            "maintenance.importMiB", default: maintenance.importMiB, within: 1...(1 << 20))
        maintenance.importTimeLimit = try reader.number(
            "maintenance.importTimeLimit", default: maintenance.importTimeLimit, within: day)
        maintenance.importAttempts = try reader.number(
            "maintenance.importAttempts", default: maintenance.importAttempts, within: 1...100)
        maintenance.rebuildAttempts = try reader.number(
            "maintenance.rebuildAttempts", default: maintenance.rebuildAttempts, within: 1...100)
        maintenance.rebuildMemory = try reader.number(
            "maintenance.rebuildMemoryMiB", default: maintenance.rebuildMemory, within: 1...1 << 30)
        let years = 3600...10 * 365 * 86_400
        maintenance.roomWait = try reader.number("maintenance.roomWait", default: maintenance.roomWait, within: years)
        maintenance.baseGoneAfter = try reader.number(
            "maintenance.baseGoneAfter", default: maintenance.baseGoneAfter, within: years)
        maintenance.baseWithdrawnAfter = try reader.number(
            "maintenance.baseWithdrawnAfter", default: maintenance.baseWithdrawnAfter, within: years)
        maintenance.baseFailedRounds = try reader.number(
            "maintenance.baseFailedRounds", default: maintenance.baseFailedRounds, within: 1...1000)
        maintenance.baseBuildAfter = try reader.number(
            "maintenance.baseBuildAfter", default: maintenance.baseBuildAfter, within: years)
        maintenance.bytesGrace = try reader.number(
            "maintenance.bytesGrace", default: maintenance.bytesGrace, within: 86_400...365 * 86_400)
    }
}

extension ConfigReader {
    func path(_ key: ConfigKey) -> FilePath? {
        string(forKey: key).map { FilePath($0) }
    }

    fileprivate func parsed<Value>(
        _ key: ConfigKey, _ rule: String, _ parse: (String) -> Value?
    ) throws -> Value? {
        guard let text = string(forKey: key) else { return nil }
        guard let value = parse(text) else {
            throw ConfigurationMistake(key: "\(key)", mistake: "\"\(text)\" is not what is expected: \(rule)")
        }
        return value
    }

    func number(
        _ key: ConfigKey, default standard: Int, within range: ClosedRange<Int>, of name: String? = nil
    ) throws -> Int {
        let value = int(forKey: key, default: standard)
        guard range.contains(value) else {
            throw ConfigurationMistake(
                key: name ?? "\(key)", mistake: "\(value) is not from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
