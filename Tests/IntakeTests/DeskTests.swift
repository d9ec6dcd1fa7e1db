import DebianControl
import Synchronization
import Testing

@testable import Intake

@Suite struct DeskTests {
    private let session = FileName("a")!

    /// Occupies the only place until the last of the others waits.
    private func order(of waiting: [(name: String, isUrgent: Bool)]) async -> [String] {
        let desk = Desk(places: 1)
        let done = Notes()
        let (goOn, going) = AsyncStream<Void>.makeStream()
        await withDiscardingTaskGroup { group in
            group.addTask { await desk.admitting(session) { for await _ in goOn { break } } }
            while await !desk.isBusy { await Task.yield() }
            for (count, next) in waiting.enumerated() {
                group.addTask {
                    await desk.admitting(FileName(next.name)!, isUrgent: next.isUrgent) {
                        done.add(next.name)
                    }
                }
                while await desk.waitingCount < count + 1 { await Task.yield() }
            }
            going.yield()
        }
        return done.all
    }

    @Test func whoeverCameFirstGoesFirst() async {
        #expect(await order(of: [("x", false), ("y", false), ("a", false)]) == ["x", "y", "a"])
    }

    @Test func thoseAClientWaitsForGoBeforeTheOthers() async {
        #expect(await order(of: [("x", false), ("u", true), ("y", false), ("v", true)]) == ["u", "v", "x", "y"])
    }

    /// "a" waits for something slow: with one place, "b" would never come to its turn otherwise.
    @Test func whoStepsAsideGivesThePlaceToOthers() async {
        let desk = Desk(places: 1)
        let notes = Notes()
        let (done, isDone) = AsyncStream<Void>.makeStream()
        await withDiscardingTaskGroup { group in
            group.addTask {
                await desk.admitting(session) {
                    await desk.steppingAside(session) { for await _ in done { break } }
                    notes.add("a")
                }
            }
            while await !desk.isBusy { await Task.yield() }
            group.addTask { await desk.admitting(FileName("b")!) { notes.add("b") } }
            while notes.all.isEmpty { await Task.yield() }
            isDone.yield()
        }
        #expect(notes.all == ["b", "a"])
        #expect(await !desk.isBusy)
    }

    /// "a" is at the other desk's only place and "b" waits for it; "c" would be one too many there, and keeps its place here.
    @Test func whoWouldWaitBesideTooManyKeepsThePlace() async {
        let (desk, other) = (Desk(places: 1), Desk(places: 1))
        let notes = Notes()
        let (goOn, going) = AsyncStream<Void>.makeStream()
        await withDiscardingTaskGroup { group in
            @Sendable func visit(_ name: String, _ work: @escaping @Sendable () async -> Void) async {
                let session = FileName(name)!
                await desk.admitting(session) { await desk.visiting(other, atMost: 1, session, work) }
            }
            group.addTask { await visit("a") { for await _ in goOn { break } } }
            while await !other.isBusy { await Task.yield() }
            group.addTask { await visit("b") { notes.add("b") } }
            while await other.waitingCount < 1 { await Task.yield() }
            group.addTask { await visit("c") { notes.add("c") } }
            while await other.waitingCount < 2 { await Task.yield() }
            group.addTask { await desk.admitting(FileName("d")!) { notes.add("d") } }
            while await desk.waitingCount < 1 { await Task.yield() }
            going.yield()
        }
        #expect(notes.all == ["b", "c", "d"])
    }

    @Test func ofOneSessionThereIsOneAtATime() async {
        let desk = Desk(places: 8)
        let notes = Notes()
        await withDiscardingTaskGroup { group in
            for _ in 0..<50 {
                group.addTask {
                    await desk.admitting(session) {
                        notes.add("in")
                        await Task.yield()
                        notes.add("out")
                    }
                }
            }
        }
        #expect(notes.all == Array(repeating: ["in", "out"], count: 50).flatMap { $0 })
    }
}

/// Queues before which only some wait.
@Suite(.timeLimit(.minutes(5))) struct SlowQueueTests {
    /// "a" is at the only place and "b" may wait for it. "c" and "d" are put back, and judged once more when there is room; what is
    /// quick goes on meanwhile.
    @Test func whoComesWhenItIsFullIsPutBack() async throws {
        let (desk, queue) = (Desk(places: 1), SlowQueue(places: 1, waiting: 1))
        let notes = Notes()
        let (goOn, going) = AsyncStream<Void>.makeStream()
        try await withThrowingDiscardingTaskGroup { group in
            for (count, name) in ["a", "b", "c", "d"].enumerated() {
                group.addTask {
                    try await desk.judging(FileName(name)!) {
                        notes.add("read \(name)")
                        try await desk.visiting(queue, FileName(name)!) {
                            if name == "a" { for await _ in goOn { break } }
                            notes.add(name)
                        }
                    }
                }
                while await queue.taken + queue.countOutside < count + 1 { await Task.yield() }
            }
            #expect(await queue.countOutside == 2)
            await desk.admitting(FileName("quick")!) { notes.add("quick") }
            going.yield()
        }
        let done = notes.all.filter { !$0.hasPrefix("read") }
        #expect(done.prefix(3) == ["quick", "a", "b"] && done.count == 5)
        #expect(["a", "b", "c", "d"].map { name in notes.all.count { $0 == "read \(name)" } } == [1, 1, 2, 2])
        #expect(await queue.taken == 0)
    }

    /// "b" needs both queues, one within the other. Were it to keep a place in the one while it waits for the other, and somebody else the
    /// other way round, both would wait for ever.
    @Test func whoWaitsForOneKeepsNoPlaceInAnother() async throws {
        let (desk, outer, inner) = (
            Desk(places: 1), SlowQueue(places: 1, waiting: 0), SlowQueue(places: 1, waiting: 0)
        )
        let (x, b, y) = (FileName("x")!, FileName("b")!, FileName("y")!)
        let (xGoesOn, letX) = AsyncStream<Void>.makeStream()
        let (yGoesOn, letY) = AsyncStream<Void>.makeStream()
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await inner.admitting(x) { for await _ in xGoesOn { break } } }
            while await inner.taken < 1 { await Task.yield() }
            group.addTask {
                try await desk.judging(b) { try await desk.visiting(outer, b) { try await inner.admitting(b) {} } }
            }
            while await inner.countOutside < 1 { await Task.yield() }
            group.addTask { try await outer.admitting(y) { for await _ in yGoesOn { break } } }
            while await outer.taken < 1 { await Task.yield() }
            letX.yield()
            while await outer.countOutside < 1 { await Task.yield() }
            #expect(await inner.taken == 0)
            letY.yield()
        }
        for queue in [outer, inner] { #expect(await queue.taken == 0) }
    }

    /// "b" is put back before it reads anything; "c" has a place, and does not need it in the end.
    @Test func whoKeepsAPlaceReadsOnce() async throws {
        let (desk, queue) = (Desk(places: 2), SlowQueue(places: 1, waiting: 0))
        let notes = Notes()
        let (goOn, going) = AsyncStream<Void>.makeStream()
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await queue.admitting(session) { for await _ in goOn { break } } }
            while await queue.taken < 1 { await Task.yield() }
            for (count, name) in ["b", "c"].enumerated() {
                group.addTask {
                    let session = FileName(name)!
                    try await desk.judging(session) {
                        try await queue.keepingPlace(for: session) {
                            notes.add("read \(name)")
                            if name == "b" { try await desk.visiting(queue, session) { notes.add(name) } }
                        }
                    }
                }
                while await queue.countOutside < count + 1 { await Task.yield() }
            }
            going.yield()
        }
        #expect(notes.all == ["read b", "b", "read c"])
        #expect(await queue.taken == 0)
    }

    /// "b" asks three times at once: it gets one place, and "c" the other.
    @Test func aSessionHasOnePlaceAtATime() async throws {
        let (desk, queue) = (Desk(places: 2), SlowQueue(places: 2, waiting: 0))
        let notes = Notes()
        let (goOn, going) = AsyncStream<Void>.makeStream()
        try await withThrowingDiscardingTaskGroup { group in
            for name in ["x", "y"] {
                group.addTask { try await queue.admitting(FileName(name)!) { for await _ in goOn { break } } }
            }
            while await queue.taken < 2 { await Task.yield() }
            for (count, name) in ["b", "b", "b", "c"].enumerated() {
                group.addTask {
                    try await desk.judging(FileName(name)!) {
                        try await desk.visiting(queue, FileName(name)!) {
                            notes.add(name)
                            // The others of "b" are not done before "c" has come.
                            while name == "b", !notes.all.contains("c") { await Task.yield() }
                        }
                    }
                }
                while await queue.countOutside < count + 1 { await Task.yield() }
            }
            going.finish()
        }
        #expect(notes.all.sorted() == ["b", "b", "b", "c"])
        #expect(await queue.taken == 0)
    }

    /// It was decided meanwhile, or failed: the place that was kept for it is others'.
    @Test func whoDoesNotComeLeavesThePlace() async throws {
        let (desk, queue) = (Desk(places: 2), SlowQueue(places: 1, waiting: 0))
        let notes = Notes()
        let (goOn, going) = AsyncStream<Void>.makeStream()
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await queue.admitting(session) { for await _ in goOn { break } } }
            while await queue.taken < 1 { await Task.yield() }
            group.addTask {
                try await desk.judging(FileName("b")!) {
                    notes.add("b")
                    if notes.all.count == 1 { throw PutBack(by: queue) }
                }
            }
            while await queue.countOutside < 1 { await Task.yield() }
            going.yield()
        }
        #expect(notes.all == ["b", "b"])
        #expect(await queue.taken == 0)
    }

    private let session = FileName("a")!
}

/// What happened, in order.
private final class Notes: Sendable {
    private let words = Mutex<[String]>([])

    var all: [String] { words.withLock { $0 } }
    func add(_ word: String) { words.withLock { $0.append(word) } }
}
