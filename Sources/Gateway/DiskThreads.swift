internal import NIOCore
internal import NIOPosix

/// Threads on which blocking file work is done, so that one slow write does not stop an event loop.
public struct DiskThreads: Sendable {
    let pool: NIOThreadPool
    private let loops: any EventLoopGroup

    /// The threads run until `shutDown`.
    public init(count: Int) {
        pool = NIOThreadPool(numberOfThreads: count)
        loops = MultiThreadedEventLoopGroup.singleton
        pool.start()
    }

    /// Done to its end even when the task that waits is cancelled: half a hand-over helps nobody.
    public func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await pool.runIfActive(eventLoop: loops.next(), work).get()
    }

    /// For a program that never shuts them down.
    public func keepForEver() { _ = Unmanaged.passRetained(pool) }

    public func shutDown() async throws {
        try await pool.shutdownGracefully()
    }
}
