import Foundation
import PackageFiles
import Testing

/// Against gzip, xz and apt.
@Suite struct CompressionTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let compression: Compression
        let name: String
        let segments: [[UInt8]]
        var testDescription: String { "\(compression.rawValue), \(name)" }
    }

    /// Like a Packages file: much repeats, the digests do not.
    static func index(_ packages: Range<Int>) -> [UInt8] {
        Array(
            packages.map {
                "Package: p\($0)\nVersion: 1.\($0)-1\nSHA256: \(Digester.sha256([UInt8(truncatingIfNeeded: $0)]))\n\n"
            }
            .joined().utf8)
    }

    static let texts: [(String, [[UInt8]])] = [
        ("nothing", []), ("an empty segment", [[]]), ("one byte", [[10]]), ("noise", [noise(300_000)]),
        ("one segment", [index(0..<3000)]),
        ("segments of all sizes", [index(0..<1), index(1..<3000), [], noise(70_000), index(3000..<3001)]),
        ("many segments", (0..<100).map { index($0..<$0 + 1) }),
    ]
    static let rows = Compression.allCases.flatMap { compression in
        texts.map { Row(compression: compression, name: $0.0, segments: $0.1) }
    }

    @Test(arguments: rows)
    func theRealToolUnpacksWhatWePacked(_ row: Row) throws {
        let scratch = try Scratch()
        let text = Array(row.segments.joined())
        try scratch.put(try row.compression.compress(text), at: "whole")
        try scratch.put(try row.compression.compressSegments(row.segments), at: "joined")
        for file in ["whole", "joined"] {
            try scratch.sh("\(row.compression.rawValue) -t < \(file); \(row.compression.rawValue) -dc < \(file) > text")
            #expect(try scratch.bytes("text") == text)
        }
    }

    static let aptHelper = "/usr/lib/apt/apt-helper"

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: aptHelper)), arguments: rows)
    func aptReadsJoinedFiles(_ row: Row) throws {
        let scratch = try Scratch()
        let file = "Packages\(row.compression.fileExtension)"
        try scratch.put(try row.compression.compressSegments(row.segments), at: file)
        try scratch.sh("\(Self.aptHelper) cat-file \(file) > text")
        #expect(try scratch.bytes("text") == Array(row.segments.joined()))
    }

    @Test(arguments: Compression.allCases)
    func keptSegmentsJoinToTheSameFile(_ compression: Compression) throws {
        let segments = (0..<5).map { Self.index($0 * 500..<$0 * 500 + 500) }
        let kept = try segments.map { try JSONEncoder().encode(compression.compress(segment: $0)) }
        let restored = try kept.map { try JSONDecoder().decode(CompressedSegment.self, from: $0) }
        #expect(try compression.join(restored) == compression.compressSegments(segments))
    }

    @Test func gzipHasNoTimeAndNoName() throws {
        #expect(try Compression.gzip.compress([1, 2, 3]).prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3])
    }

    @Test func xzHasBlocksWithCRC64() throws {
        let scratch = try Scratch()
        try scratch.put(try Compression.xz.compressSegments([Self.index(0..<100), Self.index(100..<200)]), at: "a.xz")
        let columns = try scratch.sh("xz --robot --list a.xz | grep ^file").split(whereSeparator: \.isWhitespace)
        #expect(columns[1] == "1" && columns[2] == "2")  // one stream, two blocks
        #expect(columns[6] == "CRC64")
    }

    @Test func whatIsFarBackIsFoundAgain() throws {
        #expect(try Compression.xz.compress(noise(600_000) + noise(600_000)).count < 610_000)
    }

    @Test func sizesAreNearThoseOfTheTools() throws {
        let scratch = try Scratch()
        let text = Self.index(0..<5000)
        try scratch.put(text, at: "text")
        let sizes = try scratch.sh("gzip -9nc text | wc -c; xz -6c text | wc -c").split(separator: "\n").map {
            Int($0) ?? 0
        }
        #expect(try Compression.gzip.compress(text).count <= sizes[0] * 105 / 100)
        #expect(try Compression.xz.compress(text).count <= sizes[1] * 105 / 100)
    }
}
