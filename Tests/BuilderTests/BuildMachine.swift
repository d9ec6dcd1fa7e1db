import ArchiveModel
import DebianControl
import Foundation
import Glibc
import Subprocess
import SystemPackage
import Testing

@testable import Builder

/// What this machine needs for real builds: sbuild, mmdebstrap, a user with subordinate ids, and a chroot tarball, which is
/// kept between test runs in `$SLIPWAY_CACHE`, where the demo keeps it too.
enum BuildMachine {
    static let suite = SuiteName("bookworm")!
    static let architecture = Architecture("amd64")!

    /// When the tests are root (in a container, in CI), builds run as this system user, which is made when it is missing.
    static var user: String? { geteuid() == 0 ? "slipway-build" : nil }

    /// Why nothing can be built here; `nil` when it can.
    static let problem: String? = {
        for tool in ["/usr/bin/sbuild", "/usr/bin/mmdebstrap", "/usr/bin/newuidmap"] {
            guard FileManager.default.isExecutableFile(atPath: tool) else { return "\(tool) is not installed" }
        }
        if let user, getpwnam(user) == nil {
            system("useradd --system --no-create-home --shell /usr/sbin/nologin \(user)")
            system("usermod --add-subuids 300000-365535 --add-subgids 300000-365535 \(user)")
        }
        do { _ = try BuildUser.resolve(user) } catch { return "\(error)" }
        let shell = user.map { "setpriv --reuid \($0) --regid \($0) --clear-groups" } ?? "env"
        return system("\(shell) unshare --user --map-auto true") == 0 ? nil : "user namespaces cannot be made here"
    }()

    /// Shells out without a shell's output in the tests'.
    @discardableResult
    private static func system(_ command: String) -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return -1 }
        process.waitUntilExit()
        return process.terminationStatus
    }

    static var cache: FilePath {
        let environment = ProcessInfo.processInfo.environment
        return FilePath(environment["SLIPWAY_CACHE"] ?? "/var/tmp/slipway-cache-\(geteuid())")
    }

    /// Made when it is missing or older than a month, once for all tests of a run.
    private static let chroots = Task<FilePath, any Error> {
        let tarball = ChrootTarball(suite: suite, architecture: architecture)
        let path = cache.appending(tarball.name).string
        let made = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        if let made, made.timeIntervalSinceNow > -30 * 86_400 { return cache }
        var configuration = BuilderConfiguration(state: cache, worker: "tests", architectures: [architecture])
        configuration.chroots = cache
        configuration.buildUser = user
        try await tarball.create(configuration: configuration)
        return cache
    }

    static func readyChroots() async throws -> FilePath { try await chroots.value }
}
