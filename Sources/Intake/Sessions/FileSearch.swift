internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import Glibc
internal import PackageFiles
internal import SystemPackage

/// Finds the files that an upload lists: in its session, in earlier sessions to the same path, in the archives.
struct FileSearch: Sendable {
    let spool: Spool
    let store: StoreDoor
    let catalog: Catalog
    /// How many earlier sessions are looked into.
    let sessionLimit: Int

    /// For all files of one judgement.
    func earlierSessions(than received: ReceivedText) -> EarlierSessions {
        EarlierSessions(in: spool, to: received.path, besides: received.session.name, limit: sessionLimit)
    }

    /// - Parameters:
    ///   - earlier: `earlierSessions(than:)` of the same text.
    ///   - destination: nil searches no archive.
    ///   - isRefused: nothing of it will be stored.
    func find(
        _ listings: [NeededFile.Listing], of received: ReceivedText, or earlier: EarlierSessions,
        for destination: ArchiveDestination?, isRefused: Bool = false
    ) async throws -> NeededFile {
        let entry = listings[0].entry
        let known = try await catalogFile(entry, in: destination?.archive)
        let knownInPrimary = try await catalogFile(entry, in: destination?.primary)
        let found =
            try await onBlockingThread { try sent(entry, received, earlier, isRefused) }
            ?? stored(entry, [known, knownInPrimary])
        return NeededFile(listings: listings, found: found, known: known, knownInPrimary: knownInPrimary)
    }

    /// Only names of source files are an archive's for ever.
    private func catalogFile(_ entry: FileEntry, in archive: Archive?) async throws -> CatalogFile? {
        guard let archive, entry.named.kind.isSource || entry.named.kind.isBinary else { return nil }
        return try await catalog.file(named: entry.name, inArchive: archive.reference)
    }

    /// A `.dsc` is always sent: it is what the signature is about.
    private func stored(_ entry: FileEntry, _ known: [CatalogFile?]) -> NeededFile.Found {
        guard entry.named.kind.isSource, entry.named.kind != .dsc else { return .missing }
        let match = known.compactMap { $0 }.first { $0.sha256 == entry.sha256 && $0.size == entry.size }
        return match.map { .stored($0) } ?? .missing
    }

    /// What stands in the session itself counts, right or wrong; what stands in earlier ones only when it is right.
    private func sent(
        _ entry: FileEntry, _ received: ReceivedText, _ earlier: EarlierSessions, _ isRefused: Bool
    ) throws -> NeededFile.Found? {
        let path = UploadPath(directory: received.path.directory, name: entry.name)
        let own = received.session.place(path)
        if let found = try read(own, isKept: try !isRefused && size(of: own) == entry.size) { return .sent(found) }
        return try earlier.first { try right($0.place(path), entry, isRefused) }.map { .sent($0) }
    }

    /// Most files of this name and size in other sessions are others' tries: they are copied when they are the one.
    private func right(_ place: FilePlace, _ entry: FileEntry, _ isRefused: Bool) throws -> SentFile? {
        guard try size(of: place) == entry.size, let seen = try read(place, isKept: false),
            seen.digests.sha256 == entry.sha256
        else { return nil }
        guard !isRefused, let taken = try read(place, isKept: true) else { return seen }
        return taken.digests == seen.digests ? taken : nil
    }

    private func read(_ place: FilePlace, isKept: Bool) throws -> SentFile? {
        guard let file = try opened(place) else { return nil }
        // What fails from here on is the store's failure, and says nothing of the upload.
        return try isKept ? store.take(file) : store.look(at: file, place)
    }

    private func opened(_ place: FilePlace) throws -> OwnedDescriptor? {
        do {
            return try place.open()
        } catch let failure as FileFailure where failure.isNoPlainFile {
            return nil
        }
    }

    private func size(of place: FilePlace) throws -> Int64? {
        do throws(FileFailure) {
            return try place.folder.status(of: place.path).map { Int64($0.rawValue.st_size) }
        } catch {
            guard error.isNoPlainFile else { throw error }
            return nil
        }
    }
}

extension FileFailure {
    /// Nothing is there that could be an uploaded file.
    var isNoPlainFile: Bool {
        isMissing || reason == .notARegularFile || reason == .system(.notDirectory)
            || reason == .system(.tooManySymbolicLinkLevels)
    }
}
