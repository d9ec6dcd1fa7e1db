internal import NIOPosix

/// Does what waits for the disk on a thread that may wait. The threads of Swift's own pool, one a core, never should:
/// while they wait, nobody's session is answered.
func onBlockingThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await NIOThreadPool.singleton.runIfActive(work)
}
