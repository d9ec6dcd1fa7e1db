import Foundation
import PackageFiles
import SystemPackage
import Testing

/// Against dpkg-deb, on packages that dpkg-deb built.
@Suite struct DebFileTests {
    static let tree = """
        mkdir -p tree/DEBIAN tree/usr/bin tree/usr/share/doc/hello
        printf 'Package: hello\\nVersion: 2.10-3\\nArchitecture: amd64\\n' > tree/DEBIAN/control
        printf 'Maintainer: J\\303\\266rg <j@example.org>\\nDescription: greets\\n .\\n twice\\n' >> tree/DEBIAN/control
        printf '#!/bin/sh\\n' > tree/DEBIAN/postinst; chmod 755 tree/DEBIAN/postinst
        head -c 100000 /dev/zero > tree/usr/bin/hello; chmod 4755 tree/usr/bin/hello
        ln tree/usr/bin/hello tree/usr/bin/hello-again
        ln -s ../../bin/hello tree/usr/share/doc/hello/link
        printf 'x' > 'tree/usr/share/doc/hello/a file with spaces'
        printf 'x' > tree/usr/share/doc/hello/$(printf 'long%.0s' $(seq 40))
        printf 'x' > tree/usr/share/doc/hello/j\u{F6}rg
        """

    @Test(arguments: ["gzip", "xz", "zstd", "none"])
    func readsWhatDpkgReads(_ compression: String) throws {
        let scratch = try Scratch()
        try scratch.sh("\(Self.tree)\ndpkg-deb --root-owner-group -Z\(compression) --uniform-compression -b tree a.deb")
        let deb = try DebFile(reading: scratch.path.appending("a.deb"))
        #expect(try deb.control == scratch.sh("dpkg-deb -f a.deb"))
        #expect(Set(deb.controlMembers.map(\.path)) == [".", "control", "postinst"])
        #expect(try deb.contents().map(\.line) == scratch.sh("dpkg-deb -c a.deb").lines.map(Self.withoutOwner))
    }

    /// tar's line without "root/root" and without the spaces that align it.
    static func withoutOwner(_ line: String) -> String {
        let words = line.split(separator: " ", maxSplits: 5)
        return "\(words[0]) \(words[2]) \(words[3]) \(words[4]) \(words[5])"
    }

    /// Compressions that dpkg-deb no longer writes.
    @Test(arguments: [("bz2", "bzip2"), ("lzma", "xz --format=lzma")])
    func readsOlderPackages(_ ending: String, _ pack: String) throws {
        let scratch = try Scratch()
        try scratch.sh("\(Self.tree)\ndpkg-deb -Znone -b tree a.deb; dpkg-deb --fsys-tarfile a.deb | \(pack) > data")
        var parts = ArFile(try scratch.bytes("a.deb"))
        parts.parts[2] = .init(name: "data.tar.\(ending)", bytes: try scratch.bytes("data"))
        try scratch.put(parts.bytes, at: "b.deb")
        let contents = try DebFile(reading: scratch.path.appending("b.deb")).contents()
        #expect(try contents == DebFile(reading: scratch.path.appending("a.deb")).contents())
        #expect(try contents.count == scratch.sh("dpkg-deb -c b.deb").lines.count)
    }

    @Test func otherPartsMayStandBeside() throws {
        let scratch = try Scratch()
        try scratch.sh("\(Self.tree)\ndpkg-deb -Zgzip -b tree a.deb")
        let extra = try ArFile(scratch.bytes("a.deb")).inserting("_gpgorigin", at: 1).inserting("later", at: 4)
        try scratch.put(extra.bytes, at: "b.deb")
        #expect(try DebFile(reading: scratch.path.appending("b.deb")).control == scratch.sh("dpkg-deb -f b.deb"))
    }

    @Test func aTruncatedPackageIsAMistakeWhereverItEnds() throws {
        let scratch = try Scratch()
        try scratch.sh("\(Self.tree)\ndpkg-deb -Zxz -b tree a.deb")
        let whole = try scratch.bytes("a.deb")
        for length in stride(from: 0, to: whole.count - 1, by: 41) {
            try scratch.put(Array(whole[..<length]), at: "b.deb")
            let mistake = #expect(throws: DebFileMistake.self, "\(length) bytes") {
                try DebFile(reading: scratch.path.appending("b.deb")).contents()
            }
            let codes = ["deb-not-an-archive", "deb-wrong-part", "deb-truncated"]  // never "deb-damaged"
            #expect(codes.contains(mistake?.code ?? ""), "\(length) bytes: \(String(describing: mistake))")
        }
    }

    @Test func damageNeverTraps() throws {
        let scratch = try Scratch()
        try scratch.sh("\(Self.tree)\ndpkg-deb -Znone --uniform-compression -b tree a.deb")
        let whole = try scratch.bytes("a.deb")
        for place in stride(from: 0, to: min(whole.count, 8000), by: 13) {
            var damaged = whole
            damaged[place] ^= 0xFF
            try scratch.put(damaged, at: "b.deb")
            do {
                _ = try DebFile(reading: scratch.path.appending("b.deb")).contents()
            } catch is DebFileMistake {}
        }
    }
}

extension String {
    var lines: [String] { split(separator: "\n").map(String.init) }
}

extension DebFile.Member {
    /// As `tar -tv` shows it in UTC: mode, size, time, name.
    var line: String {
        let time = Date(timeIntervalSince1970: Double(modified)).formatted(.iso8601).prefix(16).replacing(
            "T", with: " ")
        return "\(letter)\(rwx) \(size) \(time) \(shownPath)"
    }

    private var letter: String {
        switch kind {
        case .file: "-"
        case .folder: "d"
        case .symbolicLink: "l"
        case .hardLink: "h"
        case .special: "?"
        }
    }

    private var rwx: String {
        var letters = zip("rwxrwxrwx", 0...).map { permissions >> (8 - $1) & 1 == 1 ? $0 : "-" }
        if permissions & 0o4000 != 0 { letters[2] = "s" }
        return String(letters)
    }

    private var shownPath: String {
        switch kind {
        case .folder: path == "." ? "./" : "./\(path)/"
        case .symbolicLink(let target): "./\(path) -> \(target)"
        case .hardLink(let target): "./\(path) link to ./\(target)"
        case .file, .special: "./\(path)"
        }
    }
}
