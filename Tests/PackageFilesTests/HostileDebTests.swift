import PackageFiles
import SystemPackage
import Testing

/// Packages that somebody made with care. Each row's script makes "control" and "data" archives in `parts/`; what it
/// does not make is taken from a good package.
@Suite struct HostileDebTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        var script = "true"
        /// The parts in order; a file in `parts/`, or text for those that need none.
        var parts = ["debian-binary", "control.tar.gz", "data.tar.gz"]
        /// Before each size in the headers.
        var sizePrefix = ""
        let code: String
        /// dpkg-deb refuses it too, in -f or -c. Where it does not, we are stricter.
        var dpkgRefuses = true
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        .init(name: "no parts", parts: [], code: "deb-wrong-part"),
        .init(name: "no data", parts: ["debian-binary", "control.tar.gz"], code: "deb-wrong-part"),
        .init(
            name: "data before control", parts: ["debian-binary", "data.tar.gz", "control.tar.gz"],
            code: "deb-wrong-part"),
        .init(
            name: "control first", parts: ["control.tar.gz", "debian-binary", "data.tar.gz"], code: "deb-wrong-part"),
        .init(
            name: "two control parts", parts: ["debian-binary", "control.tar.gz", "control.tar.gz"],
            code: "deb-wrong-part"),
        .init(
            name: "stranger before data", parts: ["debian-binary", "control.tar.gz", "other", "data.tar.gz"],
            code: "deb-wrong-part"),
        .init(
            name: "something before the version", parts: ["_first", "debian-binary", "control.tar.gz", "data.tar.gz"],
            code: "deb-wrong-part"),
        .init(name: "version 3.0", script: "echo 3.0 > debian-binary", code: "deb-unsupported-version"),
        .init(name: "version without end", script: "printf 2.0 > debian-binary", code: "deb-unsupported-version"),
        .init(name: "version is a word", script: "echo two > debian-binary", code: "deb-unsupported-version"),
        .init(
            name: "control in bzip2", script: "gzip -dc control.tar.gz | bzip2 > control.tar.bz2",
            parts: ["debian-binary", "control.tar.bz2", "data.tar.gz"], code: "deb-unknown-compression"),
        .init(
            name: "data in lz4", script: "cp data.tar.gz data.tar.lz4",
            parts: ["debian-binary", "control.tar.gz", "data.tar.lz4"], code: "deb-unknown-compression"),
        .init(
            name: "xz named gz", script: "gzip -dc control.tar.gz | xz > x; mv x control.tar.gz", code: "deb-damaged"),
        .init(name: "packed twice", script: "gzip < control.tar.gz > x; mv x control.tar.gz", code: "deb-damaged"),
        .init(name: "data packed twice", script: "gzip < data.tar.gz > x; mv x data.tar.gz", code: "deb-damaged"),
        .init(
            name: "no control file", script: "rm files/control; tar -czf control.tar.gz -C files .",
            code: "deb-no-control-file"),
        .init(
            name: "control is a link", script: "ln -sf /etc/hostname files/control; tar -czf control.tar.gz -C files .",
            code: "deb-no-control-file", dpkgRefuses: false),
        .init(
            name: "two control files",
            script: "tar -cf x.tar -C files ./control ./control --hard-dereference; gzip < x.tar > control.tar.gz",
            code: "deb-several-control-files", dpkgRefuses: false),
        .init(
            name: "control in Latin-1",
            script: "printf 'Maintainer: J\\366rg\\n' >> files/control; tar -czf control.tar.gz -C files .",
            code: "deb-control-not-utf8", dpkgRefuses: false),
        .init(
            name: "control of 2 MiB",
            script: "head -c 2097152 /dev/zero | tr '\\0' x >> files/control; tar -czf control.tar.gz -C files .",
            code: "deb-too-large", dpkgRefuses: false),
        .init(
            name: "control wants a dictionary of 1 GiB",
            script: "gzip -dc control.tar.gz | xz --lzma2=dict=1GiB,mode=fast,mf=hc4 > control.tar.xz",
            parts: ["debian-binary", "control.tar.xz", "data.tar.gz"], code: "deb-too-large", dpkgRefuses: false),
        .init(
            name: "data wants a dictionary of 1 GiB",
            script: "gzip -dc data.tar.gz | xz --format=lzma --lzma1=dict=1GiB,mode=fast,mf=hc4 > data.tar.lzma",
            parts: ["debian-binary", "control.tar.gz", "data.tar.lzma"], code: "deb-too-large", dpkgRefuses: false),
        .init(
            name: "damaged xz",
            script: "gzip -dc data.tar.gz | xz | head -c 80 > data.tar.xz; head -c 200 /dev/zero >> data.tar.xz",
            parts: ["debian-binary", "control.tar.gz", "data.tar.xz"], code: "deb-damaged"),
        .init(
            name: "xz of two streams",
            script: "gzip -dc data.tar.gz > x; (head -c 2000 x | xz; tail -c +2001 x | xz) > data.tar.xz",
            parts: ["debian-binary", "control.tar.gz", "data.tar.xz"], code: "deb-damaged"),
        .init(
            name: "truncated xz", script: "gzip -dc data.tar.gz | xz | head -c 80 > data.tar.xz",
            parts: ["debian-binary", "control.tar.gz", "data.tar.xz"], code: "deb-truncated"),
        .init(
            name: "size with a sign", script: "echo 2.0 > debian-binary",
            parts: ["debian-binary", "control.tar.gz", "data.tar.gz"],
            sizePrefix: "+", code: "deb-damaged"),
        .init(
            name: "control archive of 100 MiB",
            script: "truncate -s 100M files/postinst; tar -czf control.tar.gz -C files .",
            code: "deb-too-large", dpkgRefuses: false),
        .init(
            name: "way out", script: "tar -czf data.tar.gz -P -C files ../evil", code: "deb-unsafe-path",
            dpkgRefuses: false),
        .init(
            name: "way out in the middle", script: "tar -czf data.tar.gz -P -C files ./../files/../evil",
            code: "deb-unsafe-path",
            dpkgRefuses: false),
        .init(
            name: "absolute path", script: "tar -czf data.tar.gz -P --transform 's,^,/etc/,' evil",
            code: "deb-unsafe-path",
            dpkgRefuses: false),
        .init(
            name: "line end in a path", script: "tar -czf data.tar.gz --transform 's,$,\\nx,' ./evil",
            code: "deb-unsafe-path",
            dpkgRefuses: false),
        .init(
            name: "hard link out", script: "ln evil files/link; tar -czf data.tar.gz -P ../parts/evil files/link",
            code: "deb-unsafe-path",
            dpkgRefuses: false),
        .init(
            name: "pax", script: "tar -czf data.tar.gz --format=pax ./evil", code: "deb-unsupported-tar",
            dpkgRefuses: false),
        .init(
            name: "17 parts", parts: ["debian-binary"] + (0..<14).map { "_\($0)" } + ["control.tar.gz", "data.tar.gz"],
            code: "deb-too-large", dpkgRefuses: false),
    ]

    @Test(arguments: rows)
    func isRefused(_ row: Row) throws {
        let scratch = try Self.scratch(row)
        let mistake = #expect(throws: DebFileMistake.self) {
            try DebFile(reading: scratch.path.appending("bad.deb")).contents()
        }
        #expect(mistake?.code == row.code, "\(String(describing: mistake))")
        let dpkg = try? scratch.sh("dpkg-deb -f bad.deb; dpkg-deb -c bad.deb")
        #expect((dpkg == nil) == row.dpkgRefuses, "\(dpkg ?? "refused")")
    }

    static func scratch(_ row: Row) throws -> Scratch {
        let scratch = try Scratch()
        try scratch.sh(
            """
            mkdir -p parts/files; cd parts; echo evil > evil; echo 2.0 > debian-binary
            printf 'Package: a\\nVersion: 1\\n' > files/control
            tar -czf control.tar.gz -C files .; seq 1000 > numbers; tar -czf data.tar.gz ./evil ./numbers
            \(row.script)
            """)
        let parts = row.parts.map { name in (name, (try? scratch.bytes("parts/\(name)")) ?? [1]) }
        try scratch.put(ArFile(parts, sizePrefix: row.sizePrefix).bytes, at: "bad.deb")
        return scratch
    }

    @Test(arguments: ["", "!<arch>", "PK\u{3}\u{4}", "!<arch>\nshort", "0.939000\n"])
    func whatIsNoArchiveIsRefused(_ text: String) throws {
        let scratch = try Scratch()
        try scratch.put(Array(text.utf8), at: "bad.deb")
        #expect(throws: DebFileMistake.self) { try DebFile(reading: scratch.path.appending("bad.deb")) }
    }

    /// As in System V's archives with long names: libarchive would see control.tar.gz here, and dpkg does not.
    @Test func namesInATableAreNotLookedUp() throws {
        let scratch = try Self.scratch(.init(name: "", code: ""))
        var ar = ArFile(try scratch.bytes("bad.deb"))
        ar.parts[1].name = "/0"
        ar.parts.insert(.init(name: "//", bytes: Array("control.tar.gz/\n".utf8)), at: 1)
        try scratch.put(ar.bytes, at: "bad.deb")
        let mistake = #expect(throws: DebFileMistake.self) { try DebFile(reading: scratch.path.appending("bad.deb")) }
        #expect(mistake == .wrongPart(expected: "control.tar", found: "//"))
    }

    /// A bomb is refused by the size it declares, before it is unpacked: 70 GB, of which this one does not even hold
    /// the first.
    @Test func aBombCostsNothing() throws {
        let row = Row(
            name: "",
            script: "truncate -s 70G evil; tar -cf - --format=gnu ./evil | head -c 1000000 | gzip > data.tar.gz",
            code: "")
        let scratch = try Self.scratch(row)
        let deb = try DebFile(reading: scratch.path.appending("bad.deb"))
        let mistake = #expect(throws: DebFileMistake.self) { try deb.contents() }
        #expect(mistake?.code == "deb-too-large")
    }

    @Test func limitsCount() throws {
        let row = Row(
            name: "", script: "for i in 1 2 3 4 5; do echo $i > $i; done; tar -czf data.tar.gz 1 2 3 4 5", code: "")
        let scratch = try Self.scratch(row)
        var limits = DebLimits.standard
        limits.members = 5
        limits.dataArchive = 10
        #expect(try DebFile(reading: scratch.path.appending("bad.deb"), limits: limits).contents().count == 5)
        for limit in [\DebLimits.dataArchive, \.path, \.controlFile] {
            var lower = limits
            lower[keyPath: limit] = limit == \.dataArchive ? 9 : 0
            #expect(throws: DebFileMistake.self) {
                try DebFile(reading: scratch.path.appending("bad.deb"), limits: lower).contents()
            }
        }
        limits.members = 4
        #expect(throws: DebFileMistake.self) {
            try DebFile(reading: scratch.path.appending("bad.deb"), limits: limits).contents()
        }
    }
}
