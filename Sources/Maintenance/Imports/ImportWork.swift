internal import ArchiveModel
internal import BaseMirror
public import Catalog
internal import DurableFiles
internal import SystemPackage

/// Fetches from the bases' mirrors what is wanted of them. It trusts what apt has verified by the base's signed indices.
public struct ImportWork: WishWork {
    public static let words = WishWords(done: "imported", one: "An import", all: "Imports")

    private let mirror: BaseMirror
    private let configuration: ImportConfiguration
    private let quotas: QuotaRule

    public init(_ configuration: ImportConfiguration, quotas: QuotaRule) {
        (self.configuration, self.quotas) = (configuration, quotas)
        mirror = BaseMirror(root: configuration.wishes.folder, timeLimit: .seconds(configuration.timeLimit))
    }

    /// One folder for all, emptied before each: what a crash left goes with the next.
    public func make(_ wanted: WantedImport, _ files: KeptFiles) async throws -> ImportedSource {
        let scratch = configuration.wishes.folder.appending("fetched")
        try? Durably.removeTree(scratch)
        try Durably.makeFolders(scratch, sync: .later)
        defer { try? Durably.removeTree(scratch) }
        return try FetchedReading(wanted, files).read(try await fetch(wanted, into: scratch))
    }

    private func fetch(_ wanted: WantedImport, into scratch: FilePath) async throws -> FetchedSource {
        let disk = FreeDisk(configuration.wishes)
        do {
            return try await mirror.fetch(
                WantedSource(
                    wanted.source, from: wanted.base.name, of: wanted.base.distribution,
                    baseSources: wanted.base.baseSources, architectures: wanted.architectures),
                into: scratch, limit: limit(of: wanted)
            ) {
                // What is fetched is on the disk twice until it is in the store.
                try disk.bytes() / 2
            }
        } catch let absence as NotInBase {
            throw WishMistake(absence.description)
        }
    }

    /// What the archive has no room for is not fetched either.
    private func limit(of wanted: WantedImport) -> Int64 {
        guard let room = quotas.limit(of: wanted.archive) else { return configuration.bytes }
        return min(configuration.bytes, room.free(besides: wanted.archive.bytes))
    }
}
