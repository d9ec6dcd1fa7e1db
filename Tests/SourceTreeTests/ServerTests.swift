import DurableFiles
import Foundation
import Glibc
import Subprocess
import SystemPackage
import Testing

@testable import SourceTree

/// The process that has dpkg-source loaded, and what happens when it or its parts go.
struct ServerTests {
    @Test func oneServerUnpacksOnePackageAfterTheOther() async throws {
        let odd = try await OddSource("quilt")
        let bench = try Bench()
        var pids: Set<pid_t> = []
        for _ in 0..<3 {
            #expect(try await bench.unpacker.findings(in: odd.source) == [])
            pids.insert(try bench.unpacker.servers.server().pid)
        }
        #expect(pids.count == 1)
        try odd.remove()
        try bench.remove()
    }

    @Test func aServerThatIsKilledIsStartedAgainAndNoUploadNoticesIt() async throws {
        let odd = try await OddSource("native")
        let bench = try Bench()
        let server = try bench.unpacker.servers.server()
        // The request is sent, and lies in the socket of a server that never takes it.
        kill(server.pid, SIGSTOP)
        let task = Task { try await bench.unpacker.findings(in: odd.source) }
        while try bench.leftovers.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        kill(server.pid, SIGKILL)
        #expect(try await task.value == [])
        #expect(try bench.unpacker.servers.server().pid != server.pid)
        try odd.remove()
        try bench.remove()
    }

    /// Who guesses addresses of memory gets a new layout for each guess.
    @Test func aChildThatCrashesIsTheLastOfItsServer() async throws {
        let odd = try await OddSource("many")
        let bench = try Bench()
        let server = try bench.unpacker.servers.server()
        let task = Task { try await bench.unpacker.findings(in: odd.source) }
        while try children(of: server).isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        // More than once, as the first may come before the child is its own.
        while let child = try children(of: server).first {
            kill(child, SIGSEGV)
            try await Task.sleep(for: .milliseconds(1))
        }
        // Ours to mend before its walls stand, and the package's afterwards.
        _ = try? await task.value
        #expect(try bench.unpacker.servers.server().pid != server.pid)
        try odd.remove()
        try bench.remove()
    }

    @Test func anUpgradedProgramIsStartedAnew() async throws {
        let scratch = FilePath("/tmp/slipway-scratch-\(UInt64.random(in: 0..<UInt64.max))")
        try Durably.makeFolders(scratch, sync: .later)
        let program = scratch.appending("slipway-unpack")
        // By a program of its own: a file that this one writes may be open in another test's child, and cannot be run then.
        func install() async throws {
            let next = scratch.appending("next").string
            _ = try await run(.name("cp"), arguments: [Bench.program.string, next], output: .discarded)
            #expect(rename(next, program.string) == 0)
        }
        try await install()
        let servers = UnpackServers(program: program, scratch: scratch)
        let first = try servers.server()
        #expect(try servers.server() === first)
        try await install()
        let second = try servers.server()
        #expect(second !== first)
        try Durably.removeTree(scratch)
    }

    @Test func aKilledServiceLeavesNoUnpackerBehind() async throws {
        let scratch = FilePath("/tmp/slipway-scratch-\(UInt64.random(in: 0..<UInt64.max))")
        try Durably.makeFolders(scratch, sync: .later)
        let script = FilePath(#filePath).removingLastComponent().appending("../Fixtures/unpack-for-a-killed-service")
        let played = try await run(
            .path(script), arguments: [Bench.program.string, scratch.string], output: .discarded,
            error: .string(limit: 1 << 16))
        #expect(played.terminationStatus.isSuccess, "\(played.standardError)")
        try Durably.removeTree(scratch)
    }

    @Test(arguments: [
        ChildNews.started(5), .exited(0), .signal(9), .failed("no\tmemory"), .enough,
    ])
    func newsComeBackAsTheyWereSaid(news: ChildNews) { #expect(ChildNews(news.description) == news) }

    private func children(of server: UnpackServerProcess) throws -> [pid_t] {
        try String(contentsOfFile: "/proc/\(server.pid)/task/\(server.pid)/children", encoding: .utf8)
            .split(separator: " ").compactMap { pid_t($0) }
    }
}
