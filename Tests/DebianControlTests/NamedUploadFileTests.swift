import Testing

@testable import DebianControl

struct NamedUploadFileTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let kind: UploadFileKind
        var package: String?
        var version: String?
        var architecture: String?

        init(
            _ name: String, _ kind: UploadFileKind, _ package: String?, _ version: String?,
            _ architecture: String? = nil
        ) {
            (self.name, self.kind) = (name, kind)
            (self.package, self.version, self.architecture) = (package, version, architecture)
        }

        var testDescription: String { name }
    }

    static let rows = [
        Row("hello_2.10-3.dsc", .dsc, "hello", "2.10-3"),
        Row("hello_2.10-3.diff.gz", .diff, "hello", "2.10-3"),
        Row("hello_2.10.orig.tar.gz", .orig, "hello", "2.10"),
        Row("hello_2.10.orig.tar.zst", .orig, "hello", "2.10"),
        Row("hello_2.10.orig-po-files.tar.lzma", .origComponent("po-files"), "hello", "2.10"),
        Row("hello_2.10.orig.tar.xz.asc", .upstreamSignature, "hello", "2.10"),
        Row("hello_2.10.orig-po.tar.bz2.asc", .upstreamSignature, "hello", "2.10"),
        Row("hello_2.10-3.debian.tar.xz", .debianTar, "hello", "2.10-3"),
        Row("tiny_1.0.tar.xz", .nativeTar, "tiny", "1.0"),
        Row("tiny_1.0.orig-x.y.tar.xz", .nativeTar, "tiny", "1.0.orig-x.y"),
        Row("libc6_2.36-9+deb12u7_amd64.deb", .deb, "libc6", "2.36-9+deb12u7", "amd64"),
        Row("x-udeb_1_all.udeb", .udeb, "x-udeb", "1", "all"),
        Row("hello-dbgsym_1_hurd-i386.ddeb", .ddeb, "hello-dbgsym", "1", "hurd-i386"),
        Row("hello_1_source.buildinfo", .buildinfo, "hello", "1", "source"),
        Row("hello_1_amd64-buildd.changes", .changes, "hello", "1", "amd64-buildd"),
        Row("hello_1_multi.changes", .changes, "hello", "1", "multi"),
        Row("dcut.Test__up_example_org_.1795209361.5075.commands", .commands, nil, nil),
        Row("alice-1795209361.dak-commands", .dakCommands, nil, nil),
        Row("hello.changes", .changes, nil, nil),
        Row("Hello_1.dsc", .dsc, nil, nil),
        Row("hello_1_2.dsc", .dsc, nil, nil),
        Row("hello_1.dscX", .other, nil, nil),
        Row("hello_1.tar.gz.exe", .other, nil, nil),
        Row("hello_1.tar.xz.asc", .other, nil, nil),
        Row("hello_1.debian.tar.xz.asc", .other, nil, nil),
        Row("hello_1.orig-.tar.gz", .other, nil, nil),
        Row("hello.tar.gz", .other, nil, nil),
        Row("hello_1.tar", .other, nil, nil),
        Row("hello_a.tar.gz", .other, nil, nil),
        Row("hello_1.diff.bz2", .other, nil, nil),
        Row("hello_1_amd64_x.deb", .deb, nil, nil),
        Row("README", .other, nil, nil),
    ]

    @Test func whatVersionsShareIsUpstreams() {
        let shared = Self.rows.filter { $0.kind.isUpstreams }.map(\.name)
        #expect(shared.allSatisfy { $0.contains(".orig") } && shared.count == 5, "\(shared)")
    }

    @Test(arguments: rows)
    func isToldByItsName(_ row: Row) throws {
        let named = NamedUploadFile(try #require(FileName(row.name)))
        #expect(named.kind == row.kind)
        #expect(named.package == row.package)
        #expect(named.version == row.version)
        #expect(named.architecture == row.architecture)
    }

    @Test(arguments: TarCompression.allCases)
    func everyCompressionIsSeen(_ compression: TarCompression) throws {
        let name = try #require(FileName("a1_1.orig.tar.\(compression.rawValue)"))
        #expect(NamedUploadFile(name).compression == compression)
    }
}
