import Testing

@testable import DebianControl

struct ChangesAgreementTests {
    @Test(
        arguments: [
            ("slip-hello_1.0-1_source.changes", []), ("slip-hello_1.0-1_multi.changes", []),
            ("slip-hello_1.0-1_amd64.changes", []),
            ("slip-hello_1.0-1_all.changes", ["Architecture"]), ("slip-hello_1.0-2_source.changes", ["Version"]),
            ("slip-hello_1:1.0-1_source.changes", nil), ("other_2_source.changes", ["Source", "Version"]),
            ("slip-hello.changes", ["Source"]), ("slip-hello_1.0-1.dsc", ["Source"]),
        ] as [(String, [String]?)])
    func theNameAgrees(_ name: String, _ fields: [String]?) throws {
        guard let name = FileName(name) else {
            #expect(fields == nil)
            return
        }
        let changes = try Changes(ControlParagraph(parsing: Sample.sourceChanges))
        let mistakes = changes.mistakes(named: name)
        #expect(mistakes.map(\.field) == fields)
        #expect(mistakes.allSatisfy { $0.code == "file-name-disagrees" })
    }

    static let edits = [
        Edit("Format: 3.0 (quilt)", "Format: 3.0 (quilt)"),
        Edit("slip-hello", "slip-hullo", "source-disagrees Source", "file-not-in-dsc Files", "file-not-in-dsc Files"),
        Edit("\nVersion: 1:1.0-1", "\nVersion: 1.0-1", "version-disagrees Version"),
        Edit("\nVersion: 1:1.0-1", "\nVersion: 01:1.0-1", "version-disagrees Version"),
        Edit(" 183 ", " 184 ", "sizes-disagree Files"),
        Edit("7840e1d5", "7840e1d6", "digests-disagree Checksums-Sha256"),
        Edit("3e8378cb", "3e8378cc", "digests-disagree Files"),
    ]

    @Test(arguments: edits)
    func theDscAgrees(_ edit: Edit) throws {
        let dsc = try SourceControl(edit.paragraph(of: Sample.dsc))
        let changes = try Changes(ControlParagraph(parsing: Sample.sourceChanges))
        #expect(changes.mistakes(against: dsc).map { "\($0.code) \($0.field)" } == edit.mistakes)
    }
}
