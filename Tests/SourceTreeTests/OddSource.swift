import ArchiveModel
import DebianControl
import DurableFiles
import Foundation
import Subprocess
import SystemPackage

@testable import SourceTree

/// A package of Tests/Fixtures/make-odd-source, in a folder of its own.
struct OddSource {
    let folder: FilePath
    let source: SourceToUnpack
    let upload: UploadToLint

    init(_ kind: String, distribution: [String] = ["bookworm"]) async throws {
        folder = FilePath("/tmp/slipway-odd-\(UInt64.random(in: 0..<UInt64.max))")
        try Durably.makeFolders(folder, sync: .later)
        let script = FilePath(#filePath).removingLastComponent().appending("../Fixtures/make-odd-source")
        let made = try await run(
            .path(script), arguments: [folder.string, kind], output: .discarded, error: .string(limit: 1 << 16))
        guard made.terminationStatus.isSuccess else { throw TestFailure("\(kind): \(made.standardError)") }
        let opened = try Folder(opening: folder)
        let names = try opened.entries().compactMap { FileName($0.name) }
        guard let dsc = names.first(where: { $0.ends(in: ".dsc") }),
            let changes = names.first(where: { $0.ends(in: ".changes") })
        else { throw TestFailure("no .dsc or .changes") }
        func read(_ name: FileName) throws -> String {
            String(decoding: try opened.openFile(name.description).readAll(limit: 1 << 20), as: UTF8.self)
        }
        let text = try read(dsc)
        let control = try SourceControl(try ControlParagraph(parsing: text))
        source = SourceToUnpack(
            dsc: dsc, control: control, distribution: distribution,
            files: control.files.map { entry in
                .init(name: entry.name) { try opened.openFile(entry.name.description) }
            })
        let dscFile = SourceToUnpack.File(name: dsc) { try opened.openFile(dsc.description) }
        upload = UploadToLint(name: changes, changes: try read(changes), files: source.files + [dscFile])
    }

    func remove() throws { try Durably.removeTree(folder) }
}

extension FileName {
    fileprivate func ends(in ending: String) -> Bool { description.hasSuffix(ending) }
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// A place to unpack in, and the program beside the tests.
struct Bench {
    let scratch: FilePath
    var unpacker: SourceUnpacker

    /// Built beside the tests.
    static var program: FilePath {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return FilePath(tests).removingLastComponent().appending("slipway-unpack")
    }

    init(limits: UnpackLimits = .standard) throws {
        scratch = FilePath("/tmp/slipway-scratch-\(UInt64.random(in: 0..<UInt64.max))")
        unpacker = try SourceUnpacker(program: Self.program, scratch: scratch, limits: limits)
    }

    var leftovers: [String] { get throws { try Folder(opening: scratch).entries().map(\.name) } }

    /// Processes that work beneath the folder, and what they run.
    var processes: [(pid: pid_t, program: String)] {
        get throws {
            try Folder(opening: "/proc").entries().compactMap { entry in
                guard let pid = pid_t(entry.name) else { return nil }
                let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd")
                guard place?.hasPrefix(scratch.string) == true,
                    let program = try? String(contentsOfFile: "/proc/\(pid)/comm", encoding: .utf8)
                else { return nil }
                return (pid, String(program.dropLast()))
            }
        }
    }

    func remove() throws { try Durably.removeTree(scratch) }
}
