import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Logging
import ServiceLifecycle
import Subprocess
import SystemPackage
import Testing

@testable import Web

/// A web part that listens, over a catalog with alice's archive and a tree with a few files.
struct WebFixture {
    let folder: FilePath
    let catalog: Catalog
    let archive: Archive
    let alice: Person
    let port: Int

    static let key = String(repeating: "A1B2", count: 10)

    /// Runs the body while the server listens; all is gone afterwards.
    static func run(_ body: @escaping @Sendable (WebFixture) async throws -> Void) async throws {
        let folder = FilePath("/tmp/slipway-test-\(UInt64.random(in: .min ... .max))")
        try Durably.makeFolders(folder)
        defer { try? Durably.removeTree(folder) }
        let catalog = try Catalog(path: folder.appending("catalog").string)
        let (alice, archive) = try await fill(catalog)
        try plant(folder)
        try await serve(folder, catalog) { port in
            try await body(WebFixture(folder: folder, catalog: catalog, archive: archive, alice: alice, port: port))
        }
    }

    private static func serve(
        _ folder: FilePath, _ catalog: Catalog, _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        var configuration = WebConfiguration(
            host: "ppa.example.org", publicURL: "https://ppa.example.org", uploadHost: "ppa.example.org")
        configuration.port = 0
        configuration.rowsPerPage = 3
        configuration.addresses = try #require(
            ArchiveAddresses(url: "https://ppa.example.org", external: "https://ext.example.org"))
        configuration.terms = (
            try #require(TermsOfUse(version: "2", date: "2026-11-01", page: "https://ext.example.org/terms")),
            "Be <good>.\n"
        )
        let parts = WebParts(
            catalog: catalog, archives: folder.appending("archives"), external: folder.appending("external"),
            builds: folder.appending("builds"),
            publicKey: { key in Array("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n\(key)\n-----END\n".utf8) },
            now: secondsSince1970)
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let listening = AsyncStream<Int>.makeStream()
        let service = try WebService(configuration, parts, logger: quiet) { listening.continuation.yield($0) }
        let group = ServiceGroup(services: [service], logger: quiet)
        try await withThrowingDiscardingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            var ports = listening.stream.makeAsyncIterator()
            let port = try #require(await ports.next())
            do { try await body(port) } catch { Issue.record(error) }
            await group.triggerGracefulShutdown()
        }
    }

    private static func fill(_ catalog: Catalog) async throws -> (Person, Archive) {
        let amd64 = try #require(Architecture("amd64"))
        let (debian, bookworm) = (try #require(DistributionName("debian")), try #require(SuiteName("bookworm")))
        try await catalog.describe([
            SuiteDescription(
                distribution: debian, name: bookworm, architectures: [amd64], components: [.main], baseSources: "")
        ])
        let (name, key) = (try #require(OwnerName("alice")), try #require(Fingerprint(Self.key)))
        let mail = try #require(MailAddress("alice@example.org"))
        try await catalog.addPerson(name, mail: mail, keys: [key], now: 1)
        let archive = try await catalog.createArchive(
            NewArchive(
                try #require(ArchiveReference("~alice/debian/tools")), kind: .ppa,
                description: "Tools <b>of</b> alice@example.org", signingKey: key,
                suites: [(name: bookworm, architectures: nil)]), now: 1)
        return (try #require(try await catalog.person(named: name)), archive)
    }

    private static func plant(_ folder: FilePath) throws {
        for (path, text) in [
            "archives/~alice/debian/tools/dists/bookworm/InRelease": "Origin: Slipway\n",
            "archives/~alice/debian/tools/dists/bookworm/.hidden": "no",
            "archives/~alice/debian/tools/dists/bookworm/main/source/by-hash/SHA256/00": "hash",
            "archives/~alice/debian/tools/pool/main/g/g++/g++_1+2~rc1_amd64.deb": "0123456789",
            "external/~alice/debian/drivers/dists/bookworm/InRelease": "Origin: Drivers\n",
            "archives/~alice/debian/tools/state/x": "no", "secret": "secret", "builds/1/log": "dpkg-buildpackage\n",
            "builds/1/buildinfo": "no",
        ] {
            let file = folder.appending(path)
            try Durably.makeFolders(file.removingLastComponent(), sync: .later)
            try Durably.write(Array(text.utf8), to: file, sync: .later)
        }
    }
}

/// What curl got.
struct Fetched {
    let status: Int
    let headers: [String: String]
    let body: String
}

extension WebFixture {
    /// Asks with curl, the path exactly as it is given.
    func get(_ path: String, _ options: [String] = []) async throws -> Fetched {
        let arguments =
            ["-sS", "-i", "--path-as-is", "--max-time", "30"] + options + ["http://127.0.0.1:\(port)\(path)"]
        let result = try await Subprocess.run(
            .name("curl"), arguments: Arguments(arguments), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 16))
        #expect(result.standardError == "")
        return try Self.parsed(result.standardOutput)
    }

    private static func parsed(_ text: String) throws -> Fetched {
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = parts[0].split(separator: "\r\n")
        let status = try #require(lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        let headers = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (line[..<colon].lowercased(), String(line[colon...].dropFirst(2)))
        }
        return Fetched(
            status: status, headers: Dictionary(headers) { first, _ in first },
            body: parts.count > 1 ? String(parts[1]) : "")
    }

    static let pool = "/~alice/debian/tools/pool/main/g/g++/g++_1%2b2%7erc1_amd64.deb"
    static let release = "/~alice/debian/tools/dists/bookworm/InRelease"
}
