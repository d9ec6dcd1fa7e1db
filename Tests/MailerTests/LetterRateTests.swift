import ArchiveModel
import Catalog
import Foundation
import MailFormat
import Synchronization
import SystemPackage
import Testing

@testable import Mailer

/// More mails than a person is sent within an hour.
struct LetterRateTests {
    private func withOutbox(_ letters: Int64, _ body: (OutboxTests.Outbox) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            var outbox = OutboxTests.Outbox(catalog: try Catalog(path: folder.appending("catalog").string))
            outbox.rate = LetterRate(letters: letters, time: 3600, held: 3)
            try await body(outbox)
        }
    }

    private func identities(_ transport: OutboxTests.MemoryTransport) -> [String] {
        transport.parcels.withLock { $0.map { $0.identity.hasPrefix("collected-") ? "collected" : $0.identity } }
    }

    @Test func whatIsAboveComesInOneMail() async throws {
        try await withOutbox(3) { outbox in
            try await outbox.queue("a", "b", "c", "d", "e")
            let transport = OutboxTests.MemoryTransport()
            #expect(try await outbox.service(transport).deliverDue() == .init(sent: 3))
            #expect(Set(identities(transport)) == ["a", "b", "collected"])
            let entries = try await outbox.catalog.letters(limit: 9)
            let holder = try #require(entries.first { $0.identity.hasPrefix("collected-") })
            #expect(entries.filter { $0.collectedIn == holder.id }.map(\.identity) == ["e", "d", "c"])
            #expect(entries.allSatisfy { $0.state == .sent })
            let parcels = transport.parcels.withLock { $0 }
            let mail = String(
                decoding: try #require(parcels.first { $0.number == holder.id }).message, as: UTF8.self)
            #expect(mail.contains("Subject: [ppa.example.org] 3 mails in one"))
            #expect(mail.contains("\n3. [~alice/debian/tools/bookworm] hello 2.10-3 (Accepted)\n"))
            #expect(mail.components(separatedBy: "Say <hello> & \"goodbye\".").count == 4, "all of each of them")
            #expect(mail.components(separatedBy: "You get this mail").count == 2)
        }
    }

    /// The mail server may have taken it before it was heard of: within another letter it would be a second copy.
    @Test func whatWasTriedBeforeGoesByItself() async throws {
        try await withOutbox(1) { outbox in
            try await outbox.queue("a")
            let now = outbox.time.now
            let claimed = try await outbox.catalog.claimDueLetters(limit: 9, lease: 10, now: now, token: { "t" })
            #expect(claimed.count == 1, "and the mailer dies")
            outbox.time.pass(60)
            try await outbox.queue("b", "c")
            let transport = OutboxTests.MemoryTransport()
            _ = try await outbox.service(transport).deliverDue()
            #expect(identities(transport).sorted() == ["a", "collected"])
        }
    }

    @Test func whenTheRateIsUsedUpMailsWait() async throws {
        try await withOutbox(2) { outbox in
            let transport = OutboxTests.MemoryTransport()
            try await outbox.queue("a")
            #expect(try await outbox.service(transport).deliverDue() == .init(sent: 1))
            outbox.time.pass(600)
            try await outbox.queue("b")
            #expect(try await outbox.service(transport).deliverDue() == .init(sent: 1))
            for identity in ["c", "d"] {
                try await outbox.queue(identity)
                outbox.time.pass(60)
                #expect(try await outbox.service(transport).deliverDue() == .init())
            }
            #expect(try await outbox.catalog.letters(.queued, limit: 9).allSatisfy { $0.nextAttempt == 13_600 })
            outbox.time.pass(3600 - 720)
            #expect(try await outbox.service(transport).deliverDue() == .init(sent: 1))
            #expect(identities(transport) == ["a", "b", "collected"])
            outbox.time.pass(3600)
            try await outbox.queue("e")
            #expect(try await outbox.service(transport).deliverDue() == .init(sent: 1))
        }
    }

    /// Whatever happens, each letter is sent, by itself or in another, and never more than the rate within the time.
    @Test func nothingIsLostAndTheRateHolds() async throws {
        try await withOutbox(2) { outbox in
            let transport = OutboxTests.MemoryTransport()
            var sent: [Int64] = []
            for number in 0..<40 {
                try await outbox.queue("letter-\(number)")
                transport.refuses.withLock { $0 = number % 5 == 3 }
                outbox.time.pass(Int64(number * 37 % 400))
                let round = try await outbox.service(transport).deliverDue()
                sent += Array(repeating: outbox.time.now, count: round.sent)
                #expect(sent.count { $0 > outbox.time.now - 3600 } <= 2)
            }
            transport.refuses.withLock { $0 = false }
            while try await outbox.catalog.nextLetterDue() != nil {
                outbox.time.pass(1800)
                try await outbox.service(transport).deliverDue()
            }
            let letters = try await outbox.catalog.letters(.sent, limit: 1000)
            let told = letters.filter { $0.collectedIn == nil }.flatMap { entry -> [String] in
                guard case .collected(let held)? = entry.letter?.content else { return [entry.identity] }
                return held.map(\.identity)
            }
            #expect(Set(told) == Set((0..<40).map { "letter-\($0)" }) && told.count == 40)
        }
    }
}
