internal import Foundation
internal import Glibc
internal import ServiceLifecycle

/// Ends the service when its supervisor is gone, by its will or by its death: then its standard input, a pipe that never
/// says anything, is at its end. A service that lived on would stand in the way of the next one.
struct Supervision: Service, CustomStringConvertible {
    var description: String { "supervision" }

    func run() async throws {
        let (orphaned, end) = AsyncStream.makeStream(of: Void.self)
        // A thread of its own: it waits for as long as we live.
        Thread.detachNewThread {
            var byte: UInt8 = 0
            while read(STDIN_FILENO, &byte, 1) > 0 {}
            end.finish()
        }
        for await _ in orphaned.cancelOnGracefulShutdown() {}
    }
}
