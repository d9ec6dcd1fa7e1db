internal import Glibc

/// Blocking reads and writes of pipes and sockets, whole and with a time limit.
enum Bytes {
    private static let pieceSize = 256 << 10

    /// What is there, as soon as something is; empty at the end, nil when nothing came in time.
    static func read(_ number: CInt, until end: ContinuousClock.Instant) -> [UInt8]? {
        guard isReadable(number, until: end) else { return nil }
        return read(number)
    }

    static func read(_ number: CInt) -> [UInt8]? {
        let piece = [UInt8](unsafeUninitializedCapacity: pieceSize) { room, count in
            repeat {
                count = max(-1, Glibc.read(number, room.baseAddress, room.count))
            } while count < 0 && errno == EINTR
            count = max(0, count)
        }
        return piece
    }

    /// False when nobody reads any more.
    static func write(_ bytes: [UInt8], to number: CInt) -> Bool {
        bytes.withUnsafeBytes { all in
            var rest = all[...]
            while !rest.isEmpty {
                let written = Glibc.write(number, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return false }
                rest = rest.dropFirst(written)
            }
            return true
        }
    }

    private static func isReadable(_ number: CInt, until end: ContinuousClock.Instant) -> Bool {
        while true {
            let left = (end - .now).components
            guard left.seconds >= 0, left.attoseconds >= 0 else { return false }
            var watched = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            // Rounded up: a wait of 0 would be no wait.
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
            let ready = poll(&watched, 1, CInt(clamping: milliseconds))
            guard ready == 0 || (ready < 0 && errno == EINTR) else { return ready > 0 }
        }
    }
}
