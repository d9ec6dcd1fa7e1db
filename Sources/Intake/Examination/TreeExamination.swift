internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import OpenPGP
internal import SourceTree

/// Looks into the source itself, by having it unpacked.
///
/// It costs a child and more disk than all other checks together, so it comes after them, and only when all files are here and
/// nothing refuses the upload yet.
struct TreeExamination: Sendable {
    let unpacker: SourceUnpacker
    let store: ContentStore
    /// Where judgements sit: a place there is too good for one that waits for dpkg-source.
    let desk: Desk
    /// Where they wait instead. The large have a queue of their own, for they may take minutes.
    private let small: Desk
    private let large: SlowQueue
    private let places: Int
    private let upstream: UpstreamSignatures

    /// Packed bytes beyond which a source is large: those unpack within seconds.
    private static let smallSize: Int64 = 32 << 20
    /// How many may wait for each place: a thousand uploads that landed at once are not all held in memory. A small one that comes
    /// then keeps its own place at the desk, so that they are read as they are unpacked; others are put back.
    static let waitingEach = 4

    init(unpacker: SourceUnpacker, store: ContentStore, desk: Desk, places: Int, upstream: UpstreamLimits) {
        self.unpacker = unpacker
        self.store = store
        self.desk = desk
        self.places = places
        self.upstream = UpstreamSignatures(limits: upstream)
        small = Desk(places: places)
        large = SlowQueue(places: places, waiting: places * Self.waitingEach)
    }

    func findings(in evidence: Evidence, besides found: [Finding]) async throws -> [Finding] {
        guard !found.hasErrors, evidence.missing.isEmpty, let control = evidence.source, let dsc = evidence.changes.dsc
        else { return [] }
        let files = control.files.compactMap { entry in evidence.files.first { $0.name == entry.name } }
        guard files.count == control.files.count else { return [] }
        let source = SourceToUnpack(
            dsc: dsc.name, control: control, distribution: evidence.changes.distribution,
            files: files.map { file in .init(name: file.name) { try open(file) } })
        return try await visiting(files, evidence.arrival.received.session.name) {
            let unpacked = try await unpacker.look(into: source)
            guard let keys = unpacked.upstreamKeys else { return unpacked.findings }
            let signed = UpstreamExamination(files: files, open: open)
            return try await unpacked.findings + signed.findings(by: keys, upstream)
        }
    }

    private func visiting(
        _ files: [NeededFile], _ session: FileName, _ look: @Sendable () async throws -> [Finding]
    ) async throws -> [Finding] {
        guard !Self.isLarge(files) else { return try await desk.visiting(large, session, look) }
        return try await desk.visiting(small, atMost: places * Self.waitingEach, session, look)
    }

    static func isLarge(_ files: [NeededFile]) -> Bool { files.reduce(0) { $0 + $1.entry.size } > smallSize }

    /// A large source has its place before anything of it is read: its digests alone take a second.
    func keepingPlace<Value: Sendable>(
        for changes: Changes, of session: FileName, _ judgement: () async throws -> Value
    ) async throws -> Value {
        guard Self.isLarge(changes) else { return try await judgement() }
        return try await large.keepingPlace(for: session, judgement)
    }

    /// Sizes are what a stranger wrote, any number.
    private static func isLarge(_ changes: Changes) -> Bool {
        changes.files.filter(\.named.kind.isSource).reduce(0) { $0 + min($1.size, smallSize + 1) } > smallSize
    }

    func open(_ file: NeededFile) throws -> OwnedDescriptor {
        switch file.found {
        case .sent(let file): return try file.open()
        case .stored(let file): return try store.open(file.sha256)
        case .missing: throw IntakeFault("\(file.name) is missing.")
        }
    }
}
