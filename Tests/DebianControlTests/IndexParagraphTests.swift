import Testing

@testable import DebianControl

struct IndexParagraphTests {
    static let digest = String(repeating: "0", count: 64)

    private func entry(md5: String?) throws -> FileEntry {
        FileEntry(name: try #require(FileName("slip-hello_1.0-1.dsc")), size: 951, md5: md5, sha256: Self.digest)
    }

    private func source(_ dsc: String, md5: String? = String(repeating: "0", count: 32)) throws -> ControlParagraph {
        IndexParagraph.source(
            try SourceControl(ControlParagraph(parsing: dsc)), dscEntry: try entry(md5: md5),
            directory: "pool/main/s/slip-hello", section: "misc", priority: "optional")
    }

    private func binary(_ control: String, section: String? = nil) throws -> ControlParagraph {
        IndexParagraph.binary(
            try BinaryControl(ControlParagraph(parsing: control)), fileName: "pool/main/s/slip-hello/x.deb", size: 724,
            md5: nil, sha1: nil, sha256: Self.digest, section: section)
    }

    @Test func aSourceIsWrittenAsAptReadsIt() throws {
        #expect(
            try source(Sample.dsc).serialized() == """
                Package: slip-hello
                Binary: slip-hello, slip-hello-doc
                Version: 1:1.0-1
                Maintainer: Zoë Example <zoe@example.org>
                Uploaders: Bob Builder <bob@example.org>, "Smith, Carol" <carol@example.org>
                Build-Depends: debhelper-compat (= 13), libfoo-dev [linux-any] <!nocheck>
                Architecture: any all
                Standards-Version: 4.6.2
                Format: 3.0 (quilt)
                Package-List:
                 slip-hello deb misc optional arch=any
                 slip-hello-doc deb misc optional arch=all
                Directory: pool/main/s/slip-hello
                Priority: optional
                Section: misc
                Files:
                 00000000000000000000000000000000 951 slip-hello_1.0-1.dsc
                 94b0a3e8e74d59e1b0bef01c4e86f98c 183 slip-hello_1.0.orig.tar.gz
                 3e8378cbe11511c4f3beb76ee8515738 832 slip-hello_1.0-1.debian.tar.xz
                Checksums-Sha256:
                 \(Self.digest) 951 slip-hello_1.0-1.dsc
                 7840e1d5f27e549ac77fd9425e2e785363138f08e330c89d4036accd2a419072 183 slip-hello_1.0.orig.tar.gz
                 3d73d7340ff3bd9fb60a4a03aa59b1b87f46e21fbe0f9e675125f020fa8a2da0 832 slip-hello_1.0-1.debian.tar.xz

                """)
    }

    @Test func aBinaryIsWrittenAsAptReadsIt() throws {
        #expect(
            try binary("Homepage: https://example.org/\nDepends: libc6\n" + Sample.control).serialized() == """
                Package: slip-hello
                Version: 1:1.0-1
                Installed-Size: 2
                Maintainer: Zoë Example <zoe@example.org>
                Architecture: amd64
                Depends: libc6
                Homepage: https://example.org/
                Section: misc
                Priority: optional
                Filename: pool/main/s/slip-hello/x.deb
                Size: 724
                SHA256: \(Self.digest)
                Description: greets
                 It greets.
                 .
                 That is all.

                """)
    }

    @Test func digestsThatOneFileLacksAreLeftOut() throws {
        let index = try source(Sample.dsc, md5: nil)
        #expect(index["Files"] == nil)
        #expect(index["Checksums-Sha1"] == nil)
        #expect(index["Checksums-Sha256"] != nil)
    }

    @Test(arguments: [
        "Filename", "size", "SHA256", "SHA1", "MD5Sum", "SHA512", "Status", "Conffiles", "Description-md5",
    ])
    func aPackageDecidesNothingAboutItsPlaceAndDigests(_ field: String) throws {
        let index = try binary("\(field): hostile\nX-Kept: yes\n" + Sample.control)
        #expect(index[field] != "hostile")
        #expect(index["X-Kept"] == "yes")
    }

    @Test(arguments: ["Directory", "Package", "section", "Priority"])
    func aSourceDecidesNothingAboutItsPlace(_ field: String) throws {
        let index = try source("\(field): hostile\nHomepage: kept\n" + Sample.dsc)
        #expect(index[field] != "hostile")
        #expect(index["Homepage"] == "kept")
        #expect(index["Source"] == nil)
    }

    @Test func sectionsAreOverridden() throws {
        #expect(try binary(Sample.control, section: "libs")["Section"] == "libs")
    }
}
