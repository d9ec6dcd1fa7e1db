import ArchiveModel
import Foundation
import SystemPackage
import Testing

@testable import OpenPGP

@Suite struct SigningKeysTests {
    private static let release = Array("Origin: x\nSHA256:\n 00 1 main/binary-all/Packages\n- dash\n".utf8)

    /// Gives `body` keys in a folder of their own, and stops the agent.
    private func withKeys(_ body: (SigningKeys, _ folder: String) async throws -> Void) async throws {
        let folder = try temporaryFolder()
        let keys = try SigningKeys(home: FilePath(folder).appending("keys"))
        do { try await body(keys, folder) } catch { Issue.record(error) }
        try await keys.stop()
        try run("/bin/rm", ["-rf", folder])  // which does not mind that the ending agent removes its sockets meanwhile
    }

    @Test(arguments: [SigningKeys.Algorithm.ed25519, .rsa4096])
    func gpgvTakesWhatIsSigned(_ algorithm: SigningKeys.Algorithm) async throws {
        try await withKeys { keys, folder in
            let key = try await keys.makeKey(userID: "Archive <archive@example.org>", algorithm: algorithm)
            try write(try await keys.exportPublic(key, armored: false), folder + "/key.gpg")
            try write(Self.release, folder + "/Release")
            try write(try await keys.clearsign(Self.release, by: key), folder + "/InRelease")
            try write(try await keys.detachSign(Self.release, by: key), folder + "/Release.gpg")
            let common = ["--keyring", folder + "/key.gpg", "--status-fd", "1"]
            let clear = try run("/usr/bin/gpgv", common + ["--output", folder + "/text", folder + "/InRelease"])
            let detached = try run("/usr/bin/gpgv", common + [folder + "/Release.gpg", folder + "/Release"])
            for status in [clear, detached] {
                let valid = status.split(separator: "\n").first { $0.contains("VALIDSIG") }?.split(separator: " ")
                #expect(valid?.last.map(String.init) == key.text)
                #expect(valid?[9] == "10", "SHA-512")
            }
            #expect(try bytes(of: folder + "/text") == Self.release)
        }
    }

    @Test func whatIsRemovedSignsNoMore() async throws {
        try await withKeys { keys, _ in
            let (key, other) = (try await keys.makeKey(userID: "One"), try await keys.makeKey(userID: "Other"))
            _ = try await keys.clearsign(Self.release, by: key)
            for _ in 1...2 { try await keys.remove(key) }
            #expect(try await !keys.contains(key))
            #expect(try await keys.exportPublic(key, armored: false).isEmpty)
            await #expect(throws: OpenPGPFailure.self) { _ = try await keys.clearsign(Self.release, by: key) }
            #expect(try await keys.contains(other))
        }
    }

    @Test func ourOwnVerifierTakesIt() async throws {
        try await withKeys { keys, folder in
            let key = try await keys.makeKey(userID: "Archive <archive@example.org>")
            let keyring = try Keyring(home: FilePath(folder).appending("ring"))
            let added = try await keyring.add(try await keys.exportPublic(key, armored: true))
            #expect(added.map(\.userIDs) == [["Archive <archive@example.org>"]])
            #expect(added.map(\.expires) == [nil])
            let signed = try await keys.clearsign(Self.release, by: key)
            #expect(try await SignatureVerifier(keyring: keyring).verify(clearsigned: signed).bytes == Self.release)
        }
    }

    @Test func aptTakesTheArchive() async throws {
        try await withKeys { keys, folder in
            let key = try await keys.makeKey(userID: "Archive <archive@example.org>")
            let suite = folder + "/archive/dists/stable"
            try FileManager.default.createDirectory(
                atPath: suite + "/main/binary-amd64", withIntermediateDirectories: true)
            try write([], suite + "/main/binary-amd64/Packages")
            let date = try run("/bin/date", ["-R", "-u"])
            let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            let release =
                "Suite: stable\nComponents: main\nArchitectures: amd64\nDate: \(date)SHA256:\n \(empty) 0 main/binary-amd64/Packages\n"
            try write(try await keys.clearsign(Array(release.utf8), by: key), suite + "/InRelease")
            try write(try await keys.exportPublic(key, armored: true), folder + "/key.asc")
            #expect(try AptRoot(folder).update().contains("InRelease"))
            try write(
                Array(
                    String(decoding: bytes(of: suite + "/InRelease"), as: UTF8.self).replacing("main", with: "evil")
                        .utf8),
                suite + "/InRelease")
            #expect(throws: ToolFailure.self) { try AptRoot(folder).update() }
        }
    }

    @Test func knowsItsKeys() async throws {
        try await withKeys { keys, _ in
            let stranger = try #require(Fingerprint(String(repeating: "A", count: 40)))
            let key = try await keys.makeKey(userID: "x <x@example.org>", lifetime: 86400)
            let same = try await keys.makeKey(userID: "x <x@example.org>")
            #expect(key != same)
            #expect(try await keys.contains(key))
            #expect(try await !keys.contains(stranger))
            await #expect(throws: OpenPGPFailure.self) { try await keys.clearsign(Self.release, by: stranger) }
            let long = [UInt8](repeating: 0x78, count: 20_000)
            await #expect(throws: OpenPGPFailure.self) { try await keys.clearsign(long, by: key) }
            try await keys.stop()
            #expect(try await !keys.clearsign(Self.release, by: key).isEmpty, "the agent starts again")
        }
    }

    /// As a program that makes an archive does beside the service that publishes others.
    @Test func keysAreMadeWhileOthersSign() async throws {
        try await withKeys { keys, folder in
            let first = try await keys.makeKey(userID: "x <x@example.org>")
            let beside = try (0..<2).map { _ in try SigningKeys(home: FilePath(folder).appending("keys")) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for other in beside {
                    group.addTask { for _ in 1...4 { _ = try await other.makeKey(userID: "y <y@example.org>") } }
                }
                for _ in 1...40 { #expect(try await keys.exportPublic(first, armored: true).count > 100) }
                try await group.waitForAll()
            }
        }
    }

    @Test func aPathTooLongForTheAgentIsToldAtOnce() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let longest = FilePath(folder).appending(
            String(repeating: "x", count: SigningKeys.longestHome - folder.count - 1))
        _ = try SigningKeys(home: longest)
        #expect(throws: OpenPGPFailure.self) { try SigningKeys(home: FilePath(longest.string + "x")) }
        #expect(throws: OpenPGPFailure.self) { try SigningKeys(home: "keys") }
    }
}

/// An apt that touches nothing of this machine, with one source: `archive/` of the folder, its key beside it.
private struct AptRoot {
    private let folder: String

    init(_ folder: String) throws {
        self.folder = folder
        for path in [
            "etc/apt/apt.conf.d", "etc/apt/preferences.d", "var/lib/apt/lists/partial",
            "var/cache/apt/archives/partial",
        ] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(path)", withIntermediateDirectories: true)
        }
        try write([], folder + "/status")
        try write(
            Array("deb [signed-by=\(folder)/key.asc] file:\(folder)/archive stable main\n".utf8),
            folder + "/etc/apt/sources.list")
        let settings = """
            Dir "\(folder)"; Dir::State::status "\(folder)/status"; APT::Architecture "amd64"; APT::Architectures "amd64";
            APT::Sandbox::User "root"; Dir::Bin::Methods "/usr/lib/apt/methods"; Acquire::Languages "none";

            """
        try write(Array(settings.utf8), folder + "/apt.conf")
    }

    @discardableResult
    func update() throws -> String {
        let setting = "APT_CONFIG=\(folder)/apt.conf"
        return try run("/usr/bin/env", [setting, "apt-get", "-o", "APT::Update::Error-Mode=any", "update"])
    }
}

private func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }
