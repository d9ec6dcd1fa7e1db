/// What a client is told.
public enum SFTPReply: Equatable, Sendable {
    case version
    case status(UInt32, Code, String)
    case handle(UInt32, [UInt8])
    case attributes(UInt32, Entry)
    case names(UInt32, [Entry])

    /// draft-ietf-secsh-filexfer-02, 7.
    public enum Code: UInt32, Sendable {
        case fine = 0, endOfFile, noSuchFile, permissionDenied, failure, badMessage
        case notOffered = 8
    }

    /// A file or folder as a client sees it.
    public struct Entry: Equatable, Sendable {
        let name: String
        /// nil for a folder.
        let size: UInt64?

        public init(name: String, size: UInt64?) {
            self.name = name
            self.size = size
        }

        /// As `ls -l` has it: OpenSSH shows it as it comes.
        var longName: String {
            (size.map { "-rw-rw---- 1 upload upload \($0)" } ?? "drwxrwx--- 1 upload upload 0") + " \(name)"
        }
    }

    /// OpenSSH's extension that scp needs for paths that begin with "~". No other is offered: an upload needs none.
    static let expandPath = "expand-path@openssh.com"

    /// With the length in front.
    public var packet: [UInt8] {
        switch self {
        case .version: Self.versionPacket
        case .status(let number, let code, let text): Self.status(number, code, text)
        case .handle(let number, let handle):
            Self.packet(.handle, number) { $0.add(handle) }
        case .attributes(let number, let entry):
            Self.packet(.attributes, number) { entry.addAttributes(to: &$0) }
        case .names(let number, let entries):
            Self.packet(.names, number) { writer in
                writer.add(UInt32(entries.count))
                for entry in entries {
                    writer.add(entry.name)
                    writer.add(entry.longName)
                    entry.addAttributes(to: &writer)
                }
            }
        }
    }

    private static var versionPacket: [UInt8] {
        packet(.version, 3) {
            $0.add(expandPath)
            $0.add("1")
        }
    }

    private static func status(_ number: UInt32, _ code: Code, _ text: String) -> [UInt8] {
        packet(.status, number) {
            $0.add(code.rawValue)
            $0.add(text)
            $0.add("en")
        }
    }

    private static func packet(_ type: PacketType, _ number: UInt32, _ fill: (inout PacketWriter) -> Void) -> [UInt8] {
        var writer = PacketWriter(type)
        writer.add(number)
        fill(&writer)
        return writer.packet
    }
}

extension SFTPReply.Entry {
    fileprivate func addAttributes(to writer: inout PacketWriter) {
        let (hasSize, hasMode): (UInt32, UInt32) = (1, 4)
        writer.add(size == nil ? hasMode : hasSize | hasMode)
        if let size { writer.add(size) }
        writer.add(size == nil ? 0o040770 : 0o100660 as UInt32)
    }
}
