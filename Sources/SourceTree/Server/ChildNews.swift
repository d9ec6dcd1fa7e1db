internal import CLinux
internal import Glibc

/// What is said on a child's line, one message each: all by the server but the last.
enum ChildNews: Equatable {
    case started(pid_t)
    case exited(CInt)
    case signal(CInt)
    /// There is no child, for a fault of ours.
    case failed(String)
    /// End it.
    case enough

    func send(to line: CInt) {
        let bytes = Array(description.utf8)
        _ = slipway_send_with_descriptors(line, bytes, bytes.count, nil, 0)
    }

    /// - Returns: nil when there is nothing more, or it is none of these.
    init?(receivedFrom line: CInt) {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 1024) { room, size in
            size = max(0, slipway_receive_with_descriptors(line, room.baseAddress, room.count, nil, &count))
        }
        self.init(String(decoding: bytes, as: UTF8.self))
    }
}

extension ChildNews: CustomStringConvertible {
    var description: String {
        switch self {
        case .started(let pid): "started\t\(pid)"
        case .exited(let status): "exited\t\(status)"
        case .signal(let number): "signal\t\(number)"
        case .failed(let reason): "failed\t\(reason)"
        case .enough: "enough\t"
        }
    }

    init?(_ text: String) {
        let fields = text.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 2 else { return nil }
        switch (fields[0], CInt(fields[1])) {
        case ("started", let pid?): self = .started(pid)
        case ("exited", let status?): self = .exited(status)
        case ("signal", let number?): self = .signal(number)
        case ("failed", _): self = .failed(fields[1])
        case ("enough", _): self = .enough
        default: return nil
        }
    }
}
