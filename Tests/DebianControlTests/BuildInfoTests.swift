import Testing

@testable import DebianControl

struct BuildInfoTests {
    @Test func readsWhatDpkgWrites() throws {
        let info = try BuildInfo(ControlParagraph(parsing: Sample.buildinfo))
        #expect(info.source.description == "slip-hello")
        #expect(info.version.description == "1:1.0-1")
        #expect(info.sourceVersion == info.version)
        #expect(info.architectures.map(\.description) == ["all", "amd64", "source"])
        #expect(info.files.map(\.size) == [951, 732, 724])
        #expect(info.files.allSatisfy { $0.md5?.count == 32 && $0.sha1?.count == 40 && $0.sha256?.count == 64 })
    }

    static let edits = [
        Edit("Format: 1.0\n", "", "missing-field Format"),
        Edit("Source: slip-hello\n", "Source: slip-hello (1)\n"),
        Edit(
            "Checksums-Sha256:", "X-Sums:", "missing-field Checksums-Sha256"),
        Edit(
            "a888cddf946a875545a85c69b2f5e23d 951", "a888cddf946a875545a85c69b2f5e23d 95",
            "sizes-disagree Checksums-Md5"),
    ]

    @Test(arguments: edits)
    func tellsMistakenFields(_ edit: Edit) throws { try edit.check(Sample.buildinfo, BuildInfo.init) }
}
