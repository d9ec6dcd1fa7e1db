internal import ArchiveModel
internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import SourceTree

/// Looks into the source itself, by having it unpacked.
///
/// It costs a child and more disk than all other checks together, so it comes after them, and only when all files are here and
/// nothing refuses the upload yet.
struct TreeExamination: Sendable {
    let unpacker: SourceUnpacker
    let store: ContentStore

    func findings(in evidence: Evidence, besides found: [Finding]) async throws -> [Finding] {
        guard !found.hasErrors, evidence.missing.isEmpty, let control = evidence.source, let dsc = evidence.changes.dsc
        else { return [] }
        let files = control.files.compactMap { entry in evidence.files.first { $0.name == entry.name } }
        guard files.count == control.files.count else { return [] }
        return try await unpacker.findings(
            in: SourceToUnpack(
                dsc: dsc.name, control: control, distribution: evidence.changes.distribution,
                files: files.map { file in .init(name: file.name) { try open(file) } }))
    }

    private func open(_ file: NeededFile) throws -> OwnedDescriptor {
        switch file.found {
        case .sent(let place, _): return try place.open()
        case .stored(let file): return try store.open(file.sha256)
        case .missing: throw IntakeFault("\(file.name) is missing.")
        }
    }
}
