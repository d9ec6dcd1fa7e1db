import Foundation
import Testing

@testable import slipway

/// Every code that `slipway checks` prints is one that a test makes happen.
@Suite struct CodeTests {
    /// Whose tests make findings happen. Those of mails and pages only show some.
    private static let folders = [
        "DebianControlTests", "OpenPGPTests", "PackageFilesTests", "SourceTreeTests", "IntakeTests", "CommandsTests",
        "CatalogTests", "EndToEndTests",
    ]

    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "..")

    @Test func aTestNamesIt() throws {
        let words = try Self.folders.reduce(into: Set<Substring>()) { $0.formUnion(try Self.words(in: $1)) }
        let unnamed = KnownCheck.all.map(\.code).filter { !words.contains($0[...]) }
        #expect(unnamed.isEmpty, "no test expects these findings")
    }

    /// All that stands in a string and may be a code.
    private static func words(in folder: String) throws -> Set<Substring> {
        let files = FileManager.default.enumerator(at: tests.appending(path: folder), includingPropertiesForKeys: nil)
        var words: Set<Substring> = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for line in text.split(separator: "\n") where line.contains("\"") {
                words.formUnion(line.split { !($0.isLetter || $0.isNumber || $0 == "-") })
            }
        }
        return words
    }
}
