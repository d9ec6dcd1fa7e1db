internal import ServiceLifecycle

/// The turns of a service that looks when it is woken, and at intervals.
struct Turns: Sendable {
    private let interval: Duration
    private let hints: AsyncStream<Void>
    private let hinting: AsyncStream<Void>.Continuation

    /// - Parameter interval: between looks when nobody wakes it: what a hint that was lost costs.
    init(interval: Duration) {
        self.interval = interval
        (hints, hinting) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func wake() { hinting.yield() }

    /// Looks at once, and then one time after the other, until the service is told to stop.
    func run(_ look: @escaping @Sendable () async -> Void) async {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await tick() }
                await look()
                for await _ in hints { await look() }
                group.cancelAll()
            }
        }
    }

    private func tick() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: interval)
            hinting.yield()
        }
    }
}
