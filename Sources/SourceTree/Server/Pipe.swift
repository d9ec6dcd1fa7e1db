internal import Glibc
internal import SystemPackage

/// The reading end of what a child says, and, until it is started, the writing end.
struct Pipe: ~Copyable {
    private let reading: CInt
    private(set) var writing: CInt
    private(set) var isAtEnd = false
    private var bytes: [UInt8] = []
    private let limit: Int

    init(limit: Int) throws(UnpackFailure) {
        guard let ends = try? FileDescriptor.pipe() else { throw UnpackFailure("no pipe can be made") }
        for end in [ends.readEnd, ends.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends.readEnd.rawValue, ends.writeEnd.rawValue)
        self.limit = limit
    }

    deinit {
        close(reading)
        if writing >= 0 { close(writing) }
    }

    var waited: pollfd { pollfd(fd: isAtEnd ? -1 : reading, events: Int16(POLLIN), revents: 0) }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func closeWriting() {
        close(writing)
        writing = -1
    }

    mutating func read() {
        let piece = [UInt8](unsafeUninitializedCapacity: 16 << 10) { room, count in
            count = max(0, Glibc.read(reading, room.baseAddress, room.count))
        }
        isAtEnd = piece.isEmpty
        bytes += piece.prefix(limit - bytes.count)
    }
}
