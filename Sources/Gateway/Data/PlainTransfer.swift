internal import FTPProtocol
internal import Glibc
internal import NIOCore

/// Transfers in clear: the thread reads the socket and writes the file by turns, in pieces as large as they come. That is
/// the least work there can be: no other thread has to be woken, and the bytes are still in the processor's cache.
enum PlainTransfer {
    /// For the many small files.
    private static let smallPiece = 64 << 10
    /// For the others: the page cache takes larger pieces with less work (docs/performance.md).
    private static let largePiece = 512 << 10

    /// Returns how many bytes came, when the file has its name. Throws StoreFailure, or what the disk said.
    static func receive(
        _ destination: FileDestination, over port: DataPort, _ limits: TransferLimits, pace: TransferPace
    ) throws -> Int64 {
        var received: Int64 = 0
        var file: IncomingFile?
        do {
            try port.withConnection(limits) { connection in
                RawSocket.setTimeout(limits.dataTimeout, for: SO_RCVTIMEO, of: connection)
                var pace = pace
                try pieces(of: connection) { piece in
                    try pace.note(piece.count, at: .now())
                    received += Int64(piece.count)
                    try destination.check(received: received)
                    let current = try destination.ready(file, received: received)
                    file = current
                    try current.write(piece)
                }
                // A connection that we shut down ends like one that is whole.
                if let failure = port.stopped { throw failure }
                let whole = try file ?? destination.ready(nil, received: received)
                file = whole
                try destination.keep(whole, received: received)
            }
            return received
        } catch {
            destination.drop(file, after: error, received: received)
            throw error
        }
    }

    private static func pieces(of connection: CInt, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: smallPiece, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = recv(connection, buffer.baseAddress, buffer.count, 0)
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw StoreFailure.cut
            }
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            if count == smallPiece, buffer.count == smallPiece {
                buffer.deallocate()
                buffer = .allocate(byteCount: largePiece, alignment: 16)
            }
        }
    }

    static func send(_ bytes: [UInt8], over port: DataPort, _ limits: TransferLimits) throws -> Int64 {
        try port.withConnection(limits) { connection in
            RawSocket.setTimeout(limits.dataTimeout, for: SO_SNDTIMEO, of: connection)
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.send(connection, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
                }
                guard count >= 0 || errno == EINTR else { throw StoreFailure.cut }
                rest = rest.dropFirst(max(0, count))
            }
        }
        return Int64(bytes.count)
    }
}
