import ArchiveModel
import DebianControl
import DurableFiles
import PackageFiles
import Subprocess
import SystemPackage
import Testing

@testable import SourceTree

/// A source package made once more with a new entry in its changelog, by the dpkg-source of this machine.
@Suite(.serialized) struct RemakeTests {
    private static func entry(_ version: String) -> String {
        """
        odd (\(version)) bookworm; urgency=medium

          * No-change rebuild.

         -- Älice <alice@example.org>  Tue, 26 Dec 2023 16:30:00 +0000


        """
    }

    struct Made: Sendable {
        let control: SourceControl
        /// By name, of those that are new.
        let files: [FileName: [UInt8]]
        let sums: [FileName: String]
    }

    private static func remake(_ odd: OddSource, _ bench: Bench) async throws -> Remaking<Made> {
        let version = "\(odd.source.control.version)+build1"
        let former = Set(odd.source.files.map(\.name))
        return try await bench.unpacker.remake(
            odd.source, as: PackageVersion(version)!, entry: entry(version)
        ) { remade in
            let control = try SourceControl(try ControlParagraph(parsing: remade.dsc))
            let new = control.files.map(\.name).filter { !former.contains($0) }
            let files = try new.map { ($0, try remade.open($0).readAll(limit: 1 << 20)) }
            let sums = try new.map { ($0, try Digester.digests(of: remade.open($0)).sha256) }
            return Made(
                control: control, files: Dictionary(uniqueKeysWithValues: files),
                sums: Dictionary(uniqueKeysWithValues: sums))
        }
    }

    /// Files that the new version shares with the former, by kind of package.
    @Test(arguments: [
        ("native", 0), ("native-gz", 0), ("quilt", 1), ("quilt-component", 3), ("quilt-patched", 1), ("one-zero", 1),
        ("link-inside", 0), ("latin1", 0),
        ("native-says-git", 0), ("native-best", 0),
    ])
    func whatUpstreamMadeStays(_ kind: String, shared: Int) async throws {
        let (odd, bench) = (try await OddSource(kind), try Bench())
        defer { try? odd.remove(); try? bench.remove() }
        let remade = try await Self.remake(odd, bench)
        guard case .made(let made) = remade else {
            Issue.record("\(remade)")
            return
        }
        #expect(made.control.version.description == "\(odd.source.control.version)+build1")
        #expect(made.control.format == odd.source.control.format)
        let former = Dictionary(uniqueKeysWithValues: odd.source.control.files.map { ($0.name, $0.sha256) })
        let same = made.control.files.filter { former[$0.name] == $0.sha256 }
        #expect(same.count == shared && same.count + made.files.count == made.control.files.count)
        for entry in made.control.files where made.files[entry.name] != nil {
            #expect(made.sums[entry.name] == entry.sha256)
        }
        #expect(try bench.leftovers.isEmpty)
        try await Self.isGood(made, besides: odd, bench)
    }

    /// As an upload of it would be looked at.
    private static func isGood(_ made: Made, besides odd: OddSource, _ bench: Bench) async throws {
        let place = odd.folder
        for (name, bytes) in made.files {
            try Folder(opening: place).createFile(name.description).write(bytes)
        }
        let new = SourceToUnpack(
            dsc: FileName("odd_new.dsc")!, control: made.control, distribution: ["bookworm"],
            files: made.control.files.map { entry in
                .init(name: entry.name) { try Folder(opening: place).openFile(entry.name.description) }
            })
        let findings = try await bench.unpacker.findings(in: new).filter { $0.severity == .error }
        #expect(findings.map(\.code) == [])
    }

    @Test func nothingIsLeftOut() async throws {
        let (odd, bench) = (try await OddSource("native-ignored"), try Bench())
        defer { try? odd.remove(); try? bench.remove() }
        guard case .made(let made) = try await Self.remake(odd, bench), let tarball = made.files.first else {
            Issue.record("nothing was made")
            return
        }
        let path = odd.folder.appending("new.tar.xz")
        try Folder(opening: odd.folder).createFile("new.tar.xz").write(tarball.value)
        let list = try await run(
            .name("tar"), arguments: ["-tf", path.string], output: .string(limit: 1 << 16), error: .discarded)
        let names = list.standardOutput.split(separator: "\n")
        for name in [".gitignore", ".git/config", "lib/test.a", "debian/changelog"] {
            #expect(names.contains { $0.hasSuffix("/\(name)") }, "\(name) is not in \(names)")
        }
    }

    @Test(arguments: ["patch-fails", "changelog-link", "changelog-missing", "dotdot", "control-missing"])
    func whatCannotBeMadeIsRefused(_ kind: String) async throws {
        let (odd, bench) = (try await OddSource(kind), try Bench())
        defer { try? odd.remove(); try? bench.remove() }
        guard case .refused(let findings) = try await Self.remake(odd, bench) else {
            Issue.record("\(kind) was made")
            return
        }
        #expect(findings.contains { $0.severity == .error }, "\(findings)")
        #expect(try bench.leftovers.isEmpty)
    }

    @Test func aRequestIsReadAsItWasWritten() throws {
        let request = RemakeRequest(limits: .standard, dsc: "a_1.dsc", format: .native, files: ["a_1.tar.xz"])
        #expect(RemakeRequest(words: request.words) == request)
        #expect(RemakeRequest(words: request.unpacking.words) == nil)
        #expect(UnpackRequest(words: request.words) == nil)
    }
}
