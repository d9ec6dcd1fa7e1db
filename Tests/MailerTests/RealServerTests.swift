import ArchiveModel
import Catalog
import Foundation
import Logging
import MailFormat
import Subprocess
import SystemPackage
import Testing

@testable import Mailer

/// Mails through mail servers as Debian has them, into a reader as Debian has it. Unpacked by scripts/deps.
private let servers = ProcessInfo.processInfo.environment["MAIL_SERVERS"] ?? ""
private func has(_ program: String) -> Bool { getuid() == 0 && access("\(servers)/\(program)", X_OK) == 0 }
private let hasPostfix = has("postfix/usr/lib/postfix/sbin/master")
private let hasOpenSMTPD = has("opensmtpd/usr/sbin/smtpd")
private let hasMutt = has("mutt/usr/bin/mutt")

@Suite(.serialized, .timeLimit(.minutes(10))) struct RealServerTests {
    /// A mail server that listens, and letters on their way to it.
    private struct Server: Sendable {
        let folder: FilePath
        let catalog: Catalog
        let port: Int

        var security = SMTPServer.Security.required
        /// Mails go through the server's sendmail(8), and not by SMTP.
        var hasSendmail = false

        /// Sends what is queued.
        func deliver() async throws -> MailerService.Round {
            var configuration = try ExampleLetters.configuration
            configuration.marksBounces = true
            return try await MailerService(
                catalog: catalog, transport: transport,
                configuration: configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                now: { 1_796_000_000 }
            ).deliverDue()
        }

        private var transport: any MailTransport {
            if hasSendmail { return SendmailTransport(program: folder.appending("sendmail")) }
            var server = SMTPServer(host: "127.0.0.1", port: port)
            server.security = security
            server.certificates = folder.appending("cert.pem")
            return SMTPTransport(server: server, name: "ppa.example.org", deliveriesAtOnce: 4)
        }

        /// Waits until there are as many.
        func files(_ place: String, _ count: Int) async throws -> [String] {
            while true {
                let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(place)")) ?? []
                if names.count >= count { return names.sorted() }
                try await Task.sleep(for: .milliseconds(50))
            }
        }

        func bytes(_ file: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
        }
    }

    private static let program = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/mail-servers").path()

    private func run(_ name: String, _ body: @Sendable (Server) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let kept = try await Subprocess.run(
                .path(FilePath(Self.program)), arguments: [name, folder.string], input: .inputWriter,
                output: .discarded, error: .discarded
            ) { keeper in
                let outcome = await outcome(folder, body)
                try await keeper.standardInputWriter.finish()
                return outcome
            }
            try kept.closureResult.get()
        }
    }

    private func outcome(
        _ folder: FilePath, _ body: @Sendable (Server) async throws -> Void
    ) async -> Result<Void, any Error> {
        do {
            var port: Int?
            while port == nil {
                let text = (try? String(contentsOfFile: "\(folder)/port", encoding: .utf8)) ?? ""
                port = Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
                try await Task.sleep(for: .milliseconds(50))
            }
            let catalog = try Catalog(path: folder.appending("catalog").string)
            return .success(try await body(Server(folder: folder, catalog: catalog, port: port ?? 0)))
        } catch {
            return .failure(error)
        }
    }

    /// Two versions of hello, the first in three mails; words of other scripts in name, subject and text.
    private func letters(to recipient: String = "Ærø Müller, 日本 <alice@example.org>") throws -> [Letter] {
        let recipient = try #require(MailAddress(recipient))
        func letter(_ content: Letter.Content, _ identity: String) -> Letter {
            Letter(to: recipient, identity: identity, content: content, reason: "you signed it")
        }
        let rejected = try ExampleLetters.verdict(.rejected, findings: [ExampleLetters.mistake])
        var next = try ExampleLetters.verdict(.accepted)
        next.version = "2.10-4"
        let finding = Finding(.wrongSize, "Die Größe ist falsch: 日本語 ✓.", file: "größe.dsc")
        let other = UploadReport(
            upload: 3, changesName: "größe_1_source.changes", verdict: Verdict(.rejected, findings: [finding]))
        let build = BuildReport(
            build: 5, archive: try #require(ArchiveReference("~alice/debian/tools")),
            suite: try #require(SuiteName("bookworm")), package: "hello", version: "2.10-3", architecture: "amd64",
            duration: 200, cause: "The build failed at stage build.", logTail: "")
        return [
            letter(.verdict(ExampleLetters.upload(rejected)), "upload-1-rejected"),
            letter(.verdict(ExampleLetters.upload(next)), "upload-4-accepted"),
            letter(.verdict(ExampleLetters.upload(try ExampleLetters.verdict(.accepted))), "upload-2-accepted"),
            letter(.verdict(other), "upload-3-rejected"), letter(.buildFailed(build), "build-5-failed"),
        ]
    }

    /// As they were queued, with the words that went in.
    private func expectMails(_ server: Server) async throws {
        let letters = try letters()
        try await server.catalog.queue(letters, now: 1_796_000_000)
        #expect(try await server.deliver() == .init(sent: letters.count))
        let mails = try await server.files("mail/alice/new", letters.count).map {
            try server.bytes("mail/alice/new/\($0)")
        }
        let read = try mails.map { try IncomingMail(parsing: $0) }
        #expect(Set(read.compactMap { $0.messageID?.text }) == Set(letters.map { "\($0.identity)@ppa.example.org" }))
        #expect(read.contains { $0.subject.text == "[ppa.example.org] größe_1_source.changes (Rejected)" })
        let script = """
            import sys, email, email.policy
            m = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
            assert not m.defects, m.defects
            print(m["To"].addresses[0].display_name, "Die Größe ist falsch: 日本語 ✓." in m.get_content())
            """
        let other = try #require(mails.first { String(decoding: $0, as: UTF8.self).contains("upload-3-rejected") })
        let python = try await Subprocess.run(
            .name("python3"), arguments: ["-c", script], environment: .inherit.updating(["PYTHONUTF8": "1"]),
            input: .array(other), output: .string(limit: 4096), error: .string(limit: 4096))
        #expect(python.standardOutput == "Ærø Müller, 日本 True\n", "\(python.standardError)")
    }

    @Test(.enabled(if: hasPostfix, "It needs root, and Postfix in MAIL_SERVERS."))
    func postfixDeliversAndMuttShowsThreads() async throws {
        try await run("postfix") { server in
            try await expectMails(server)
            guard hasMutt else { return }
            let mutt = try await Subprocess.run(
                .path(FilePath(Self.program)), arguments: ["mutt", "\(server.folder)/mail/alice"],
                output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
            let screen = mutt.standardOutput
            // Of the thread's mails the first shows its subject after the line to the root nobody wrote, and so do the others.
            let subjects = [
                "hello 2.10-3 (Rejected)", "hello 2.10-3 (Accepted)", "hello 2.10-3 on amd64 (Build failed)",
            ]
            let rows = screen.matches(of: /\|(\d+)\|([^|]*)/).map { (number: $0.1, line: String($0.2)) }
            let inThread = subjects.compactMap { subject in rows.first { $0.line.contains(subject) }?.number }
            #expect(inThread.sorted() == ["1", "2", "3"], "\(screen)")
            #expect(rows.contains { $0.number == "1" && $0.line.contains("2.10-4") }, "a thread of its own: \(screen)")
            #expect(screen.contains("größe_1_source.changes (Rejected)"), "\(screen)")
        }
    }

    @Test(.enabled(if: hasPostfix, "It needs root, and Postfix in MAIL_SERVERS."))
    func postfixTakesMailsFromItsSendmail() async throws {
        try await run("postfix") { server in
            var server = server
            server.hasSendmail = true
            try await expectMails(server)
        }
    }

    @Test(.enabled(if: hasPostfix, "It needs root, and Postfix in MAIL_SERVERS."))
    func whatPostfixSendsBackIsKnown() async throws {
        try await run("postfix") { server in
            try await server.catalog.queue([try letters(to: "nobody@example.org")[0]], now: 1_796_000_000)
            #expect(try await server.deliver() == .init(sent: 1))
            let address = try #require(try await server.files("mail/bounces", 1).first)
            let sender = try #require(MailAddress(address).flatMap { EnvelopeSender($0) })
            let mail = try server.bytes("mail/bounces/\(address)")
            let bounce = try #require(try BounceReport(parsing: mail))
            #expect(bounce.isFinal && bounce.cause.text.contains("unknown user"))
            #expect(
                bounce.messageIDs.contains {
                    LetterWriter.identity(of: $0, host: "ppa.example.org") == "upload-1-rejected"
                })
            #expect(try IncomingMail(parsing: mail).isAutomatic)
            let number = try await server.catalog.recordBounce(
                .number(sender.mail, token: sender.token), isFinal: true, cause: bounce.cause.text, now: 1_796_000_100)
            #expect(number == 1)
            #expect(
                try await server.catalog.letters(.dead, limit: 1).first?.lastError?.contains("unknown user") == true)
        }
    }

    @Test(.enabled(if: hasOpenSMTPD, "It needs root, and OpenSMTPD in MAIL_SERVERS."))
    func openSMTPDDelivers() async throws {
        try await run("opensmtpd") { server in
            var server = server
            server.security = .off
            try await expectMails(server)
        }
    }
}
