/// One value from one task to another.
struct Signal<Value: Sendable>: Sendable {
    private let stream: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(of: Value.self)
    }

    func send(_ value: Value) { continuation.yield(value) }

    /// Throws when the task was cancelled before anything was sent.
    func value() async throws -> Value {
        guard let value = await stream.first(where: { _ in true }) else { throw CancellationError() }
        return value
    }
}
