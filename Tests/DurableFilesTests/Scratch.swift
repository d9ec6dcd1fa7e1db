import DurableFiles
import Foundation
import SystemPackage

/// A folder of its own for one test, removed with everything in it when the test lets go of it.
final class Scratch: Sendable {
    let path: FilePath

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "slipway-\(UUID())")
        path = FilePath(folder.path)
        try Durably.makeFolders(path, permissions: .ownerReadWriteExecute, sync: .later)
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    /// Makes what the lines name: "name/" a folder, "name -> target" a link, "name|" a pipe, "name" a file with its
    /// name in it.
    func make(_ lines: String...) throws {
        for line in lines {
            let arrow = line.components(separatedBy: " -> ")
            if arrow.count == 2 {
                try FileManager.default.createSymbolicLink(atPath: full(arrow[0]), withDestinationPath: arrow[1])
            } else if line.hasSuffix("/") {
                try FileManager.default.createDirectory(atPath: full(line), withIntermediateDirectories: true)
            } else if line.hasSuffix("|") {
                guard mkfifo(full(String(line.dropLast())), 0o600) == 0 else { throw Errno(rawValue: errno) }
            } else {
                try put(Array(line.utf8), at: line)
            }
        }
    }

    func put(_ bytes: [UInt8], at name: String) throws {
        try Data(bytes).write(to: URL(filePath: full(name)))
    }

    func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: full(name)))) }
    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    /// Every name beneath `folder`, sorted.
    func listing(_ folder: String = "") throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: full(folder)).sorted()
    }

    /// Sets the last change to the start of 1970.
    func makeOld(_ name: String) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: full(name))
    }

    func permissions(_ name: String) throws -> FilePermissions { try FilePath(full(name)).stat().permissions }
    func full(_ name: String) -> String { path.appending(name).string }
}
