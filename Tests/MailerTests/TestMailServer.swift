import DurableFiles
import Foundation
import Subprocess
import SystemPackage
import Testing

@testable import Mailer

/// Tests/Fixtures/smtp-server at work: how to speak to it, and what it has seen.
struct TestMailServer: Sendable {
    let folder: FilePath
    var server: SMTPServer

    /// What was said, and when a connection began.
    var log: [String] { text("log").split(separator: "\n").map(String.init) }
    var commands: [String] { log.filter { $0.hasPrefix("> ") }.map { String($0.dropFirst(2)) } }
    func text(_ name: String) -> String { (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? "" }

    /// Runs with one, which is gone afterwards.
    static func run(_ options: [String] = [], _ body: @Sendable (TestMailServer) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try await certify(folder)
            let program = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "Fixtures/smtp-server").path()
            let kept = try await Subprocess.run(
                .name("python3"), arguments: Arguments([program, folder.string] + options),
                input: .inputWriter, output: .discarded, error: .discarded
            ) { keeper in
                let outcome = await outcome(folder, body)
                try await keeper.standardInputWriter.finish()
                return outcome
            }
            try kept.closureResult.get()
        }
    }

    /// Does not throw, as what throws in the closure has the program killed.
    private static func outcome(
        _ folder: FilePath, _ body: @Sendable (TestMailServer) async throws -> Void
    ) async -> Result<Void, any Error> {
        do {
            var server = SMTPServer(host: "127.0.0.1", port: try await port(folder))
            server.security = .off
            server.timeout = .seconds(20)
            server.certificates = folder.appending("cert.pem")
            return .success(try await body(TestMailServer(folder: folder, server: server)))
        } catch {
            return .failure(error)
        }
    }

    private static func port(_ folder: FilePath) async throws -> Int {
        while true {
            let text = (try? String(contentsOfFile: "\(folder)/port", encoding: .utf8)) ?? ""
            if let port = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) { return port }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private static func certify(_ folder: FilePath) async throws {
        let made = try await Subprocess.run(
            .name("openssl"),
            arguments: [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "\(folder)/cert.pem",
                "-out", "\(folder)/only.pem",
            ], output: .discarded, error: .discarded)
        try #require(made.terminationStatus.isSuccess)
        let both = ["cert.pem", "only.pem"].map { try? String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
        try both.compactMap(\.self).joined().write(toFile: "\(folder)/cert.pem", atomically: true, encoding: .utf8)
    }
}
