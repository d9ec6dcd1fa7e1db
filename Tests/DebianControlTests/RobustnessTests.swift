import Testing

@testable import DebianControl

/// Whatever comes, nothing traps: these tests fail by crashing. The seeds are fixed, so they crash again.
struct RobustnessTests {
    static let samples = [Sample.dsc, Sample.sourceChanges, Sample.fullChanges, Sample.buildinfo, Sample.control]

    @Test(arguments: 0..<8)
    func randomBytesTrapNothing(_ seed: UInt64) {
        var random = SplitMix(seed: seed)
        for _ in 0..<400 {
            let count = Int.random(in: 0...200, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            readEverything(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test(arguments: 0..<8)
    func randomSyntaxTrapsNothing(_ seed: UInt64) {
        var random = SplitMix(seed: 100 + seed)
        let pieces = [
            "A", "a1", ":", " ", "\n", "\n ", "\t", "\r", "#", "-", ".", ",", "|", "(", ")", "[", "]", "<", ">", "=",
            "!", "~", "+", "*", "?",
            "any", "0", "99999999999999999999", "_", "/", "..", "é", "\u{0}", ".orig", ".tar.gz", ".asc", ".dsc", "rm ",
            "Commands:", "Action:",
        ]
        for _ in 0..<600 {
            let count = Int.random(in: 0...12, using: &random)
            readEverything((0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined())
        }
    }

    @Test(arguments: 0..<8)
    func mutatedRealOnesTrapNothing(_ seed: UInt64) {
        var random = SplitMix(seed: 200 + seed)
        for sample in Self.samples {
            for _ in 0..<60 { readEverything(mutated(sample, &random)) }
        }
    }

    /// A few bytes changed, removed or doubled, or a stretch moved.
    private func mutated(_ sample: String, _ random: inout SplitMix) -> String {
        var bytes = Array(sample.utf8)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let end = Int.random(in: start..<min(bytes.count, start + 30), using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[start] = UInt8.random(in: 0...255, using: &random)
            case 1 where bytes.count > 40: bytes.removeSubrange(start...end)
            case 2: bytes.insert(contentsOf: bytes[start...end], at: Int.random(in: 0..<bytes.count, using: &random))
            default: bytes.insert(contentsOf: "\n :,([<".utf8.shuffled(using: &random).prefix(2), at: start)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func readEverything(_ text: String) {
        for paragraph in (try? ControlParagraph.paragraphs(in: text)) ?? [] {
            readFields(paragraph)
            let again = try? ControlParagraph(parsing: paragraph.serialized())
            #expect(again?.fields.map(\.name) == paragraph.fields.map(\.name))
            #expect(again?.fields.map(\.value) == paragraph.fields.map(\.value))
        }
        _ = try? CommandFile(parsing: text)
        readWords(text)
    }

    private func readFields(_ paragraph: ControlParagraph) {
        if let changes = try? Changes(paragraph) { _ = FileName("a_1_source.changes").map(changes.mistakes(named:)) }
        if let dsc = try? SourceControl(paragraph) {
            _ = dsc.files.first.map {
                IndexParagraph.source(
                    dsc, dscEntry: $0, directory: "x", section: nil, priority: nil)
            }
        }
        if let control = try? BinaryControl(paragraph) {
            _ = IndexParagraph.binary(control, fileName: "x", size: 1, md5: nil, sha1: nil, sha256: "")
        }
        _ = try? BuildInfo(paragraph)
    }

    private func readWords(_ text: String) {
        _ = (PackageVersion(text), PackageName(text), Architecture(text), SourceReference(text), PackageListEntry(text))
        _ = (try? Relations(parsing: text), try? QueueCommand(text), FieldReader.isPerson(text))
        if let wildcard = ArchitectureWildcard(text) { _ = wildcard.matches(.all) }
        guard let name = FileName(text) else { return }
        _ = NamedUploadFile(name)
        _ = QueueFilePattern(text)?.matches(name)
    }
}
