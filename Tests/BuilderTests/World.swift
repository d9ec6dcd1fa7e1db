import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Foundation
import Logging
import OpenPGP
import PackageFiles
import Subprocess
import Synchronization
import SystemPackage

import struct Catalog.StoredFile

@testable import Builder

/// A catalog, a store, keys and folders for the builder, and what the intake would do with sources.
final class World: Sendable {
    let folder: FilePath
    let catalog: Catalog
    let store: ContentStore
    let keys: SigningKeys
    let key: Fingerprint
    let archive: Archive
    let alice: Person
    let configuration: BuilderConfiguration
    let hints = Mutex(0)

    static let worker = "tester"
    static let admin = MailAddress("admin@example.org")!

    static func with(
        chroots: FilePath = "/nonexistent", _ body: (World) async throws -> Void
    ) async throws {
        let folder = FilePath("/var/tmp/slipway-test-\(UInt32.random(in: 0 ... .max))")
        try Durably.makeFolders(folder, sync: .later)
        defer { try? Durably.removeTree(folder) }
        let keys = try SigningKeys(home: folder.appending("keys"))
        do {
            try await body(World(folder, keys, chroots: chroots))
            try await keys.stop()
        } catch {
            try? await keys.stop()
            throw error
        }
    }

    private static let aliceKey = Fingerprint(String(repeating: "A", count: 40))!

    private init(_ folder: FilePath, _ keys: SigningKeys, chroots: FilePath) async throws {
        self.folder = folder
        self.keys = keys
        catalog = try Catalog(path: folder.appending("catalog.sqlite").string)
        store = try ContentStore(root: folder.appending("files"))
        key = try await keys.makeKey(userID: "Builder <builder@example.org>")
        let debian = DistributionName("debian")!
        try await catalog.describe([
            SuiteDescription(
                distribution: debian, name: BuildMachine.suite, architectures: [BuildMachine.architecture],
                components: [.main], baseSources: "")
        ])
        let name = OwnerName("alice")!
        try await catalog.addPerson(name, mail: MailAddress("alice@example.org")!, keys: [Self.aliceKey], now: 1)
        alice = try await catalog.person(named: name)!
        archive = try await catalog.createArchive(
            NewArchive(
                ArchiveReference("~alice/debian/tools")!, kind: .ppa, description: "", signingKey: key,
                suites: [(BuildMachine.suite, nil)]), now: 1)
        var configuration = BuilderConfiguration(
            state: folder, worker: Self.worker, architectures: [BuildMachine.architecture])
        configuration.chroots = chroots
        configuration.work = folder.appending("work")
        configuration.buildUser = BuildMachine.user
        configuration.admin = Self.admin
        configuration.heartbeat = .milliseconds(200)
        configuration.archives = "file://\(folder.appending("archives"))"
        self.configuration = configuration
    }

    var parts: BuilderParts { parts { _ in } }

    func parts(_ change: (inout BuilderConfiguration) -> Void) -> BuilderParts {
        var configuration = configuration
        change(&configuration)
        return BuilderParts(
            catalog: catalog, files: store, keys: keys, key: key, configuration: configuration,
            resultLanded: { self.hints.withLock { $0 += 1 } })
    }

    func service(_ change: (inout BuilderConfiguration) -> Void = { _ in }) -> BuilderService {
        BuilderService(parts(change), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Makes a source package, as an upload of it was accepted.
    /// - Returns: the number of its build.
    @discardableResult
    func accept(_ package: SourcePackage) async throws -> Int64 {
        let place = folder.appending("upload-\(package.name)")
        try Durably.makeFolders(place, sync: .later)
        let dsc = try await package.make(in: place)
        let text = String(decoding: try bytes(place.appending(dsc.description)), as: UTF8.self)
        let control = try ControlParagraph(parsing: text)
        let stored = try keep(dsc, in: place)
        return try await accept(
            package.name, control, dsc: stored,
            files: try SourceControl(control).files.map { try keep($0.name, in: place) })
    }

    /// Enters a source of which only the name is real.
    /// - Returns: the number of its build.
    @discardableResult
    func accept(_ name: String) async throws -> Int64 {
        let digit = String(format: "%02x", name.utf8.reduce(UInt8(0)) { $0 &* 31 &+ $1 })
        let dsc = StoredFile(
            name: FileName("\(name)_1.0.dsc")!, size: 1, md5: "", sha1: "", sha256: String(repeating: digit, count: 32),
            sha512: "")
        var control = ControlParagraph()
        control["Architecture"] = "all"
        return try await accept(name, control, dsc: dsc, files: [])
    }

    private func accept(
        _ name: String, _ control: ControlParagraph, dsc: StoredFile, files: [StoredFile]
    ) async throws -> Int64 {
        let source = AcceptedSource(
            archive: archive, suite: archive.suites[0], name: PackageName(name)!, version: PackageVersion("1.0")!,
            dsc: dsc, files: files, control: control, component: .main, section: "misc", priority: "optional",
            changes: "First.", signer: alice, signingKey: Self.aliceKey, signatureIdentity: name,
            builds: BuildPlan(
                source: [ArchitectureWildcard(control["Architecture"] ?? "all")!], suite: [BuildMachine.architecture]
            ).builds)
        _ = try await catalog.accept(
            source, upload: UploadIdentity(session: name, path: "\(name).changes", sha256: name), received: 1, now: 2
        ) { number in
            let verdict = Verdict(.accepted)
            let report = UploadReport(upload: number, changesName: "", verdict: verdict)
            return Decision(verdict: verdict, report: report, letters: [], signer: nil)
        }
        return try await catalog.builds(states: [.wanted]).map(\.id).max()!
    }

    private func keep(_ name: FileName, in place: FilePath) throws -> StoredFile {
        let file = try Folder(opening: place).openFile(name.description)
        let digests = try Digester.digests(of: file)
        try store.add(from: file, hashing: Hashing())
        return StoredFile(
            name: name, size: digests.size, md5: digests.md5, sha1: digests.sha1, sha256: digests.sha256,
            sha512: digests.sha512)
    }

    func bytes(_ path: FilePath) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path.string))) }

    func log(_ build: Int64) -> String {
        let bytes = try? bytes(configuration.builds.appending("\(build)").appending("log"))
        return String(decoding: bytes ?? [], as: UTF8.self)
    }

    /// Every name below the folder, sorted.
    func listing(_ folder: FilePath) -> [String] {
        (try? FileManager.default.subpathsOfDirectory(atPath: folder.string).sorted()) ?? []
    }

    /// The names in the folder alone: what is below may be closed to us.
    func entries(_ folder: FilePath) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
    }
}
