internal import CLinux
internal import Glibc

/// One request to the server: the words of `UnpackRequest`, and open files.
struct ServerMessage {
    let words: [String]
    /// The line by which the child's end is told, its standard output and error, the scratch folder, and the package's
    /// files.
    let descriptors: [CInt]

    static let fixedDescriptors = 4
    /// Bytes of the words: those of the most files with the longest names.
    private static let sizeLimit = 128 << 10
    private static let descriptorLimit = 253

    init(words: [String], descriptors: [CInt]) {
        self.words = words
        self.descriptors = descriptors
    }

    /// - Returns: nil when the other side is gone.
    init?(receivedFrom socket: CInt) {
        var descriptors = [CInt](repeating: -1, count: Self.descriptorLimit)
        var count = descriptors.count
        var received = -1
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.sizeLimit) { room, size in
            repeat {
                count = Self.descriptorLimit
                received = slipway_receive_with_descriptors(socket, room.baseAddress, room.count, &descriptors, &count)
            } while received < 0 && errno == EINTR
            size = Swift.max(0, received)
        }
        guard received > 0, count >= Self.fixedDescriptors else { return nil }
        words = bytes.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        self.descriptors = Array(descriptors.prefix(count))
    }

    /// - Returns: false when the other side is gone.
    func send(to socket: CInt) -> Bool {
        let bytes = Array(words.joined(separator: "\0").utf8)
        return slipway_send_with_descriptors(socket, bytes, bytes.count, descriptors, descriptors.count) == bytes.count
    }

    /// In the child: makes the files its own, as a program would find them, and lets go of the server's.
    func become() {
        setpgid(0, 0)
        // Swift's runtime would stay beside a crash, and start a program to describe it.
        for number in [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGSEGV, SIGSYS] { signal(number, SIG_DFL) }
        let files = descriptors.dropFirst(Self.fixedDescriptors)
        // Away from the numbers they get, which are taken yet.
        let moved = descriptors.map { fcntl($0, F_DUPFD_CLOEXEC, UnpackRequest.firstDescriptor + CInt(files.count)) }
        dup2(moved[1], STDOUT_FILENO)
        dup2(moved[2], STDERR_FILENO)
        fchdir(moved[3])
        for (number, file) in zip(UnpackRequest.firstDescriptor..., moved.dropFirst(Self.fixedDescriptors)) {
            dup2(file, number)
        }
        slipway_close_from(UnpackRequest.firstDescriptor + CInt(files.count))
    }
}
