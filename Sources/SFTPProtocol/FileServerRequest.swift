/// What OpenSSH's sftp-server is asked to do. It sees names of ours only, in the session's folder; no path of a client.
public enum FileServerRequest: Equatable, Sendable {
    case initialize
    /// Makes a new file for writing.
    case create(part: String)
    case write(handle: [UInt8], offset: UInt64, data: [UInt8])
    case truncate(handle: [UInt8], size: UInt64)
    case close(handle: [UInt8])

    /// With the length in front. One request is under way at a time, so the number means nothing.
    public var packet: [UInt8] {
        switch self {
        case .initialize: packet(.initialize, number: 3) { _ in }
        case .create(let part):
            packet(.open) {
                let writeCreateExclusive: UInt32 = 0x2 | 0x8 | 0x20
                $0.add(part)
                $0.add(writeCreateExclusive)
                $0.add(UInt32(4))  // attributes: the mode
                $0.add(UInt32(0o660))
            }
        case .write(let handle, let offset, let data):
            packet(.write) {
                $0.add(handle)
                $0.add(offset)
                $0.add(data)
            }
        case .truncate(let handle, let size):
            packet(.setHandleStatus) {
                $0.add(handle)
                $0.add(UInt32(1))  // attributes: the size
                $0.add(size)
            }
        case .close(let handle): packet(.close) { $0.add(handle) }
        }
    }

    private func packet(_ type: PacketType, number: UInt32 = 1, _ fill: (inout PacketWriter) -> Void) -> [UInt8] {
        var writer = PacketWriter(type)
        writer.add(number)
        fill(&writer)
        return writer.packet
    }
}

/// What it answered.
public enum FileServerReply: Equatable, Sendable {
    case done
    case handle([UInt8])
    case failed

    public init(parsing packet: [UInt8]) throws(NotSFTP) {
        var reader = PacketReader(packet)
        let type = PacketType(rawValue: try reader.byte())
        let number = try reader.uint32()
        switch type {
        case .version where number >= 3: self = .done
        case .handle: self = .handle(try reader.bytes())
        case .status: self = try reader.uint32() == SFTPReply.Code.fine.rawValue ? .done : .failed
        default: throw NotSFTP()
        }
    }
}
