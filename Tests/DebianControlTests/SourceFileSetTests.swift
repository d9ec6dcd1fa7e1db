import Testing

@testable import DebianControl

struct SourceFileSetTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let format: SourceFormat
        let version: String
        let files: [String]
        let mistakes: [String]

        init(_ format: SourceFormat, _ version: String, _ files: String, _ mistakes: String...) {
            (self.format, self.version) = (format, version)
            (self.files, self.mistakes) = (files.split(separator: " ").map { String($0) }, mistakes)
        }

        var testDescription: String { "\(format): \(files.joined(separator: " "))" }
    }

    static let rows = [
        Row(.v1, "1-1", "ab_1.orig.tar.gz ab_1-1.diff.gz"),
        Row(.v1, "1-1", "ab_1.orig.tar.gz ab_1.orig.tar.gz.asc ab_1-1.diff.gz"),
        Row(.v1, "1", "ab_1.tar.gz"),
        Row(.v1, "1:1-1", "ab_1-1.tar.gz"),
        Row(.v1, "1-1", "ab_1.orig.tar.gz", "missing-diff"),
        Row(.v1, "1-1", "ab_1-1.diff.gz", "missing-tarball"),
        Row(.v1, "1-1", "", "missing-tarball"),
        Row(.v1, "1-1", "ab_1.orig.tar.gz ab_1-1.diff.gz ab_1-1.tar.gz", "file-not-of-this-format"),
        Row(.v1, "1-1", "ab_1.orig.tar.xz ab_1-1.diff.gz", "unsupported-compression"),
        Row(.v1, "1-1", "ab_1.orig.tar.gz ab_1-1.diff.gz ab_1.orig-x.tar.gz", "file-not-of-this-format"),
        Row(.v1, "1-1", "ab_1.orig.tar.gz ab_1-1.debian.tar.gz", "file-not-of-this-format", "missing-diff"),
        Row(.v1, "1", "ab_1.orig.tar.gz ab_1.diff.gz", "orig-without-revision"),
        Row(.native, "1", "ab_1.tar.xz"),
        Row(.native, "1-1", "ab_1-1.tar.bz2"),
        Row(.native, "1", "", "missing-tarball"),
        Row(.native, "1", "ab_1.tar.xz ab_1.tar.gz", "several-files-of-one-role"),
        Row(.native, "1", "ab_2.tar.xz", "file-name-disagrees"),
        Row(.native, "1", "ac_1.tar.xz", "file-name-disagrees"),
        Row(.native, "1", "ab_1.tar.zst", "unsupported-compression"),
        Row(.native, "1-1", "ab_1.orig.tar.gz", "file-not-of-this-format", "missing-tarball"),
        Row(.native, "1", "ab_1.tar.xz README", "file-not-of-this-format"),
        Row(.native, "1", "ab_1.tar.xz ab_1.dsc", "file-not-of-this-format"),
        Row(.quilt, "1-1", "ab_1.orig.tar.gz ab_1-1.debian.tar.xz"),
        Row(.quilt, "1-1", "ab_1.orig.tar.lzma ab_1.orig.tar.lzma.asc ab_1-1.debian.tar.bz2"),
        Row(
            .quilt, "1-1",
            "ab_1.orig.tar.gz ab_1.orig-a.tar.gz ab_1.orig-b.tar.xz ab_1.orig-b.tar.xz.asc ab_1-1.debian.tar.xz"),
        Row(.quilt, "2:1~a-1-1", "ab_1~a-1.orig.tar.gz ab_1~a-1-1.debian.tar.xz"),
        Row(.quilt, "1-1", "ab_1-1.debian.tar.xz", "missing-tarball"),
        Row(.quilt, "1-1", "ab_1.orig.tar.gz", "missing-debian-tarball"),
        Row(.quilt, "1-1", "ab_1.orig.tar.gz ab_1.orig.tar.xz ab_1-1.debian.tar.xz", "several-files-of-one-role"),
        Row(.quilt, "1-1", "ab_1.orig.tar.gz ab_1-1.debian.tar.xz ab_1-1.debian.tar.gz", "several-files-of-one-role"),
        Row(
            .quilt, "1-1", "ab_1.orig.tar.gz ab_1.orig-a.tar.gz ab_1.orig-a.tar.xz ab_1-1.debian.tar.xz",
            "several-files-of-one-role"),
        Row(.quilt, "1-1", "ab_1.orig.tar.gz ab_1.orig.tar.xz.asc ab_1-1.debian.tar.xz", "signature-without-tarball"),
        Row(.quilt, "1-1", "ab_1.orig.tar.gz ab_1.orig-a.tar.gz.asc ab_1-1.debian.tar.xz", "signature-without-tarball"),
        Row(.quilt, "1-1", "ab_1.orig.tar.gz ab_1-1.debian.tar.xz ab_1-1.diff.gz", "file-not-of-this-format"),
        Row(.quilt, "1-1", "ab_1.orig.tar.gz ab_1-1.debian.tar.xz ab_1-1.tar.xz", "file-not-of-this-format"),
        Row(.quilt, "1-1", "ab_1-1.orig.tar.gz ab_1-1.debian.tar.xz", "file-name-disagrees"),
        Row(.quilt, "1-1", "ab_1.orig.tar.gz ab_1-2.debian.tar.xz", "file-name-disagrees"),
        Row(.quilt, "1", "ab_1.orig.tar.gz ab_1.debian.tar.xz", "orig-without-revision"),
    ]

    @Test(arguments: rows)
    func isHeldAgainstTheFormat(_ row: Row) throws {
        let entries = try row.files.map { FileEntry(name: try #require(FileName($0)), size: 1) }
        let set = SourceFileSet(
            entries, of: try #require(PackageName("ab")), try #require(PackageVersion(row.version)), line: 7)
        let mistakes = set.mistakes(as: row.format)
        #expect(mistakes.map(\.code) == row.mistakes)
        #expect(mistakes.allSatisfy { $0.line == 7 })
    }
}
