import ArchiveModel
import DurableFiles
import Foundation
import SystemPackage

/// What apt would see.
extension World {
    /// Paths below the archive that are files, sorted.
    func files(_ folder: String = "", of reference: ArchiveReference = tools) throws -> [String] {
        let base = tree(reference).appending(folder).string
        return try FileManager.default.subpathsOfDirectory(atPath: base).sorted().filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(base)/\(path)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }
    }

    func bytes(_ path: String, of reference: ArchiveReference = tools) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: tree(reference).appending(path).string)))
    }

    func text(_ path: String, of reference: ArchiveReference = tools) throws -> String {
        String(decoding: try bytes(path, of: reference), as: UTF8.self)
    }

    /// Flips one bit in the middle of a file, as a broken disk would.
    func damage(_ path: String) throws {
        var bytes = try bytes(path)
        bytes[bytes.count / 2] ^= 1
        try Durably.write(bytes, to: tree().appending(path), sync: .later)
    }

    /// The names of the SHA-256s that a suite's `Release` lists for stored files, and the folders they are in.
    func listed(_ suite: String = "bookworm") throws -> Set<String> {
        let lines = try text("dists/\(suite)/Release").split(separator: "\n").filter { $0.hasPrefix(" ") }
        let words = lines.map { $0.split(separator: " ").map(String.init) }
        return Set(
            words.filter { $0[2].hasSuffix(".gz") || $0[2].hasSuffix(".xz") }.map { words in
                "\(words[2].split(separator: "/").dropLast().joined(separator: "/"))/by-hash/SHA256/\(words[0])"
            })
    }

    func byHash(_ suite: String = "bookworm") throws -> Set<String> {
        Set(try files("dists/\(suite)").filter { $0.contains("by-hash") })
    }
}
