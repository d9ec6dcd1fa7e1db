import ArchiveModel
import Catalog
import Logging
import ServiceLifecycle
import Testing

@testable import Publisher

/// One archive's trouble is its own.
@Suite struct IsolationTests {
    private let broken = ArchiveReference("~alice/debian/broken")!
    private let stranger = Fingerprint(String(repeating: "A", count: 40))!

    @Test func anArchiveThatFailsStopsNoOtherAndGoesOnWaiting() async throws {
        try await World.with { world in
            try await world.makeArchive(broken, key: stranger)
            let reports = try await world.publisher { $0.archivesAtOnce = 1 }.publishOnce()
            #expect(reports.map(\.archive) == [broken, World.tools])
            #expect(reports[1].outcome == .published([SuiteName("bookworm")!]))
            guard case .failed(let sentence) = reports[0].outcome else { return #expect(Bool(false), "\(reports)") }
            #expect(sentence.contains(stranger.text))
            #expect(try await world.catalog.suitesAwaitingPublication().map(\.archive) == [broken])
        }
    }

    @Test func anArchiveIsPublishedByOneAtATime() async throws {
        try await World.with { world in
            let reports = try await ArchiveLock.holding(world.tree()) { try await world.publisher().publishOnce() }
            #expect(reports?.map(\.outcome) == [.busy])
            #expect(try await world.publisher().publishOnce().map(\.outcome) == [.published([SuiteName("bookworm")!])])
        }
    }

    @Test func anUnknownArchiveIsTold() async throws {
        try await World.with { world in
            await #expect(throws: Conflict.self) { try await world.publisher().publishOnce(archives: [broken]) }
        }
    }

    @Test func theServicePublishesWhenWokenAndEndsWhenTold() async throws {
        try await World.with { world in
            let (told, teller) = AsyncStream.makeStream(of: String.self)
            let logger = Logger(label: "test") { _ in TellingLog(teller: teller) }
            // Only hints wake it after the first round.
            let service = PublisherService(world.publisher(logger: logger) { $0.sweepInterval = .seconds(86_400) })
            let group = ServiceGroup(services: [service], logger: logger)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                var messages = told.makeAsyncIterator()
                while let message = await messages.next(), message != "published" {}
                try await world.upload("hello", "1.0")
                service.wake()
                while let message = await messages.next(), message != "published" {}
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            #expect(try world.files("pool").count == 2)
        }
    }
}

/// Passes on what is logged.
private struct TellingLog: LogHandler {
    let teller: AsyncStream<String>.Continuation
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { teller.yield("\(event.message)") }
}
