internal import DurableFiles
internal import Foundation
internal import SystemPackage

/// A jail of its own for a test, removed with it.
final class TestJail: Sendable {
    let path: FilePath

    init() throws {
        // Short: the path of a socket in it has to fit into 107 bytes.
        path = FilePath("/tmp/slipway-test-\(String(UInt32.random(in: .min ... .max), radix: 36))")
        try makeFolders()
    }

    func makeFolders() throws {
        try Durably.makeFolders(path.appending("incoming"), sync: .later)
        try Durably.makeFolders(path.appending("landed"), sync: .later)
    }

    deinit { try? Durably.removeTree(path) }

    /// Files and folders beneath, sorted, as paths.
    func tree(_ place: String = "") -> [String] {
        let found = FileManager.default.enumerator(atPath: path.appending(place).string)?.allObjects ?? []
        return found.compactMap { $0 as? String }.sorted()
    }

    func files(_ place: String) -> [String] {
        tree(place).filter { !isFolder("\(place)/\($0)") }
    }

    func read(_ place: String) -> String? {
        FileManager.default.contents(atPath: path.appending(place).string).map { String(decoding: $0, as: UTF8.self) }
    }

    func write(_ text: String, to place: String) throws {
        let file = path.appending(place)
        try Durably.makeFolders(file.removingLastComponent(), sync: .later)
        try Durably.write(Array(text.utf8), to: file, sync: .later)
    }

    func permissions(_ place: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path.appending(place).string)[.posixPermissions] as? Int
    }

    private func isFolder(_ place: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path.appending(place).string, isDirectory: &isFolder)
            && isFolder.boolValue
    }
}
