internal import ArchiveModel
internal import DebianControl
internal import DurableFiles
internal import Foundation
internal import SystemPackage

/// Reads a `Sources` index (Debian Repository Format) of any size piece by piece, and of it only what is asked for: whole
/// paragraphs of Debian's 50 MB would be read for three short fields of each.
enum SourcesIndex {
    /// - Parameter found: called for each paragraph with a name and a version.
    static func read(_ file: FilePath, component: ComponentName, found: (BaseSource) -> Void) throws {
        var scan = Scan(component: component)
        // Of a mirror on this machine, apt's lists have links to the index itself.
        let place = FilePath(URL(filePath: file.string).resolvingSymlinksInPath().path())
        let folder = try Folder(opening: place.removingLastComponent())
        try folder.openFile(place.lastComponent?.string ?? "").forEachPiece { piece throws(FileFailure) in
            scan.take(piece, found)
        }
        scan.end(found)
    }

    private struct Scan {
        let component: ComponentName
        /// The beginning of a line whose end is in the next piece.
        var line: [UInt8] = []
        var name: PackageName?
        var version: PackageVersion?
        var isExtra = false

        mutating func take(_ piece: UnsafeRawBufferPointer, _ found: (BaseSource) -> Void) {
            var rest = piece[...]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                line.append(contentsOf: rest[..<end])
                takeLine(found)
                rest = rest[(end + 1)...]
            }
            line.append(contentsOf: rest)
        }

        mutating func end(_ found: (BaseSource) -> Void) {
            if !line.isEmpty { takeLine(found) }
            endParagraph(found)
        }

        private mutating func takeLine(_ found: (BaseSource) -> Void) {
            defer { line.removeAll(keepingCapacity: true) }
            guard let first = line.first else { return endParagraph(found) }
            // Most lines: quick to see that it is none of the three.
            guard first == UInt8(ascii: "P") || first == UInt8(ascii: "V") || first == UInt8(ascii: "E") else { return }
            if let text = value(of: "Package:") { name = PackageName(text) }
            if let text = value(of: "Version:") { version = PackageVersion(text) }
            if value(of: "Extra-Source-Only:") == "yes" { isExtra = true }
        }

        private func value(of field: StaticString) -> String? {
            let isField = field.withUTF8Buffer { line.starts(with: $0) }
            guard isField else { return nil }
            let text = String(decoding: line.dropFirst(field.utf8CodeUnitCount), as: UTF8.self)
            return String(text.drop { $0 == " " }.prefix { !$0.isWhitespace })
        }

        private mutating func endParagraph(_ found: (BaseSource) -> Void) {
            if let name, let version { found(BaseSource(name, version, component: component, isExtra: isExtra)) }
            (name, version, isExtra) = (nil, nil, false)
        }
    }
}
