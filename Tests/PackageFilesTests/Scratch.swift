import DurableFiles
import Foundation
import SystemPackage

/// A folder of its own for one test, in which the real tools run; removed when the test lets go of it.
final class Scratch: Sendable {
    let path: FilePath

    init() throws {
        path = FilePath(FileManager.default.temporaryDirectory.appending(path: "slipway-\(UUID())").path)
        try Durably.makeFolders(path, permissions: .ownerReadWriteExecute, sync: .later)
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    struct Failed: Error { let status: Int32, script: String, output: String }

    /// Runs the lines with sh in this folder, in UTC and the C.UTF-8 locale, and returns what they print.
    @discardableResult
    func sh(_ script: String) throws -> String {
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-euc", "exec >.output 2>&1\n\(script)"]
        shell.currentDirectoryURL = URL(filePath: path.string)
        shell.environment = [
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "TZ": "UTC0", "LC_ALL": "C.UTF-8",
            "SOURCE_DATE_EPOCH": "1700000000",
        ]
        try shell.run()
        shell.waitUntilExit()
        let output = String(decoding: try bytes(".output"), as: UTF8.self)
        guard shell.terminationStatus == 0 else {
            throw Failed(status: shell.terminationStatus, script: script, output: output)
        }
        return output
    }

    func put(_ bytes: [UInt8], at name: String) throws {
        try Data(bytes).write(to: URL(filePath: path.appending(name).string))
    }

    func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path.appending(name).string)))
    }
}

/// Bytes that look random and are the same each time.
func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 42
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
    }
}
