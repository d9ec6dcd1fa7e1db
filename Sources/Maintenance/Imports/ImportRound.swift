internal import ArchiveModel
internal import BaseMirror
public import Catalog
public import DurableFiles
internal import SystemPackage

/// Carries out what is wanted of the bases' mirrors.
///
/// It takes rows that the catalog has as wanted, trusts what apt has verified by the base's signed indices, and leaves files in the
/// content store and one transaction for each: published, or refused with words. A crash leaves the row wanted, and perhaps files
/// that nothing refers to.
public struct ImportRound: Sendable {
    let catalog: Catalog
    private let mirror: BaseMirror
    private let store: ContentStore
    private let configuration: ImportConfiguration
    private let quotas: QuotaRule
    private let now: @Sendable () -> Int64

    /// - Parameter now: Unix seconds.
    public init(
        catalog: Catalog, store: ContentStore, configuration: ImportConfiguration, quotas: QuotaRule,
        now: @escaping @Sendable () -> Int64
    ) {
        (self.catalog, self.store, self.configuration, self.quotas) = (catalog, store, configuration, quotas)
        mirror = BaseMirror(root: configuration.folder, timeLimit: .seconds(configuration.timeLimit))
        self.now = now
    }

    /// What became of one.
    public struct Result: Sendable {
        public let wanted: WantedImport
        public let ending: Ending
    }

    public enum Ending: Sendable, Hashable {
        case ended(ImportOutcome)
        /// It is tried again; why it has to be.
        case postponed(String)
    }

    /// All that is due, one after the other. Nothing while another process is at it.
    public func run() async throws -> [Result] {
        guard try await catalog.dueImport(now: now()) != nil else { return [] }
        try Durably.makeFolders(configuration.folder, sync: .later)
        // Let go of by the kernel, too, however this process ends.
        let lock = try Folder(opening: configuration.folder)
        guard try lock.lock(waiting: false) else { return [] }
        defer { try? lock.unlock() }
        var results: [Result] = []
        while let wanted = try await catalog.dueImport(now: now()) {
            try Task.checkCancellation()
            try await catalog.noteTurn(of: wanted)
            results.append(Result(wanted: wanted, ending: try await carryOut(wanted)))
        }
        return results
    }

    /// One that fails by a fault of ours, or of the mirror's, keeps no other from its turn.
    private func carryOut(_ wanted: WantedImport) async throws -> Ending {
        do {
            return .ended(try await fetchAndPublish(wanted))
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch let absence as NotInBase {
            return try await giveUp(wanted, absence.description)
        } catch let mistake as ImportMistake {
            return try await giveUp(wanted, mistake.description)
        } catch let conflict as Conflict {
            return try await giveUp(wanted, conflict.description)
        } catch let overtaken as ImportOvertaken {
            return try await postpone(wanted, configuration.firstPause, overtaken.description, isAttempt: false)
        } catch let noRoom as NoRoomToFetch {
            return try await postpone(wanted, configuration.roomPause, noRoom.description, isAttempt: false)
        } catch {
            guard wanted.attempts + 1 < configuration.attempts else {
                return try await giveUp(wanted, "It was tried \(wanted.attempts + 1) times. \(error)")
            }
            return try await postpone(wanted, configuration.pause(after: wanted.attempts + 1), "\(error)")
        }
    }

    /// - Parameter pause: seconds.
    private func postpone(
        _ wanted: WantedImport, _ pause: Int64, _ cause: String, isAttempt: Bool = true
    ) async throws -> Ending {
        try await catalog.postpone(wanted, until: now() + pause, because: cause, isAttempt: isAttempt)
        return .postponed(cause)
    }

    private func giveUp(_ wanted: WantedImport, _ cause: String) async throws -> Ending {
        try await catalog.giveUp(wanted, because: cause, now: now())
        return .ended(.refused(cause))
    }

    /// What the archive has no room for is not fetched either.
    private func limit(of wanted: WantedImport) -> Int64 {
        guard let room = quotas.limit(of: wanted.archive) else { return configuration.bytes }
        return min(configuration.bytes, room.free(besides: wanted.archive.bytes))
    }

    /// Bytes that may be fetched now: they are on the disk twice until they are in the store.
    private func room() throws -> Int64 {
        (try Folder(opening: configuration.folder).freeBytes() - configuration.freeDisk) / 2
    }

    /// One folder for all, emptied before each: what a crash left goes with the next.
    private func fetchAndPublish(_ wanted: WantedImport) async throws -> ImportOutcome {
        if let refusal = try await catalog.refusal(of: wanted, quotas: quotas) { throw ImportMistake(refusal) }
        let scratch = configuration.folder.appending("fetched")
        try? Durably.removeTree(scratch)
        // The mirror's indices take some room, too.
        guard try room() > 0 else { throw NoRoomToFetch("The disk has no room for what would be fetched.") }
        try Durably.makeFolders(scratch, sync: .later)
        defer { try? Durably.removeTree(scratch) }
        let fetched = try await mirror.fetch(
            WantedSource(
                wanted.source, from: wanted.base.name, of: wanted.base.distribution,
                baseSources: wanted.base.baseSources, architectures: wanted.architectures),
            into: scratch, limit: limit(of: wanted), room: room)
        let source = try FetchedReading(wanted, store).read(fetched)
        return try await catalog.publish(source, for: wanted, quotas: quotas, now: now()) { [store] in
            try store.contains($0)
        }
    }
}

/// What the base has cannot be taken as it is: the base's to mend.
struct ImportMistake: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
