internal import Catalog
internal import DebianControl

/// The paragraph of one package in an index.
///
/// What was accepted is read again with wider limits: as the catalog writes it down a line may be a byte longer than it
/// was, and one package must not stop the others of its suite.
enum IndexEntry {
    static func text(of source: PublishedSource) throws(UnreadableControl) -> String {
        do {
            let control = try SourceControl(ControlParagraph(parsing: source.control, limits: .index))
            let place = PoolPlace(component: source.component, source: source.name, file: source.dsc.name)
            return IndexParagraph.source(
                control, dscEntry: FileEntry(source.dsc), directory: place.folder, section: source.section,
                priority: source.priority
            ).serialized()
        } catch {
            throw UnreadableControl(file: source.dsc.name, cause: "\(error)")
        }
    }

    static func text(of binary: PublishedBinary) throws(UnreadableControl) -> String {
        do {
            let control = try BinaryControl(ControlParagraph(parsing: binary.control, limits: .index))
            let place = PoolPlace(component: binary.component, source: binary.source, file: binary.file.name)
            return IndexParagraph.binary(
                control, fileName: place.path, size: binary.file.size, md5: binary.file.md5, sha1: binary.file.sha1,
                sha256: binary.file.sha256, section: binary.section, priority: binary.priority
            ).serialized()
        } catch {
            throw UnreadableControl(file: binary.file.name, cause: "\(error)")
        }
    }
}

/// The catalog's control paragraph of a package is none: it was checked when it was accepted, so the catalog is broken.
struct UnreadableControl: Error, CustomStringConvertible {
    let file: FileName
    let cause: String

    var description: String { "The catalog's control paragraph of \(file) cannot be read: \(cause)" }
}

extension FileEntry {
    init(_ file: StoredFile) {
        self.init(
            name: file.name, size: file.size, md5: file.md5, sha1: file.sha1, sha256: file.sha256, sha512: file.sha512)
    }
}
