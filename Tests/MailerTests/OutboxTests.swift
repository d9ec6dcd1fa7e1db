import ArchiveModel
import Catalog
import DurableFiles
import Foundation
import Logging
import MailFormat
import ServiceLifecycle
import Synchronization
import SystemPackage
import Testing

@testable import Mailer

/// Catalog, service and transport together.
struct OutboxTests {
    /// Takes mails into a list, or refuses them.
    final class MemoryTransport: MailTransport {
        let parcels = Mutex<[Parcel]>([])
        let refuses: Mutex<Bool>
        let refusesForGood: Bool
        let arrived = AsyncStream<Parcel>.makeStream()

        private let refusesNext: Mutex<Bool>

        init(refuses: Bool = false, forGood: Bool = false, refusesFirst: Bool = false) {
            self.refuses = Mutex(refuses)
            refusesForGood = forGood
            refusesNext = Mutex(refusesFirst)
        }

        func deliver(_ parcel: Parcel) async throws(DeliveryFailure) {
            let refusesThis = refusesNext.withLock { next in
                defer { next = false }
                return next
            }
            guard !refusesThis, !refuses.withLock({ $0 }) else {
                throw DeliveryFailure("No.", isPermanent: refusesForGood)
            }
            parcels.withLock { $0.append(parcel) }
            arrived.continuation.yield(parcel)
        }
    }

    final class TestTime: Sendable {
        private let seconds: Mutex<Int64>
        init(_ start: Int64 = 10_000) { seconds = Mutex(start) }
        var now: Int64 { seconds.withLock { $0 } }
        func pass(_ more: Int64) { seconds.withLock { $0 += more } }
    }

    struct Outbox {
        let catalog: Catalog
        let time = TestTime()
        var rate: LetterRate?
        var marksBounces = false

        func service(_ transport: any MailTransport) throws -> MailerService {
            let time = time
            var configuration = try ExampleLetters.configuration
            configuration.rate = rate
            configuration.marksBounces = marksBounces
            return try MailerService(
                catalog: catalog, transport: transport, configuration: configuration,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { time.now })
        }

        func queue(_ identities: String...) async throws {
            let report = ExampleLetters.upload(try ExampleLetters.verdict(.accepted))
            let letters = try identities.map { try ExampleLetters.letter(.verdict(report), identity: $0) }
            try await catalog.queue(letters, now: time.now)
        }
    }

    private func withOutbox(_ body: (Outbox) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try await body(Outbox(catalog: try Catalog(path: folder.appending("catalog").string)))
        }
    }

    /// Long before the next sweep.
    @Test(.timeLimit(.minutes(1)))
    func aLetterIsTriedAgainWhenItIsDue() async throws {
        try await withTemporaryFolder { folder in
            var configuration = try ExampleLetters.configuration
            configuration.retries.firstPause = .seconds(1)
            configuration.sweepInterval = .seconds(3600)
            let catalog = try Catalog(path: folder.appending("catalog").string)
            let report = ExampleLetters.upload(try ExampleLetters.verdict(.accepted))
            let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
            try await catalog.queue([ExampleLetters.letter(.verdict(report), identity: "late")], now: now())
            let transport = MemoryTransport(refusesFirst: true)
            let service = try MailerService(
                catalog: catalog, transport: transport, configuration: configuration,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: now)
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await service.run() }
                var arrivals = transport.arrived.stream.makeAsyncIterator()
                #expect(await arrivals.next()?.identity == "late")
                group.cancelAll()
            }
        }
    }

    @Test func lettersLeaveInOrderAndOnce() async throws {
        try await withOutbox { outbox in
            try await outbox.queue("a", "b", "c", "a", "d", "e", "f")
            let transport = MemoryTransport()
            #expect(try await outbox.service(transport).deliverDue() == .init(sent: 6))
            try await outbox.queue("a")
            #expect(try await outbox.service(transport).deliverDue() == .init())
            let taken = transport.parcels.withLock { $0.map(\.identity) }
            #expect(Set(taken.prefix(4)) == ["a", "b", "c", "d"] && Set(taken.dropFirst(4)) == ["e", "f"])
            #expect(
                try await outbox.catalog.letters(.sent, limit: 10).map(\.identity) == ["f", "e", "d", "c", "b", "a"])
        }
    }

    @Test func whatDoesNotLeaveWaitsLongerEachTime() async throws {
        try await withOutbox { outbox in
            try await outbox.queue("a")
            let transport = MemoryTransport(refuses: true)
            for pause in [60, 120, 240] as [Int64] {
                #expect(try await outbox.service(transport).deliverDue() == .init(postponed: 1))
                let entry = try #require(try await outbox.catalog.letters(.queued, limit: 1).first)
                #expect(entry.nextAttempt == outbox.time.now + pause && entry.lastError == "No.")
                outbox.time.pass(pause - 1)
                #expect(try await outbox.service(transport).deliverDue() == .init())
                outbox.time.pass(1)
            }
            transport.refuses.withLock { $0 = false }
            #expect(try await outbox.service(transport).deliverDue() == .init(sent: 1))
        }
    }

    @Test func afterFiveDaysALetterIsDeadUntilItIsSentAgain() async throws {
        try await withOutbox { outbox in
            try await outbox.queue("a")
            let transport = MemoryTransport(refuses: true)
            var rounds = 0
            while try await outbox.service(transport).deliverDue() == .init(postponed: 1), rounds < 100 {
                outbox.time.pass(4 * 3600)
                rounds += 1
            }
            let entry = try #require(try await outbox.catalog.letters(.dead, limit: 1).first)
            #expect(rounds == 36 && entry.attempts == 37)
            try await outbox.catalog.resend(entry.id, now: outbox.time.now)
            transport.refuses.withLock { $0 = false }
            #expect(try await outbox.service(transport).deliverDue() == .init(sent: 1))
            await #expect(throws: Conflict.self) { try await outbox.catalog.resend(99, now: 0) }
        }
    }

    @Test func whatIsRefusedForGoodIsDeadAtOnce() async throws {
        try await withOutbox { outbox in
            try await outbox.queue("a", "b")
            let transport = MemoryTransport(refuses: true, forGood: true)
            #expect(try await outbox.service(transport).deliverDue() == .init(dead: 2))
            #expect(try await outbox.catalog.letters(.dead, limit: 9).map(\.lastError) == ["No.", "No."])
            transport.refuses.withLock { $0 = false }
            #expect(try await outbox.service(transport).deliverDue() == .init())
            #expect(try await outbox.catalog.resendDead(now: outbox.time.now) == 2)
            #expect(try await outbox.service(transport).deliverDue() == .init(sent: 2))
            #expect(try await outbox.catalog.resendDead(now: outbox.time.now) == 0)
        }
    }

    /// The mailer died after the transport took the mail and before it was written down.
    @Test func aCrashMakesNoSecondMail() async throws {
        try await withTemporaryFolder { folder in
            let outbox = Outbox(catalog: try Catalog(path: folder.appending("catalog").string))
            try await outbox.queue("a")
            let maildir = try MaildirTransport(maildir: folder.appending("mail"))
            let claimed = try await outbox.catalog.claimDueLetters(
                limit: 1, lease: outbox.time.now + 90, now: outbox.time.now, token: { "t" })
            let letter = try #require(claimed.first?.letter)
            let mail = try LetterWriter(ExampleLetters.configuration).mail(for: letter, date: outbox.time.now)
            try await maildir.deliver(
                Parcel(
                    number: 1, identity: "a", recipient: letter.recipient, sender: "b@example.org",
                    created: outbox.time.now, isRepeated: false, message: mail.rendered()))
            #expect(try await outbox.service(maildir).deliverDue() == .init())
            outbox.time.pass(90)
            #expect(try await outbox.service(maildir).deliverDue() == .init(sent: 1))
            #expect(try Folder(opening: folder.appending("mail/new")).entries().count == 1)
        }
    }

    @Test func severalMailersShareTheWork() async throws {
        try await withOutbox { outbox in
            for number in 0..<40 { try await outbox.queue("letter-\(number)") }
            let transport = MemoryTransport()
            try await withThrowingDiscardingTaskGroup { group in
                for _ in 0..<3 { group.addTask { try await outbox.service(transport).deliverDue() } }
            }
            let taken = transport.parcels.withLock { $0.map(\.identity) }
            #expect(taken.count == 40 && Set(taken).count == 40)
        }
    }

    @Test func theServiceWakesOnAHintAndStopsWhenToldTo() async throws {
        try await withOutbox { outbox in
            let transport = MemoryTransport()
            let service = try outbox.service(transport)
            let group = ServiceGroup(
                services: [service], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await outbox.queue("before")
            try await withThrowingDiscardingTaskGroup { tasks in
                tasks.addTask { try await group.run() }
                var arrivals = transport.arrived.stream.makeAsyncIterator()
                #expect(await arrivals.next()?.identity == "before")
                try await outbox.queue("after")
                service.wake()
                #expect(await arrivals.next()?.identity == "after")
                await group.triggerGracefulShutdown()
            }
            #expect(try await outbox.catalog.letters(.sent, limit: 9).count == 2)
        }
    }
}
