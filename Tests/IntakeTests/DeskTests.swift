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

/// What happened, in order.
private final class Notes: Sendable {
    private let words = Mutex<[String]>([])

    var all: [String] { words.withLock { $0 } }
    func add(_ word: String) { words.withLock { $0.append(word) } }
}
