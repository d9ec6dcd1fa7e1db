import ArchiveModel
import SystemPackage
import Testing

@testable import Mailer

/// libcurl against a mail server that does as it is told.
@Suite(.timeLimit(.minutes(10))) struct SMTPTransportTests {
    private func parcel(_ message: String = "Subject: s\n\n.\n..two\nText\n", to recipient: String = "bob@example.org")
        throws -> Parcel
    {
        Parcel(
            number: 1, identity: "i", recipient: try #require(MailAddress(recipient)), sender: "a+17@ppa.example.org",
            created: 0, isRepeated: false, message: Array(message.utf8))
    }

    private func transport(_ server: SMTPServer) -> SMTPTransport {
        SMTPTransport(server: server, name: "ppa.example.org", deliveriesAtOnce: 1)
    }

    @Test func theServerGetsTheMail() async throws {
        try await TestMailServer.run { test in
            try await transport(test.server).deliver(try parcel())
            let expected = [
                "EHLO ppa.example.org", "MAIL FROM:<a+17@ppa.example.org> SIZE=30", "RCPT TO:<bob@example.org>", "DATA",
            ]
            #expect(Array(test.commands.prefix(4)) == expected)
            #expect(test.text("mail-1") == "Subject: s\r\n\r\n.\r\n..two\r\nText\r\n")
        }
    }

    @Test func mailsOfARoundShareAConnection() async throws {
        try await TestMailServer.run(["--reply", "RCPT1=451 4.3.0 later"]) { test in
            let transport = transport(test.server)
            await #expect(throws: DeliveryFailure.self) { try await transport.deliver(parcel()) }
            for _ in 0..<5 { try await transport.deliver(parcel()) }
            #expect(test.log.count { $0 == "connection" } == 2, "one that failed is not used again")
            await transport.rest()
            try await transport.deliver(parcel())
            #expect(test.log.count { $0 == "connection" } == 3)
            #expect(test.commands.contains("QUIT") && test.text("mail-6") != "")
        }
    }

    struct Answer: CustomTestStringConvertible, Sendable {
        let reply: String
        let isPermanent: Bool
        let says: String
        var testDescription: String { reply }

        init(_ reply: String, permanent: Bool = false, _ says: String) {
            self.reply = reply
            isPermanent = permanent
            self.says = says
        }
    }

    @Test(arguments: [
        Answer("RCPT=550 5.1.1 no such user", permanent: true, "answered RCPT with \"550 5.1.1 no such user\""),
        Answer("MAIL=552 5.3.4 too large", permanent: true, "answered MAIL with \"552 5.3.4 too large\""),
        Answer("DATA=554 5.5.1 none of them", permanent: true, "answered DATA with"),
        Answer("END=554 5.7.1 spam", permanent: true, "answered DATA with \"554 5.7.1 spam\""),
        Answer("RCPT=450 4.2.0 greylisted", "answered RCPT with \"450 4.2.0 greylisted\""),
        Answer("MAIL=530 5.7.0 Must issue a STARTTLS command first", "answered MAIL with \"530"),
        Answer("END=451 4.3.0 disk full", "answered DATA with \"451 4.3.0 disk full\""),
        Answer("CONNECT=554 5.3.2 not today", "it greeted with \"554 5.3.2 not today\""),
        Answer("CONNECT=drop", "127.0.0.1, port"),
        Answer("RCPT=drop", "127.0.0.1, port"),
        Answer("END=drop", "127.0.0.1, port"),
    ])
    func refusalsAreToldApart(_ row: Answer) async throws {
        try await TestMailServer.run(["--reply", row.reply]) { test in
            let failure = await #expect(throws: DeliveryFailure.self) {
                try await transport(test.server).deliver(try parcel())
            }
            #expect(failure?.isPermanent == row.isPermanent)
            #expect(failure?.description.contains(row.says) == true, "\(failure?.description ?? "")")
        }
    }

    @Test func nobodyAtThePortIsTransient() async throws {
        let failure = await #expect(throws: DeliveryFailure.self) {
            try await transport(SMTPServer(host: "127.0.0.1", port: 1)).deliver(try parcel())
        }
        #expect(failure?.isPermanent == false && failure?.description.contains("port 1") == true)
    }

    @Test func aSilentServerIsLeft() async throws {
        try await TestMailServer.run(["--reply", "MAIL=250-and"]) { test in
            var server = test.server
            server.timeout = .milliseconds(500)
            let failure = await #expect(throws: DeliveryFailure.self) {
                try await transport(server).deliver(try parcel())
            }
            #expect(failure?.isPermanent == false && failure?.description.contains("Timeout") == true)
        }
    }

    // MARK: TLS and logins

    @Test(arguments: SMTPServer.Security.allCases, [[], ["--tls"], ["--implicit"]])
    func theConnectionIsAsSecretAsAsked(_ security: SMTPServer.Security, _ offers: [String]) async throws {
        try await TestMailServer.run(offers) { test in
            var server = test.server
            server.security = security
            server.timeout = .seconds(2)
            let isSecured = security == .offered && offers == ["--tls"] || security == .required && offers == ["--tls"]
            let goes = isSecured || [.off, .offered].contains(security) && offers != ["--implicit"]
            if goes || security == .implicit && offers == ["--implicit"] {
                try await transport(server).deliver(try parcel())
                #expect(test.commands.contains("STARTTLS") == isSecured)
            } else {
                await #expect(throws: DeliveryFailure.self) { try await transport(server).deliver(try parcel()) }
                #expect(test.text("mail-1") == "")
            }
        }
    }

    @Test(arguments: [SMTPServer.Security.required, .implicit, .offered])
    func anotherCertificateIsNotTaken(_ security: SMTPServer.Security) async throws {
        try await TestMailServer.run([security == .implicit ? "--implicit" : "--tls"]) { test in
            var server = test.server
            server.security = security
            server.certificates = "/etc/ssl/certs/ca-certificates.crt"
            if security == .offered { return try await transport(server).deliver(try parcel()) }
            let failure = await #expect(throws: DeliveryFailure.self) {
                try await transport(server).deliver(try parcel())
            }
            #expect(failure?.isPermanent == false && failure?.description.contains("certificate") == true)
            #expect(!test.commands.contains { $0.hasPrefix("MAIL") })
        }
    }

    @Test func aLoginLetsIn() async throws {
        try await TestMailServer.run(["--tls", "--must-login"]) { test in
            var server = test.server
            server.security = .required
            let failure = await #expect(throws: DeliveryFailure.self) {
                try await transport(server).deliver(try parcel())
            }
            #expect(failure?.isPermanent == false, "the settings lack a login, which is not the mail's fault")
            server.account = .init(user: "archive", password: "se cret")
            try await transport(server).deliver(try parcel())
            #expect(test.commands.contains { $0.hasPrefix("AUTH PLAIN") })
        }
        try await TestMailServer.run(["--tls", "--must-login", "--reply", "AUTH=535 5.7.8 wrong"]) { test in
            var server = test.server
            server.account = .init(user: "archive", password: "wrong")
            let failure = await #expect(throws: DeliveryFailure.self) {
                try await transport(server).deliver(try parcel())
            }
            #expect(failure?.isPermanent == false && failure?.description.contains("d3Jvbmc") == false)
        }
    }
}
