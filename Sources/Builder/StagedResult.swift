internal import Catalog
internal import DebianControl
internal import DurableFiles
internal import OpenPGP
internal import SystemPackage

/// A signed result, durable in a folder of its own, that looks like any upload session: `builds/<id>/` with the
/// `.changes` and its files. One rename lands it.
struct StagedResult: Sendable {
    let path: FilePath
    let build: Int64

    /// Hands it over. A crash before the rename leaves it on the build's shelf, where the next attempt clears it away.
    func land(in landed: FilePath) throws {
        let session = "build-\(build)-\(UInt64.random(in: 0 ... .max))"
        try Durably.move(path, to: landed.appending(session))
    }

    static let prefix = "result-"
}

extension BuildResult {
    /// Copies the result to the build's shelf, on the filesystem of the landed uploads, and signs it.
    /// - Throws: `ResultMistake` for a file that is not there or has another size; else what is wrong with the machine.
    func stage(on shelf: FilePath, _ parts: BuilderParts) async throws -> StagedResult {
        let signed = try await parts.keys.clearsign(bytes, by: parts.key)
        try Self.clear(shelf)
        let top = shelf.appending(StagedResult.prefix + "\(UInt64.random(in: 0 ... .max))")
        let place = top.appending("builds").appending("\(build.id)")
        try Durably.makeFolders(place, sync: .later)
        let target = try Folder(opening: place)
        for file in changes.files { try copy(file, to: target) }
        try Durably.write(signed, to: place.appending(name.description), sync: .later)
        try target.syncFilesystem()
        return StagedResult(path: top, build: build.id)
    }

    private static func clear(_ shelf: FilePath) throws {
        let folder = try Folder(opening: shelf)
        for entry in try folder.entries() where entry.name.hasPrefix(StagedResult.prefix) {
            try folder.removeTree(entry.name)
        }
    }

    private func copy(_ entry: FileEntry, to target: Folder) throws {
        let name = entry.name.description
        let source = try Self.readable { () throws(FileFailure) in
            let source = try Folder(opening: folder).openFile(name)
            guard try source.status().size == entry.size else { throw FileFailure("copy", source.path, .differs) }
            return source
        }
        let copy = try target.createFile(name)
        try source.forEachPiece { piece throws(FileFailure) in try copy.write(piece) }
        try copy.close()
    }
}
