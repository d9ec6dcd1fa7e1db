internal import Confinement
internal import Glibc
internal import SFTPProtocol
internal import SystemPackage

/// OpenSSH's sftp-server at work on one session's folder, and on nothing else: `FileServerConfinement`.
final class FileServer {
    /// The word that makes our own program the confined server.
    public static let subcommand = "sftp-files"

    private let input: FileDescriptor
    private let output: FileDescriptor
    private var framer = PacketFramer()

    /// Starts it with `folder` as its working directory, and greets it. To be called before the walls are raised: after
    /// that no program is started any more.
    init(in folder: FilePath) throws(WallFailure) {
        let (requests, answers) = (try Self.pipe(), try Self.pipe())
        (input, output) = (requests.writeEnd, answers.readEnd)
        defer {
            try? requests.readEnd.close()
            try? answers.writeEnd.close()
        }
        try Self.start(in: folder, reading: requests.readEnd, writing: answers.writeEnd)
        guard request(.initialize) == .done else {
            throw WallFailure(
                step: "start sftp-server", reason: "it does not answer; is openssh-sftp-server installed?")
        }
    }

    /// Ends it, too: its input is at its end then.
    deinit {
        try? input.close()
        try? output.close()
    }

    /// nil when it is gone.
    func request(_ request: FileServerRequest) -> FileServerReply? {
        guard Bytes.write(request.packet, to: input.rawValue) else { return nil }
        while true {
            if let packet = try? framer.next() { return try? FileServerReply(parsing: packet) }
            guard let piece = Bytes.read(output.rawValue), !piece.isEmpty else { return nil }
            framer.append(piece)
        }
    }

    private static func pipe() throws(WallFailure) -> (readEnd: FileDescriptor, writeEnd: FileDescriptor) {
        guard let ends = try? FileDescriptor.pipe() else {
            throw WallFailure(step: "make a pipe", reason: String(cString: strerror(errno)))
        }
        for end in [ends.readEnd, ends.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        return (ends.readEnd, ends.writeEnd)
    }

    /// Our own program once more: it locks itself in, and becomes the server.
    private static func start(
        in folder: FilePath, reading requests: FileDescriptor, writing answers: FileDescriptor
    ) throws(WallFailure) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, requests.rawValue, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, answers.rawValue, STDOUT_FILENO)
        let words = ["slipway-gateway", subcommand, folder.string]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        defer { for argument in arguments { free(argument) } }
        let failure = posix_spawn(nil, "/proc/self/exe", &actions, nil, &arguments, &environment)
        guard failure == 0 else {
            throw WallFailure(step: "start sftp-server", reason: String(cString: strerror(failure)))
        }
    }
}
