internal import FTPProtocol
internal import NIOCore
internal import Synchronization

/// The port a session has at the moment: its task opens and closes it, its event loop may stop a transfer.
final class CurrentPort: Sendable {
    private let port = Mutex<DataPort?>(nil)

    var value: DataPort? { port.withLock { $0 } }

    func set(_ opened: DataPort) { port.withLock { $0 = opened } }

    func stop(_ failure: StoreFailure) { value?.stop(failure) }

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
