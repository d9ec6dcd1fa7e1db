import Testing

@testable import DebianControl

struct BinaryControlTests {
    @Test func readsWhatDpkgWrites() throws {
        let control = try BinaryControl(ControlParagraph(parsing: Sample.control))
        #expect(control.package.description == "slip-hello")
        #expect(control.version.description == "1:1.0-1")
        #expect(control.architecture.description == "amd64")
        #expect(control.source == control.package)
        #expect(control.sourceVersion.description == "1:1.0-1")
        #expect((control.section, control.priority) == ("misc", "optional"))
        #expect(control.description == "greets\nIt greets.\n.\nThat is all.")
        #expect(control.relations.isEmpty)
    }

    @Test(arguments: [
        ("Source: other\n", "other", "1:1.0-1"), ("Source: other (2)\n", "other", "2"),
        ("Source: slip-hello (1:1.0-0)\n", "slip-hello", "1:1.0-0"),
    ])
    func namesItsSource(_ field: String, _ name: String, _ version: String) throws {
        let control = try BinaryControl(ControlParagraph(parsing: field + Sample.control))
        #expect((control.source.description, control.sourceVersion.description) == (name, version))
    }

    static let edits = [
        Edit("Section: misc\n", "Depends: libc6 (>= 2.34), perl:any | awk\n"),
        Edit("Package: slip-hello", "Package: a", "bad-value Package"),
        Edit("Architecture: amd64", "Architecture: any", "bad-value Architecture"),
        Edit("Architecture: amd64", "Architecture: source", "bad-value Architecture"),
        Edit("Architecture: amd64", "Architecture: amd64 i386", "bad-value Architecture"),
        Edit("Section: misc\n", "Depends:\n", "empty-field Depends"),
        Edit("Section: misc\n", "Depends: a1 [amd64]\n", "bad-relations Depends"),
        Edit("Section: misc\n", "Depends: a1 <!nocheck>\n", "bad-relations Depends"),
        Edit("Section: misc\n", "Provides: a1, b1 (= 2)\n"),
        Edit("Section: misc\n", "Provides: a1 | b1\n", "bad-relations Provides"),
        Edit("Section: misc\n", "Provides: a1 (>= 1)\n", "bad-relations Provides"),
        Edit("Section: misc\n", "Built-Using: a1 (= 1)\n"),
        Edit("Section: misc\n", "Built-Using: a1\n", "bad-relations Built-Using"),
        Edit("Section: misc\n", "Static-Built-Using: a1 (>= 1)\n", "bad-relations Static-Built-Using"),
        Edit("Section: misc\n", "Multi-Arch: same\n"),
        Edit("Section: misc\n", "Multi-Arch: yes\n", "bad-value Multi-Arch"),
        Edit(
            [("Maintainer: Zoë Example <zoe@example.org>\n", ""), ("Description: greets", "X: y")],
            ["missing-field Maintainer", "missing-field Description"]),
    ]

    @Test(arguments: edits)
    func tellsMistakenFields(_ edit: Edit) throws { try edit.check(Sample.control, BinaryControl.init) }

    @Test(arguments: [
        ("slip-hello_1.0-1_amd64.deb", []), ("slip-hullo_1.0-1_amd64.deb", ["Package"]),
        ("slip-hello_1.0-2_amd64.deb", ["Version"]),
        ("slip-hello_1.0-1_all.udeb", ["Architecture"]), ("x.deb", ["Package", "Version", "Architecture"]),
    ])
    func theNameAgrees(_ name: String, _ fields: [String]) throws {
        let control = try BinaryControl(ControlParagraph(parsing: Sample.control))
        #expect(control.mistakes(named: try #require(FileName(name))).map(\.field) == fields)
    }
}
