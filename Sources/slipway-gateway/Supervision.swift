internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// Ends when standard input, a pipe from the supervisor, is closed: by its will or by its death.
struct Supervision: Service, CustomStringConvertible {
    var description: String { "supervision" }

    func run() async throws {
        let input = dup(STDIN_FILENO)
        let channel = try await NIOPipeBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .takingOwnershipOfDescriptor(input: input).get()
        try await withGracefulShutdownHandler {
            try await channel.closeFuture.get()
        } onGracefulShutdown: {
            channel.close(promise: nil)
        }
    }
}
