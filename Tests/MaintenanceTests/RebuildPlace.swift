import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Foundation
import Maintenance
import PackageFiles
import SourceTree
import Subprocess
import SystemPackage
import Testing

/// alice's tools rebuild by source, and have a source package of Tests/Fixtures/make-odd-source.
struct RebuildPlace {
    let fixture: MaintenanceFixture
    let folder: FilePath
    let round: WishRound<SourceRebuildWork>

    init(_ kind: String) async throws {
        fixture = try await MaintenanceFixture()
        folder = FilePath("/tmp/slipway-rebuild-\(UInt64.random(in: 0..<UInt64.max))")
        round = try Self.round(fixture, folder)
        try await fixture.rebuildBySource()
        try await accept(kind)
    }

    /// The program is built beside the tests.
    static func round(
        _ fixture: MaintenanceFixture, _ folder: FilePath, program: String = "slipway-unpack", attempts: Int64 = 12,
        now: Int64 = MaintenanceFixture.now, quotas: QuotaRule = QuotaRule()
    ) throws -> WishRound<SourceRebuildWork> {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = FilePath(tests).removingLastComponent().appending(program)
        var configuration = WishConfiguration(folder: folder.appending("rebuilds"))
        configuration.attempts = attempts
        let work = SourceRebuildWork(
            store: fixture.store,
            unpacker: try SourceUnpacker(program: program, scratch: folder.appending("scratch")), configuration,
            quotas: quotas)
        return WishRound(
            work, catalog: fixture.catalog, store: fixture.store, configuration: configuration, quotas: quotas,
            now: { now })
    }

    func remove() { try? Durably.removeTree(folder) }

    /// As the intake would have accepted it.
    private func accept(_ kind: String) async throws {
        let upload = folder.appending("upload")
        try Durably.makeFolders(upload, sync: .later)
        let script = FilePath(#filePath).removingLastComponent().appending("../Fixtures/make-odd-source")
        let made = try await run(.path(script), arguments: [upload.string, kind], output: .discarded)
        #expect(made.terminationStatus.isSuccess)
        let names = try Folder(opening: upload).entries().map(\.name).sorted()
        let dsc = try #require(names.first { $0.hasSuffix(".dsc") })
        let text = try OwnedDescriptor(opening: upload.appending(dsc)).readAll(limit: 1 << 20)
        let control = try SourceControl(try ControlParagraph(parsing: String(decoding: text, as: UTF8.self)))
        let archive = try #require(try await fixture.catalog.archive(MaintenanceFixture.tools))
        let source = AcceptedSource(
            archive: archive, suite: archive.suites[0], name: control.source, version: control.version,
            dsc: try stored(dsc, in: upload), files: try control.files.map { try stored("\($0.name)", in: upload) },
            control: control.paragraph, component: .main, section: "misc", priority: "optional", changes: "",
            signer: fixture.alice, signingKey: MaintenanceFixture.key, signatureIdentity: kind, builds: [])
        _ = try await fixture.catalog.accept(
            source, upload: UploadIdentity(session: kind, path: dsc, sha256: source.dsc.sha256), received: 1, now: 2
        ) { upload in
            let verdict = Verdict(.accepted)
            return Decision(
                verdict: verdict, report: UploadReport(upload: upload, changesName: dsc, verdict: verdict),
                letters: [], signer: nil)
        }
    }

    private func stored(_ name: String, in folder: FilePath) throws -> CatalogFile {
        let file = try OwnedDescriptor(opening: folder.appending(name))
        let digests = try Digester.digests(of: file)
        try fixture.store.add(from: file, hashing: Hashing(), expecting: digests.sha256)
        return CatalogFile(
            name: FileName(name)!, size: digests.size, md5: digests.md5, sha1: digests.sha1,
            sha256: digests.sha256, sha512: digests.sha512)
    }

    func want(_ signature: String = "s") async throws { try await fixture.wantRebuild(signature) }

    /// What the suite shows, all of it in the store.
    func files() async throws -> [String: String] {
        let suite = try #require(try await fixture.catalog.archive(MaintenanceFixture.tools)).suites[0]
        let source = try #require(try await fixture.catalog.snapshot(ofSuite: suite.id)?.sources.first)
        var files: [String: String] = [:]
        for file in [source.dsc] + source.files {
            #expect(try fixture.store.contains(file.sha256))
            files["\(file.name)"] = file.sha256
        }
        return files
    }

    /// What dpkg-source makes of the published source, to the word.
    func unpacked(_ path: String) async throws -> String {
        let published = folder.appending("published-\(UInt64.random(in: 0..<UInt64.max))")
        try Durably.makeFolders(published, sync: .later)
        var dsc = ""
        for (name, sha256) in try await files() {
            try fixture.store.link(sha256, to: published.appending(name))
            if name.hasSuffix(".dsc") { dsc = name }
        }
        let tree = published.appending("tree")
        let result = try await run(
            .name("dpkg-source"), arguments: ["--require-strong-checksums", "-x", dsc, tree.string],
            workingDirectory: published, output: .discarded, error: .string(limit: 1 << 16))
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
        let bytes = try OwnedDescriptor(opening: tree.appending(path)).readAll(limit: 1 << 20)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension MaintenanceFixture {
    /// Before what is unpacked is written, as always: later times of files are not packed.
    private static let wantedAt: Int64 = 1_700_000_000

    func rebuildBySource() async throws {
        var settings = ArchiveSettings()
        settings.rebuilds = .source
        _ = try await catalog.change(Self.tools, settings)
    }

    /// All that tools has.
    func wantRebuild(_ signature: String = "s") async throws {
        var rebuild = PackageRebuild(
            in: Self.tools, nil, suites: nil, architectures: nil, reason: "for libgreet2, später", by: alice, Self.key)
        rebuild.command = signature
        let order = CommandOrder(
            signature: signature, signingKey: Self.key, signer: alice, origin: signature, title: "t", text: "",
            received: 1, isDryRun: false, findings: [],
            steps: [CommandStep(paragraph: "", effect: .rebuild(rebuild), findings: [])])
        let report = try await catalog.carryOut(order, now: Self.wantedAt) { _ in [] }
        #expect(report.isDone, "\(report)")
    }
}
