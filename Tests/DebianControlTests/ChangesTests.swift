import Testing

@testable import DebianControl

struct ChangesTests {
    @Test func readsASourceOnlyUpload() throws {
        let changes = try Changes(ControlParagraph(parsing: Sample.sourceChanges))
        #expect(changes.format == "1.8")
        #expect(changes.date == "Thu, 20 Nov 2025 10:00:00 +0000")
        #expect(changes.source.description == "slip-hello")
        #expect(changes.version.description == "1:1.0-1")
        #expect(changes.sourceVersion.description == "1:1.0-1")
        #expect(changes.binary.isEmpty)
        #expect(changes.architectures == [.source])
        #expect(changes.isSourceful)
        #expect(changes.distribution == ["bookworm"])
        #expect(changes.urgency == "medium")
        #expect(changes.maintainer == "Zoë Example <zoe@example.org>")
        #expect(changes.closes == [123456, 234567])
        #expect(changes.changes.hasPrefix("slip-hello (1:1.0-1) bookworm; urgency=medium\n.\n  * First"))
        #expect(changes.description == nil)
        #expect(changes.buildinfos.map(\.name.description) == ["slip-hello_1.0-1_source.buildinfo"])
    }

    @Test func mergesTheListsOfFiles() throws {
        let changes = try Changes(ControlParagraph(parsing: Sample.sourceChanges))
        let dsc = try #require(changes.dsc)
        let digests = [dsc.md5, dsc.sha1, dsc.sha256, dsc.sha512]
        #expect(dsc.size == 951)
        #expect((dsc.section, dsc.priority) == ("misc", "optional"))
        #expect(digests.map { $0?.count } == [32, 40, 64, nil])
        #expect(changes.files.map(\.named.kind) == [.dsc, .orig, .debianTar, .buildinfo])
    }

    @Test func readsAFullUpload() throws {
        let changes = try Changes(ControlParagraph(parsing: Sample.fullChanges))
        #expect(changes.binary.map(\.description) == ["slip-hello", "slip-hello-doc"])
        #expect(changes.architectures.map(\.description) == ["source", "all", "amd64"])
        #expect(changes.description == "slip-hello - greets\nslip-hello-doc - documents the greeting")
    }

    @Test func aRebuildNamesItsSourcesVersion() throws {
        let edit = Edit("Source: slip-hello\n", "Source: slip-hello (1:1.0-0)\n")
        let changes = try Changes(edit.paragraph(of: Sample.sourceChanges))
        #expect(changes.sourceVersionInParentheses?.description == "1:1.0-0")
        #expect(changes.sourceVersion.description == "1:1.0-0")
    }

    static let fieldEdits = [
        Edit("Format: 1.8\n", "", "missing-field Format"),
        Edit("Format: 1.8", "Format: 2.1", "format-out-of-range Format"),
        Edit("Format: 1.8", "Format: 1.4", "format-out-of-range Format"),
        Edit("Format: 1.8", "Format: 1", "format-out-of-range Format"),
        Edit("Format: 1.8", "Format: 1.8.1", "format-out-of-range Format"),
        Edit("Format: 1.8", "Format: 1.-8", "format-out-of-range Format"),
        Edit("Format: 1.8", "Format: 99999999999999999999.8", "format-out-of-range Format"),
        Edit("Format: 1.8", "Format: 1.5"),
        Edit("Date: Thu, 20 Nov 2025 10:00:00 +0000\n", "", "missing-field Date"),
        Edit("Source: slip-hello\n", "", "missing-field Source"),
        Edit("Source: slip-hello\n", "Source: Slip\n", "bad-value Source"),
        Edit("Source: slip-hello\n", "Source: slip-hello (x)\n", "bad-value Source"),
        Edit("Source: slip-hello\n", "Source: slip-hello (1\n", "bad-value Source"),
        Edit("Architecture: source", "Architecture: source source", "duplicate-word Architecture"),
        Edit("Architecture: source", "Architecture: source any", "bad-value Architecture"),
        Edit("Architecture: source", "Architecture:", "empty-field Architecture", "dsc-without-source Architecture"),
        Edit("\nVersion: 1:1.0-1", "\nVersion: one", "bad-value Version"),
        Edit("\nVersion: 1:1.0-1", "\nVersion: 2", "file-name-disagrees Files", "file-name-disagrees Files"),
        Edit("Distribution: bookworm\n", "Distribution: bookworm sid\n", "not-one-distribution Distribution"),
        Edit("Distribution: bookworm\n", "", "missing-field Distribution"),
        Edit("Urgency: medium\n", ""),
        Edit("Maintainer: Zoë Example <zoe@example.org>\n", "Maintainer: Zoë\n", "bad-address Maintainer"),
        Edit("Maintainer: Zoë Example <zoe@example.org>\n", "Maintainer: Zoë <a@b>,\n"),
        Edit("Changed-By: Zoë Example <zoe@example.org>\n", "Changed-By: Zoë <@b>\n", "bad-address Changed-By"),
        Edit("Changed-By: Zoë Example <zoe@example.org>\n", "Changed-By: <a@b> <c@d>\n"),
        Edit("Changed-By: Zoë Example <zoe@example.org>\n", "Changed-By: A <a@b@c>\n", "bad-address Changed-By"),
        Edit("Changed-By: Zoë Example <zoe@example.org>\n", "Changed-By: A <a@b\n c>\n", "bad-address Changed-By"),
        Edit("Changed-By: Zoë Example <zoe@example.org>\n", ""),
        Edit("Closes: 123456 234567", "Closes: 123456 -1", "bad-value Closes"),
        Edit("Closes: 123456 234567", "Closes: #123456", "bad-value Closes"),
        Edit("First release", "First\u{7}release", "control-character Changes"),
        Edit("First release", "First\rrelease", "control-character Changes"),
        Edit("First release", "First\u{0}release", "control-character Changes"),
        Edit("First release", "First\trelease"),
    ]

    @Test(arguments: fieldEdits)
    func tellsMistakenFields(_ edit: Edit) throws { try edit.check(Sample.sourceChanges, Changes.init) }

    static let md5 = "a888cddf946a875545a85c69b2f5e23d"
    static let fileEdits = [
        Edit(" 951 misc", " 952 misc", "sizes-disagree Checksums-Sha1", "sizes-disagree Checksums-Sha256"),
        Edit(
            " 951 misc", " -951 misc", "bad-size Files", "source-without-dsc Files"),
        Edit(
            " 951 misc optional", " 951 misc", "bad-file-line Files", "source-without-dsc Files"),
        Edit(
            md5, "xyz", "bad-digest Files", "source-without-dsc Files"),
        Edit(md5, "A888CDDF946A875545A85C69B2F5E23D"),
        Edit(
            "951 misc optional slip", "99999999999999999999 misc optional slip", "bad-size Files",
            "source-without-dsc Files"),
        Edit(
            "slip-hello_1.0-1_source.buildinfo", "../slip-hello_1.0-1_source.buildinfo", "unsafe-file-name Files",
            "unsafe-file-name Checksums-Sha1", "unsafe-file-name Checksums-Sha256"),
        Edit(
            "slip-hello_1.0-1_source.buildinfo", "slip-hello_1.0-1.dsc", "duplicate-file Files",
            "duplicate-file Checksums-Sha1", "duplicate-file Checksums-Sha256"),
        Edit(
            "slip-hello_1.0-1_source.buildinfo", "slip-hello_2.0.dsc", "several-dsc Files", "file-name-disagrees Files"),
        Edit("slip-hello_1.0-1_source.buildinfo", "x.changes", "unknown-file-kind Files"),
        Edit("slip-hello_1.0-1_source.buildinfo", "x.commands", "unknown-file-kind Files"),
        Edit("slip-hello_1.0-1_source.buildinfo", "manual.pdf", "unknown-file-kind Files"),
        Edit("misc optional slip-hello_1.0-1_source.buildinfo", "byhand - slip-hello_1.0-1_source.buildinfo"),
        Edit(
            [
                ("misc optional slip-hello_1.0-1_source.buildinfo", "byhand - manual.pdf"),
                ("slip-hello_1.0-1_source.buildinfo", "manual.pdf"),
            ], []),
        Edit("Checksums-Sha256:", "X-Sums:", "missing-field Checksums-Sha256"),
        Edit("Checksums-Sha1:", "X-Sums:"),
        Edit(
            "951 slip-hello_1.0-1.dsc", "951 slip-hello_1.0-2.dsc", "file-lists-disagree Checksums-Sha1",
            "file-lists-disagree Checksums-Sha1", "file-lists-disagree Checksums-Sha256",
            "file-lists-disagree Checksums-Sha256"),
        Edit("\nFiles:\n", "\nX-Files:\n", "missing-field Files"),
        Edit(
            "Architecture: source", "Architecture: amd64", "dsc-without-source Architecture",
            "architecture-without-deb Architecture"),
        Edit("Architecture: source", "Architecture: source amd64", "architecture-without-deb Architecture"),
    ]

    @Test(arguments: fileEdits)
    func tellsMistakenFiles(_ edit: Edit) throws { try edit.check(Sample.sourceChanges, Changes.init) }

    static let binaryEdits = [
        Edit("Architecture: source all amd64", "Architecture: source amd64", "deb-of-unlisted-architecture Files"),
        Edit(
            "Architecture: source all amd64", "Architecture: source all i386 amd64",
            "architecture-without-deb Architecture"),
        Edit("Binary: slip-hello slip-hello-doc\n", "", "missing-field Binary"),
        Edit("Binary: slip-hello slip-hello-doc\n", "Binary: slip-hello\n", "binary-not-listed Binary"),
        Edit("Binary: slip-hello slip-hello-doc\n", "Binary: slip-hello slip-hello-doc Foo\n", "bad-value Binary"),
        Edit(
            [
                ("Binary: slip-hello slip-hello-doc\n", "Binary: slip-hello\n"),
                ("slip-hello-doc_1.0-1_all", "slip-hello-dbgsym_1.0-1_all"),
            ], []),
        Edit(
            "slip-hello-doc_1.0-1_all.deb", "doc.deb", "architecture-without-deb Architecture",
            "unknown-file-kind Files"),
    ]

    @Test(arguments: binaryEdits)
    func tellsMistakenBinaries(_ edit: Edit) throws { try edit.check(Sample.fullChanges, Changes.init) }

    @Test func aMistakeHasItsLineAndWhatStandsThere() throws {
        let edit = Edit(Self.md5 + " 951 misc optional slip-hello_1.0-1.dsc", Self.md5 + " 951 ../etc/passwd")
        let paragraph = try edit.paragraph(of: Sample.sourceChanges)
        let error = #expect(throws: ControlMistakes.self) { try Changes(paragraph) }
        let mistake = try #require(error?.mistakes.first)
        #expect(mistake.line == 26)
        #expect(mistake.got == "\(Self.md5) 951 ../etc/passwd")
        #expect(mistake.expected == "digest, size, section, priority and name on each line")
    }

    @Test func neitherManyNorLongMistakesFlood() throws {
        let lines = (0..<5000).map { "\n \($0) \(String(repeating: "x", count: 500))" }.joined()
        let paragraph = try ControlParagraph(parsing: "Files:\(lines)\n", limits: .index)
        let error = #expect(throws: ControlMistakes.self) { try Changes(paragraph) }
        #expect(error?.mistakes.count == FieldReader.mistakeLimit)
        #expect((error?.description.utf8.count ?? .max) < FieldReader.mistakeLimit * 500)
    }
}
