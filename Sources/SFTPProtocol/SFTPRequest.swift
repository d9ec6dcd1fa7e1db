/// What a client asks for, of version 3. What is not in the list is not offered.
public enum SFTPRequest: Equatable, Sendable {
    case initialize
    case open(path: String, isForWriting: Bool)
    case close(handle: [UInt8])
    case write(handle: [UInt8], offset: UInt64, data: [UInt8])
    case status(path: String)
    case handleStatus(handle: [UInt8])
    /// Only a size means anything here; modes and times do not.
    case setHandleStatus(handle: [UInt8], size: UInt64?)
    case setStatus
    case openFolder(path: String)
    case readFolder(handle: [UInt8])
    case remove(path: String)
    case makeFolder(path: String)
    case realPath(path: String)
    case rename(from: String, to: String)
    case notOffered

    private static let writeFlag: UInt32 = 2
    private static let sizeFlag: UInt32 = 1

    /// The request and its number; `initialize` has none.
    static func parse(_ packet: [UInt8]) throws(NotSFTP) -> (number: UInt32, request: SFTPRequest) {
        var reader = PacketReader(packet)
        let type = PacketType(rawValue: try reader.byte())
        if type == .initialize { return (0, .initialize) }
        return (try reader.uint32(), try SFTPRequest(type, &reader))
    }

    private init(_ type: PacketType?, _ reader: inout PacketReader) throws(NotSFTP) {
        switch type {
        case .open: self = .open(path: try reader.text(), isForWriting: try reader.uint32() & Self.writeFlag != 0)
        case .close: self = .close(handle: try reader.bytes())
        case .write:
            self = .write(handle: try reader.bytes(), offset: try reader.uint64(), data: try reader.bytes())
        case .pathStatus, .linkStatus: self = .status(path: try reader.text())
        case .handleStatus: self = .handleStatus(handle: try reader.bytes())
        case .setHandleStatus:
            let handle = try reader.bytes()
            let hasSize = try reader.uint32() & Self.sizeFlag != 0
            self = .setHandleStatus(handle: handle, size: hasSize ? try reader.uint64() : nil)
        case .setStatus: self = .setStatus
        case .openFolder: self = .openFolder(path: try reader.text())
        case .readFolder: self = .readFolder(handle: try reader.bytes())
        case .remove: self = .remove(path: try reader.text())
        case .makeFolder: self = .makeFolder(path: try reader.text())
        case .realPath: self = .realPath(path: try reader.text())
        case .rename: self = .rename(from: try reader.text(), to: try reader.text())
        // scp asks for it when a path begins with "~".
        case .extended where try reader.text() == SFTPReply.expandPath: self = .realPath(path: try reader.text())
        default: self = .notOffered
        }
    }
}
