/// One value from one task to another.
struct Signal<Value: Sendable>: Sendable {
    private let stream: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(of: Value.self)
    }

    func send(_ value: Value) { continuation.yield(value) }

    func value() async -> Value {
        guard let value = await stream.first(where: { _ in true }) else { preconditionFailure("nothing was sent") }
        return value
    }
}
