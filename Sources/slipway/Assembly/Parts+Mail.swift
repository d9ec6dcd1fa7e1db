internal import ArchiveModel
internal import Builder
internal import Catalog
internal import DurableFiles
internal import Foundation
internal import Mailer
internal import SourceTree
internal import SystemPackage

/// The mailer and what it delivers by.
extension Parts {
    func mailer() throws -> MailerService {
        try MailerService(
            catalog: catalog, transport: try transport(), configuration: Self.mailerConfiguration(settings),
            logger: log.part("mailer"), now: unixTime)
    }

    /// `nil` when nobody wants to be told.
    func digest() -> DigestService? {
        guard let admin = settings.admin, settings.mail.digestHour >= 0 else { return nil }
        let settings = settings
        return DigestService(
            catalog: catalog, admin: admin, hour: settings.mail.digestHour, disks: { Self.disks(settings) },
            quotas: settings.quotas, logger: log.part("digest"), now: unixTime)
    }

    /// What the state and the builds lie on.
    static func disks(_ settings: Settings) -> [DigestReport.Disk] {
        let builds = BuilderConfiguration(state: settings.state.root, worker: settings.builder.name, architectures: [])
        let places =
            [(settings.state.root, settings.intake.unpacking.freeDisk)]
            + (settings.builder.isEnabled ? [(builds.work, builds.freeSpace)] : [])
        return places.compactMap { place, floor in
            guard let free = try? Folder(opening: place).freeBytes() else { return nil }
            return DigestReport.Disk(path: place.string, free: free, floor: floor)
        }
    }

    private func transport() throws -> any MailTransport {
        switch settings.mail.delivery {
        case .maildir: try MaildirTransport(maildir: settings.state.mail)
        case .sendmail: SendmailTransport(program: settings.mail.sendmail)
        case .smtp:
            SMTPTransport(
                server: try Self.server(settings.mail.smtp), name: settings.name,
                deliveriesAtOnce: Self.mailerConfiguration(settings).deliveriesAtOnce)
        }
    }

    static func letterWriter(_ settings: Settings) throws -> LetterWriter {
        try LetterWriter(mailerConfiguration(settings))
    }

    private static func mailerConfiguration(_ settings: Settings) -> MailerConfiguration {
        var configuration = MailerConfiguration(
            host: settings.name, from: settings.mail.from, publicURL: settings.url, templates: settings.mail.templates)
        configuration.addresses = settings.addresses
        configuration.deliveryTimeout =
            switch settings.mail.delivery {
            // A folder of ours: what takes longer was killed, and its letters are claimed anew soon.
            case .maildir: .seconds(5)
            case .sendmail: configuration.deliveryTimeout
            case .smtp: .seconds(settings.mail.smtp.timeout)
            }
        let letters = Int64(settings.mail.lettersAnHour)
        configuration.rate = letters == 0 ? nil : LetterRate(letters: letters)
        configuration.retries.firstPause = .seconds(settings.mail.firstRetry)
        configuration.retries.patience = .seconds(settings.mail.giveUpAfter)
        configuration.marksBounces = settings.mail.verp
        return configuration
    }

    /// The password is read here, once, as the service's user.
    private static func server(_ settings: Settings.SMTPSettings) throws -> SMTPServer {
        var server = SMTPServer(host: settings.host, port: settings.port)
        server.security = settings.tls
        server.certificates = settings.certificates
        server.timeout = .seconds(settings.timeout)
        if let user = settings.user, let file = settings.passwordFile {
            server.account = .init(user: user, password: try password(file))
        }
        return server
    }

    private static func password(_ file: FilePath) throws -> String {
        let key = "mail.smtp.passwordFile"
        let mode = try? FileManager.default.attributesOfItem(atPath: file.string)[.posixPermissions] as? Int
        guard let mode, let text = try? String(contentsOfFile: file.string, encoding: .utf8) else {
            throw ConfigurationMistake(key: key, mistake: "\(file) cannot be read by the service's user")
        }
        guard mode & 0o007 == 0 else {
            throw ConfigurationMistake(key: key, mistake: "\(file) is everybody's to read: chmod o= \(file)")
        }
        guard let line = text.split(whereSeparator: \.isNewline).first else {
            throw ConfigurationMistake(key: key, mistake: "\(file) is empty")
        }
        return String(line)
    }
}
