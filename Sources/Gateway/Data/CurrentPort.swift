internal import FTPProtocol
internal import NIOCore
internal import Synchronization

/// The port a session has at the moment: its task opens and closes it, its event loop may stop a transfer.
final class CurrentPort: Sendable {
    private struct State {
        var port: DataPort?
        var stop: StoreFailure?
    }

    private let state = Mutex(State())

    var value: DataPort? { state.withLock { $0.port } }

    func set(_ opened: DataPort) {
        let stop = state.withLock { state in
            state.port = opened
            return state.stop
        }
        if let stop { opened.stop(stop) }
    }

    /// Also stops a port that the transfer under way only opens, as in active mode.
    func stop(_ failure: StoreFailure) {
        let port = state.withLock { state in
            state.stop = failure
            return state.port
        }
        port?.stop(failure)
    }

    /// The transfer is over: the next one was not stopped. On the event loop, like `stop`.
    func transferIsOver() { state.withLock { $0.stop = nil } }

    func close() { value?.close() }
}

extension SocketAddress {
    /// The numeric address; an IPv4 client of an IPv6 socket is an IPv4 client.
    var host: String? {
        guard let text = ipAddress else { return nil }
        let mapped = "::ffff:"
        return text.hasPrefix(mapped) && text.contains(".") ? String(text.dropFirst(mapped.count)) : text
    }
}
