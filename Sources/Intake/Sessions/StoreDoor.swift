internal import DurableFiles
internal import PackageFiles
internal import SystemPackage

/// The way of uploaded files into the content store.
///
/// The gateway's user still owns what was uploaded, so the files are copied, never linked, and digested on the way, before
/// anything looks into them: what is judged is what is stored, and each is read once. One that is there already is copied all
/// the same: only then is it certain that its name, too, is on the disk. All who come at the same time wait for the disk
/// together, twice: for the bytes, and then for the names.
struct StoreDoor: Sendable {
    private let store: ContentStore
    private let disk: GroupSync
    private let freeDisk: Int64

    /// - Parameter freeDisk: bytes of the disk that stay free, for everything else that works on it.
    init(_ store: ContentStore, freeDisk: Int64) throws {
        self.store = store
        self.freeDisk = freeDisk
        disk = GroupSync(try Folder(opening: store.root)) { try await onBlockingThread($0) }
    }

    /// Takes the bytes and all digests of what lies in a session; for a thread that may wait.
    func take(_ file: borrowing OwnedDescriptor) throws -> SentFile {
        try refuseFullDisk(to: file)
        let failures = disk.failures
        let hashing = Hashing()
        let copy = try store.copy(from: file, hashing: hashing)
        return SentFile(bytes: .copied(copy), digests: hashing.digests(), failures: failures)
    }

    /// Somebody else may fill the disk meanwhile, and the copy fails: this only keeps us from being that somebody.
    private func refuseFullDisk(to file: borrowing OwnedDescriptor) throws {
        let (size, free) = (try file.status().size, try store.freeBytes())
        guard free - size < freeDisk else { return }
        throw IntakeFault(
            "The disk of \(store.root) has \(free >> 20) MiB free; a file of \(size >> 20) MiB is to be copied to it, and "
                + "\(freeDisk >> 20) MiB stay free (intake.freeDiskMiB).")
    }

    /// Takes the digests alone, of what will not be stored: a stranger's gigabytes are not written once more to be refused.
    func look(at file: borrowing OwnedDescriptor, _ place: FilePlace) throws -> SentFile {
        SentFile(bytes: .left(place), digests: try Digester.digests(of: file), failures: disk.failures)
    }

    /// Returns when they are there for good. A crash leaves some of them, each complete.
    func add(_ bytes: BytesToStore) async throws {
        let failures = bytes.files.map(\.failures).reduce(disk.failures, min)
        let copies = try await onBlockingThread { [store] in
            try bytes.files.map { try $0.copy() } + bytes.texts.map { try store.copy($0, hashing: SHA256Hashing()) }
        }
        try await disk.sync(since: failures)
        try await onBlockingThread { for copy in copies { try copy.giveName() } }
        try await disk.sync(since: failures)
    }

    /// Whether all of them are there (still).
    func contains(_ bytes: BytesToStore) throws -> Bool { try bytes.names.allSatisfy { try store.contains($0) } }
}

/// A file of a session, as it was when it was read; the gateway's user cannot write any more to what may be accepted.
struct SentFile: Sendable {
    fileprivate enum Bytes {
        case copied(ContentCopy)
        /// Still in the session, as the upload is refused anyway.
        case left(FilePlace)
    }

    fileprivate let bytes: Bytes
    let digests: FileDigests
    /// Of the disk, before the copy was begun (`GroupSync.sync`).
    fileprivate let failures: Int

    func open() throws -> OwnedDescriptor {
        switch bytes {
        case .copied(let copy): try copy.open()
        case .left(let place): try place.open()
        }
    }

    fileprivate func copy() throws -> ContentCopy {
        guard case .copied(let copy) = bytes else { throw IntakeFault("What is refused was to be stored.") }
        return copy
    }

    func read(limit: Int) throws -> [UInt8] { try open().readAll(limit: limit) }
}

/// What enters the store when an upload is accepted.
struct BytesToStore: Sendable {
    let files: [SentFile]
    /// The `.changes`, as it was judged.
    var texts: [[UInt8]] = []

    var names: [String] { files.map(\.digests.sha256) + texts.map(Digester.sha256) }
}
