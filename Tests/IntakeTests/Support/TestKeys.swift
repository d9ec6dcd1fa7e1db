import ArchiveModel
import DurableFiles
import Foundation
import OpenPGP
import Subprocess
import Synchronization
import SystemPackage

/// Who signs in the tests.
enum Who: String, CaseIterable, Sendable {
    case alice, bob
    /// Registered, and blocked.
    case dave
    /// Registered; the key has expired.
    case erik
    /// Registered; the key is revoked.
    case rita
    /// Nobody knows this key.
    case stranger
    /// A builder of this service.
    case builder

    var address: String { "\(rawValue)@example.org" }
    var isPerson: Bool { self != .stranger && self != .builder }
}

/// Throwaway keys, made once for all tests in a GnuPG home of their own.
struct TestKeys: Sendable {
    let home: FilePath
    let fingerprints: [Who: Fingerprint]
    let publicKeys: [Who: [UInt8]]

    static let shared = Task { try await TestKeys() }
    /// Before Erik's key expired.
    private static let past = ["--faked-system-time", "20240601T000000!"]

    private init() async throws {
        home = FilePath("/tmp/slipway-keys-\(UInt64.random(in: 0..<UInt64.max))")
        try Durably.makeFolders(home, permissions: .ownerReadWriteExecute)
        removeAtExit(home)
        var fingerprints: [Who: Fingerprint] = [:]
        var publicKeys: [Who: [UInt8]] = [:]
        for who in Who.allCases {
            let made = who == .erik ? Self.past : []
            let lifetime = who == .erik ? "1m" : "never"
            _ = try await Self.gpg(
                home, made + ["--passphrase", "", "--quick-gen-key", who.address, "ed25519", "sign", lifetime])
            let listing = try await Self.gpg(home, ["--with-colons", "--list-keys", who.address])
            let line = String(decoding: listing, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("fpr:") }
            fingerprints[who] = line.flatMap { Fingerprint($0.split(separator: ":").last.map(String.init) ?? "") }
            publicKeys[who] = try await Self.gpg(home, ["--armor", "--export", who.address])
        }
        self.fingerprints = fingerprints
        publicKeys[.rita] = try await Self.revoked(home, fingerprints[.rita])
        self.publicKeys = publicKeys
    }

    func clearsign(_ text: String, by who: Who) async throws -> [UInt8] {
        try await clearsign(Array(text.utf8), by: who)
    }

    func clearsign(_ text: [UInt8], by who: Who, _ options: [String] = []) async throws -> [UInt8] {
        let time = who == .erik ? Self.past : []
        return try await Self.gpg(
            home, time + options + ["--local-user", who.address, "--clearsign"], input: text)
    }

    func detachSign(_ text: String, by who: Who) async throws -> [UInt8] {
        try await Self.gpg(home, ["--local-user", who.address, "--armor", "--detach-sign"], input: Array(text.utf8))
    }

    /// Rita's public key with its revocation, taken from a home of its own so that she can still sign here.
    private static func revoked(_ home: FilePath, _ fingerprint: Fingerprint?) async throws -> [UInt8] {
        let other = home.appending("revoking")
        try Durably.makeFolders(other, permissions: .ownerReadWriteExecute)
        let key = try await gpg(home, ["--armor", "--export", Who.rita.address])
        _ = try await gpg(other, ["--import"], input: key)
        let path = home.appending("openpgp-revocs.d").appending("\(fingerprint?.text ?? "").rev")
        let text = try String(contentsOfFile: path.string, encoding: .utf8)
        let certificate = text.replacingOccurrences(of: ":-----BEGIN", with: "-----BEGIN")
        _ = try await gpg(other, ["--import"], input: Array(certificate.utf8))
        return try await gpg(other, ["--armor", "--export", Who.rita.address])
    }

    private static func gpg(_ home: FilePath, _ arguments: [String], input: [UInt8] = []) async throws -> [UInt8] {
        let result = try await run(
            .name("gpg"),
            arguments: Arguments(["--homedir", home.string, "--batch", "--no-tty", "--yes", "--quiet"] + arguments),
            input: .array(input), output: .bytes(limit: 1 << 20), error: .string(limit: 1 << 16))
        guard result.terminationStatus.isSuccess else {
            throw TestFailure("gpg \(arguments): \(result.standardError)")
        }
        return result.standardOutput
    }
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Removes what the tests left. A gpg-agent ends itself when its socket is gone.
func removeAtExit(_ folder: FilePath) {
    let isFirst = Leftovers.folders.withLock { folders in
        folders.append(folder)
        return folders.count == 1
    }
    if isFirst { atexit { Leftovers.folders.withLock { $0.forEach { try? Durably.removeTree($0) } } } }
}

private enum Leftovers {
    static let folders = Mutex<[FilePath]>([])
}
