import DebianControl
import Testing

@testable import Intake

@Suite struct SessionHintsTests {
    private let hints = SessionHints()
    private let one = FileName("one")!
    private let other = FileName("other")!

    private func next() async -> SessionHints.Arrival? {
        var arrivals = hints.arrivals.makeAsyncIterator()
        return await arrivals.next()
    }

    @Test func aHintIsNewsOnceItWasTaken() async throws {
        for _ in 0..<2 { hints.add(one) }
        hints.add(other)
        let first = try #require(await next())
        #expect(first == .init(session: one, isFound: false))
        #expect(await next()?.session == other)
        hints.taken(first)
        hints.add(one)
        #expect(await next() == first)
    }

    @Test func whatASweepFindsOfASessionAtWorkIsLookedForAgain() async throws {
        hints.found(one, isDue: true)
        let first = try #require(await next())
        #expect(first == .init(session: one, isFound: true))
        hints.taken(first)
        hints.found(one, isDue: true)
        hints.found(other, isDue: false)
        #expect(await next()?.session == other)
        #expect(hints.done(first))
        hints.found(one, isDue: false)
        #expect(await next() == first)
        hints.found(one, isDue: false)
        #expect(!hints.done(first), "it has landed, and was judged")
    }

    @Test func aSessionIsAtWorkUntilTheLastHasDoneWithIt() async throws {
        hints.found(one, isDue: true)
        hints.add(one)
        let (found, hinted) = (try #require(await next()), try #require(await next()))
        hints.found(one, isDue: true)
        #expect(!hints.done(found) && hints.done(hinted))
    }
}
