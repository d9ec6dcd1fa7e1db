import Testing

@testable import DebianControl

struct SourceControlTests {
    @Test func readsWhatDpkgWrites() throws {
        let dsc = try SourceControl(ControlParagraph(parsing: Sample.dsc))
        #expect(dsc.format == .quilt)
        #expect(dsc.source.description == "slip-hello")
        #expect(dsc.binary.map(\.description) == ["slip-hello", "slip-hello-doc"])
        #expect(dsc.architectures.map(\.description) == ["any", "all"])
        #expect(dsc.version.description == "1:1.0-1")
        #expect(dsc.uploaders == ["Bob Builder <bob@example.org>", "\"Smith, Carol\" <carol@example.org>"])
        #expect(dsc.standardsVersion == "4.6.2")
        #expect(dsc.buildDepends?.serialized() == "debhelper-compat (= 13), libfoo-dev [linux-any] <!nocheck>")
        #expect(dsc.buildDependsIndep == nil)
        #expect(dsc.packageList.map(\.section) == ["misc", "misc"])
        #expect(dsc.packageList.map { $0.architectures.map(\.description) } == [["any"], ["all"]])
        #expect(dsc.files.map(\.size) == [183, 832])
        #expect(dsc.files.allSatisfy { $0.md5 != nil && $0.sha1 != nil && $0.sha256 != nil })
    }

    static let edits = [
        Edit("Format: 3.0 (quilt)", "Format: 3.0 (git)", "unsupported-source-format Format"),
        Edit("Format: 3.0 (quilt)", "Format:", "empty-field Format"),
        Edit("Source: slip-hello", "Source: slip-hello (1)", "bad-value Source"),
        Edit("Binary: slip-hello, slip-hello-doc\n", "", "missing-field Binary", "package-list-disagrees Package-List"),
        Edit("Binary: slip-hello, slip-hello-doc\n", "Binary: slip-hello,\n slip-hello-doc\n"),
        Edit("Architecture: any all", "Architecture: source", "bad-value Architecture"),
        Edit("Architecture: any all", "Architecture: linux-any any-i386"),
        Edit("Maintainer: Zoë Example <zoe@example.org>\n", "", "missing-field Maintainer"),
        Edit("\"Smith, Carol\" <carol@example.org>", "Carol", "bad-address Uploaders"),
        Edit("libfoo-dev [linux-any]", "libfoo-dev [linux-any", "bad-relations Build-Depends"),
        Edit("Standards-Version: 4.6.2", "Build-Depends-Indep:", "empty-field Build-Depends-Indep"),
        Edit(
            "slip-hello-doc deb misc optional arch=all", "slip-hello-doc deb", "bad-package-list-line Package-List",
            "package-list-disagrees Package-List"),
        Edit(
            "slip-hello-doc deb misc optional arch=all", "slip-hello-doc deb misc optional arch=all arch=any",
            "bad-package-list-line Package-List", "package-list-disagrees Package-List"),
        Edit("slip-hello-doc deb misc", "other deb misc", "package-list-disagrees Package-List"),
        Edit(
            "Checksums-Sha256:", "Checksums-Sha512:", "missing-field Checksums-Sha256", "bad-digest Checksums-Sha512",
            "bad-digest Checksums-Sha512"),
        Edit("Uploaders: Bob", "Uploaders: B\u{1B}b", "control-character Uploaders"),
        Edit(
            [
                ("Format: 3.0 (quilt)", "Format: 4"), ("Source: slip-hello\n", ""),
                ("\nVersion: 1:1.0-1", "\nVersion: x"),
            ],
            ["unsupported-source-format Format", "missing-field Source", "bad-value Version"]),
    ]

    @Test(arguments: edits)
    func tellsMistakenFields(_ edit: Edit) throws { try edit.check(Sample.dsc, SourceControl.init) }
}
