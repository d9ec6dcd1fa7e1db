internal import ArchiveModel
public import Catalog
internal import DebianControl
public import DurableFiles
public import SourceTree

/// Makes sources once more that archives want without a change. It trusts nothing of what is unpacked. Whoever makes the same makes the
/// same bytes.
public struct SourceRebuildWork: WishWork {
    public static let words = WishWords(done: "rebuilt", one: "A rebuild", all: "Rebuilds")

    private let store: ContentStore
    private let unpacker: SourceUnpacker
    private let configuration: WishConfiguration
    private let quotas: QuotaRule

    public init(
        store: ContentStore, unpacker: SourceUnpacker, _ configuration: WishConfiguration, quotas: QuotaRule
    ) {
        (self.store, self.unpacker) = (store, unpacker)
        (self.configuration, self.quotas) = (configuration, quotas)
    }

    public func make(_ wanted: WantedSourceRebuild, _ files: KeptFiles) async throws -> ImportedSource {
        // What is made is about as large as what it is made of: nothing is packed that there is no room for.
        let packed = wanted.files.filter { !NamedUploadFile($0.name).kind.isUpstreams }.reduce(0) { $0 + $1.size }
        let room = quotas.limit(of: wanted.archive)?.free(besides: wanted.archive.bytes)
        try RemadeReading.refuse(wanted, packed, moreThan: room)
        // On the disk twice until it is in the store.
        try FreeDisk(configuration).require(2 * packed, for: "\(packed >> 20) MiB that are to be made")
        let made = try await remake(wanted, RemadeReading(wanted, files, room: room))
        try await refuseMistakes(in: made, wanted)
        return made
    }

    private func remake(_ wanted: WantedSourceRebuild, _ reading: RemadeReading) async throws -> ImportedSource {
        let former = toUnpack(try control(of: wanted), dsc: wanted.dsc, wanted.files, wanted)
        let entry = NoChangeEntry(wanted).text
        switch try await unpacker.remake(former, as: wanted.version, entry: entry, { try reading.read($0) }) {
        case .made(let made): return made
        case .refused(let findings): throw WishMistake(findings)
        }
    }

    /// As the tree of an upload is looked at: so what was made is what apt and builders will see.
    private func refuseMistakes(in made: ImportedSource, _ wanted: WantedSourceRebuild) async throws {
        let findings = try await unpacker.findings(in: toUnpack(made.source, dsc: made.dsc, made.files, wanted))
        let errors = findings.filter { $0.severity == .error }
        guard errors.isEmpty else { throw WishMistake(errors) }
    }

    /// It was read when it came.
    private func control(of wanted: WantedSourceRebuild) throws -> SourceControl {
        do {
            return try SourceControl(wanted.control)
        } catch {
            throw WishMistake(error.mistakes.map(\.description).joined(separator: " "))
        }
    }

    private func toUnpack(
        _ control: SourceControl, dsc: CatalogFile, _ files: [CatalogFile], _ wanted: WantedSourceRebuild
    ) -> SourceToUnpack {
        SourceToUnpack(
            dsc: dsc.name, control: control, distribution: [wanted.suite.name.text],
            files: files.map { [store] file in .init(name: file.name) { try store.open(file.sha256) } })
    }
}

extension WishMistake {
    fileprivate init(_ findings: [Finding]) { self.init(findings.map(\.sentence).joined(separator: " ")) }
}
