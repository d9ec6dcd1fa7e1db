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
    let small: Desk
    let large: Desk
    private let upstream: UpstreamSignatures

    /// Packed bytes beyond which a source is large: those unpack within seconds.
    private static let smallSize: Int64 = 32 << 20

    init(unpacker: SourceUnpacker, store: ContentStore, desk: Desk, places: Int, upstream: UpstreamLimits) {
        self.unpacker = unpacker
        self.store = store
        self.desk = desk
        self.upstream = UpstreamSignatures(limits: upstream)
        small = Desk(places: places)
        large = Desk(places: places)
    }

    func findings(in evidence: Evidence, besides found: [Finding]) async throws -> [Finding] {
        guard !found.hasErrors, evidence.missing.isEmpty, let control = evidence.source, let dsc = evidence.changes.dsc
        else { return [] }
        let files = control.files.compactMap { entry in evidence.files.first { $0.name == entry.name } }
        guard files.count == control.files.count else { return [] }
        let source = SourceToUnpack(
            dsc: dsc.name, control: control, distribution: evidence.changes.distribution,
            files: files.map { file in .init(name: file.name) { try open(file) } })
        let queue = files.reduce(0) { $0 + $1.entry.size } > Self.smallSize ? large : small
        let session = evidence.arrival.received.session.name
        return try await desk.steppingAside(session) {
            try await queue.admitting(session) {
                let unpacked = try await unpacker.look(into: source)
                guard let keys = unpacked.upstreamKeys else { return unpacked.findings }
                let signed = UpstreamExamination(files: files, open: open)
                return try await unpacked.findings + signed.findings(by: keys, upstream)
            }
        }
    }

    func open(_ file: NeededFile) throws -> OwnedDescriptor {
        switch file.found {
        case .sent(let place, _): return try place.open()
        case .stored(let file): return try store.open(file.sha256)
        case .missing: throw IntakeFault("\(file.name) is missing.")
        }
    }
}
