internal import Glibc

/// Blocking reads and writes of pipes and sockets, whole and with a time limit.
enum Bytes {
    private static let pieceSize = 256 << 10

    /// What is there, as soon as something is; empty at the end, nil when nothing came in time.
    static func read(_ number: CInt, until end: ContinuousClock.Instant) -> [UInt8]? {
        guard isReady(number, for: POLLIN, until: end) else { return nil }
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

    /// What a pipe takes at once when it is ready.
    private static let smallPiece = 4096

    /// False when nobody reads any more, or nothing was read in time.
    static func write(_ bytes: [UInt8], to number: CInt, until end: ContinuousClock.Instant? = nil) -> Bool {
        bytes.withUnsafeBytes { all in
            var rest = all[...]
            while !rest.isEmpty {
                if let end, !isReady(number, for: POLLOUT, until: end) { return false }
                let count = end == nil ? rest.count : min(rest.count, smallPiece)
                let written = Glibc.write(number, UnsafeRawBufferPointer(rebasing: rest).baseAddress, count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return false }
                rest = rest.dropFirst(written)
            }
            return true
        }
    }

    private static func isReady(_ number: CInt, for event: CInt, until end: ContinuousClock.Instant) -> Bool {
        while true {
            let left = (end - .now).components
            guard left.seconds >= 0, left.attoseconds >= 0 else { return false }
            var watched = pollfd(fd: number, events: Int16(event), revents: 0)
            // Rounded up: a wait of 0 would be no wait.
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
            let ready = poll(&watched, 1, CInt(clamping: milliseconds))
            guard ready == 0 || (ready < 0 && errno == EINTR) else { return ready > 0 }
        }
    }
}
