import ArchiveModel
import Catalog
import MailFormat
import Synchronization
import SystemPackage
import Testing

@testable import Mailer

/// Mails that come back.
struct BounceTests {
    @Test func theSenderTellsWhichMailItWas() throws {
        let from = try #require(MailAddress("Slipway <slipway@ppa.example.org>"))
        let sender = EnvelopeSender(mail: 17, token: EnvelopeSender.newToken())
        let address = sender.address(in: from)
        #expect(address == "slipway+17.\(sender.token)@ppa.example.org")
        #expect(MailAddress(address).flatMap { EnvelopeSender($0) } == sender)
        #expect(EnvelopeSender.newToken() != EnvelopeSender.newToken())
    }

    @Test(arguments: [
        "slipway@ppa.example.org", "slipway+17@ppa.example.org", "slipway+17.x@ppa.example.org",
        "17.0123456789abcdef@ppa.example.org", "slipway+-1.0123456789abcdef@ppa.example.org",
        "slipway+17.0123456789abcde!@ppa.example.org", "slipway+17.0123456789abcdef.x@ppa.example.org",
    ])
    func otherAddressesTellOfNone(_ address: String) throws {
        #expect(EnvelopeSender(try #require(MailAddress(address))) == nil)
    }

    @Test func identitiesComeBackFromMessageIDs() throws {
        let writer = try LetterWriter(ExampleLetters.configuration)
        let report = ExampleLetters.upload(try ExampleLetters.verdict(.accepted))
        for identity in ["upload-17-accepted", "a:1", "a=3A1", "ä b", "\u{1}"] {
            let id = try writer.mail(for: ExampleLetters.letter(.verdict(report), identity: identity), date: 0)
                .messageID
            #expect(LetterWriter.identity(of: id, host: "ppa.example.org") == identity)
            #expect(LetterWriter.identity(of: id, host: "example.org") == nil)
        }
    }

    @Test func aMailThatCameBackIsDead() async throws {
        try await withTemporaryFolder { folder in
            var outbox = OutboxTests.Outbox(catalog: try Catalog(path: folder.appending("catalog").string))
            outbox.marksBounces = true
            try await outbox.queue("a", "b")
            let transport = OutboxTests.MemoryTransport()
            try await outbox.service(transport).deliverDue()
            let senders = transport.parcels.withLock { $0.compactMap { MailAddress($0.sender) } }
                .compactMap { EnvelopeSender($0) }.sorted { $0.mail < $1.mail }
            try #require(senders.map(\.mail) == [1, 2] && senders[0].token != senders[1].token)
            let catalog = outbox.catalog
            func bounce(_ mail: Catalog.BouncedMail, final: Bool = true) async throws -> Int64? {
                try await catalog.recordBounce(mail, isFinal: final, cause: "550 no such user", now: 20_000)
            }
            #expect(try await bounce(.number(1, token: senders[1].token)) == nil)
            #expect(try await bounce(.number(1, token: senders[0].token), final: false) == 1)
            #expect(try await catalog.letter(1)?.state == .sent)
            #expect(try await bounce(.number(1, token: senders[0].token)) == 1)
            #expect(try await catalog.letter(1)?.state == .dead)
            #expect(try await catalog.letter(1)?.lastError == "It came back: 550 no such user")
            for _ in 0..<20 { #expect(try await bounce(.identity("b")) == 2) }
            try await catalog.addPerson(
                try #require(OwnerName("alice")), mail: try #require(MailAddress("Alice Liddell <alice@example.org>")),
                keys: [], now: 1)
            let alice = try #require(try await catalog.people().first)
            #expect(
                try await catalog.bounces(of: alice, limit: 99).map(\.mail) == Array(repeating: 2, count: 10) + [1, 1])
            #expect(try await bounce(.identity("c")) == nil)
        }
    }
}
