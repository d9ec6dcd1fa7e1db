internal import ArchiveModel
internal import DurableFiles
internal import NIOPosix
public import SystemPackage

/// Delivery into a Maildir (maildir(5)): written in `tmp`, forced to the disk, then renamed into `new`.
///
/// The name is made from the letter's identity, so a delivery repeated after a crash finds its own mail there and makes
/// no second one, also when a reader has moved it to `cur`.
public struct MaildirTransport: MailTransport {
    private let maildir: FilePath

    /// Makes the folders that are missing.
    public init(maildir: FilePath) throws {
        self.maildir = maildir
        for part in ["tmp", "new", "cur"] {
            try Durably.makeFolders(maildir.appending(part), permissions: .ownerReadWriteExecute)
        }
    }

    public func deliver(_ parcel: Parcel) async throws(DeliveryFailure) {
        do {
            try await NIOThreadPool.singleton.runIfActive { try store(parcel) }
        } catch {
            throw DeliveryFailure("The Maildir did not take it: \(error)")
        }
    }

    private func store(_ parcel: Parcel) throws {
        let folder = try Folder(opening: maildir)
        let name = Self.name(of: parcel)
        if try parcel.isRepeated && wasRead(name, in: folder) { return }
        try removeLeftover("tmp/\(name)", in: folder)
        try write(parcel.message, to: "tmp/\(name)", in: folder)
        do {
            try folder.moveDurably("tmp/\(name)", to: "new/\(name)")
        } catch {
            guard error.alreadyExists else { throw error }
            try folder.remove("tmp/\(name)")
        }
    }

    private func write(_ message: [UInt8], to name: String, in folder: Folder) throws {
        let file = try folder.createFile(name)
        try file.write(message)
        try file.sync()
        try file.close()
    }

    private func wasRead(_ name: String, in folder: Folder) throws -> Bool {
        try folder.folder("cur").entries().contains { $0.name == name || $0.name.hasPrefix("\(name):") }
    }

    /// A crash between writing and renaming left it.
    private func removeLeftover(_ name: String, in folder: Folder) throws {
        do {
            try folder.remove(name)
        } catch  where error.isMissing {}
    }

    /// `<time>.<number>_<identity>.slipway`, always the same for the same letter. The number tells letters apart, the
    /// identity is for people who look.
    static func name(of parcel: Parcel) -> String {
        let readable = parcel.identity.utf8.prefix(150).map { byte in
            let isPlain = byte < 0x80 && Character(Unicode.Scalar(byte)).isLetterOrNumber || byte == UInt8(ascii: "-")
            return isPlain ? Character(Unicode.Scalar(byte)) : "_"
        }
        return "\(parcel.created).\(parcel.number)_\(String(readable)).slipway"
    }
}

extension Character {
    fileprivate var isLetterOrNumber: Bool { isLetter || isNumber }
}
