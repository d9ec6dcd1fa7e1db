internal import DurableFiles
internal import FTPProtocol
internal import NIOCore

/// Where the bytes of one transfer go, and how many may. Its calls block; for a disk thread.
struct FileDestination: Sendable {
    let folder: UploadFolder
    let file: VirtualFile
    let beginning: FTPSession.Beginning
    /// Bytes that the file may have.
    let sizeLimit: Int64
    /// Bytes that the session may still bring.
    let sessionLeft: Int64
    /// Bytes that stay free on the disk.
    let freeSpaceFloor: Int64

    /// What may still come, by the limits and by what the session has brought.
    init(
        _ file: VirtualFile, in folder: UploadFolder, from beginning: FTPSession.Beginning,
        _ limits: GatewayConfiguration
    ) {
        self.folder = folder
        self.file = file
        self.beginning = beginning
        sizeLimit = file.name.completesUpload ? min(limits.textSizeLimit, limits.fileSizeLimit) : limits.fileSizeLimit
        sessionLeft = limits.sessionSizeLimit - folder.tally.bytes
        freeSpaceFloor = limits.freeSpaceFloor
    }

    private var tooLarge: StoreFailure { .fileTooLarge(limit: sizeLimit) }

    /// Whether a transfer may have brought that much: known without a look at the disk.
    func check(received: Int64) throws(StoreFailure) {
        guard received <= sizeLimit else { throw tooLarge }
        guard received <= sessionLeft else { throw .sessionFull }
    }

    /// The file for bytes to come: `received` counts them with all before. Nil begins it. When it throws, the file is the
    /// caller's to discard.
    func ready(_ file: IncomingFile?, received: Int64) throws -> IncomingFile {
        guard try folder.freeBytes() >= freeSpaceFloor else { throw StoreFailure.diskFull }
        let file = try file ?? folder.beginFile(self.file, from: beginning)
        guard file.offset + received <= sizeLimit else { throw tooLarge }
        return file
    }

    /// After the last byte: the file gets its name.
    func keep(_ file: IncomingFile, received: Int64) throws {
        try folder.keep(file, received: received)
    }

    /// What broke off by the line, or by the client's will, may be continued; what may not be, or could not be written,
    /// goes. `rest` was received, and is not yet written.
    func drop(_ file: IncomingFile?, _ rest: ByteBuffer = ByteBuffer(), after error: any Error, received: Int64) {
        switch StoreFailure(error) {
        case .cut where received > 0, .aborted where received > 0:
            guard let file = try? ready(file, received: received) else {
                discard(file)
                return
            }
            do {
                try file.write(rest)
                folder.keepPart(file, received: received)
            } catch {
                discard(file)
            }
        default: discard(file)
        }
    }

    func discard(_ file: IncomingFile?) {
        if let file { folder.discard(file) }
    }
}
