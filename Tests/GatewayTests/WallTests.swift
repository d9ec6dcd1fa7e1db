internal import ArchiveModel
internal import Foundation
internal import Gateway
internal import NIOCore
internal import Subprocess
internal import SystemPackage
internal import Testing

/// The program itself, locked in for real.
@Suite(.timeLimit(.minutes(10))) struct WallTests {
    @Test func nobodyGetsOut() async throws {
        let jail = try ProgramJail()
        let result = try await jail.run(["--explain-jail"])
        #expect(result.isSuccess, "\(result.output)")
        for attempt in [
            "read /etc/passwd", "make a file in /tmp", "run a program", "become root", "trace a process",
            "watch a folder",
        ] {
            #expect(result.output.contains("holds: \(attempt)"), "\(attempt)\n\(result.output)")
        }
        #expect(!result.output.contains("OPEN:"))
    }

    @Test(.enabled(if: getuid() == 0)) func rootHasToBecomeSomebody() async throws {
        let jail = try ProgramJail()
        let result = try await jail.run(["--explain-jail", "--user", "root"], asNobody: false)
        #expect(!result.isSuccess)
        #expect(result.output.contains("cannot become root: that is root"))
    }

    @Test func receivesWithinItsWalls() async throws {
        let jail = try ProgramJail()
        let intake = TestIntake()
        let listener = try await intake.listen(in: jail.folder)
        chmod(jail.folder.path.appending(VerdictSocket.name).string, 0o666)
        try await jail.serve { program in
            try await TestClient.connect(port: program.port) { client in
                try await client.command("USER x", answers: "230 ")
                try await client.command("CWD ~alice/debian", answers: "250 ")
                try await client.store("a.dsc", "one", answers: "226 ")
                try await client.store("a.changes", "two", answers: "226-Accepted: a.changes\n226 See")
                // It would crash within a second or so: see SlipwayGateway.keepDispatchOut.
                #expect(!program.threadNames.contains { $0.contains("qos") || $0.contains("dispatch") })
                // The supervisor dies: the session ends, and is handed over.
                try await program.closeInput()
                try await client.reply(begins: "421 ")
            }
        }
        try await listener.close()
        #expect(jail.folder.tree("incoming") == [])
        let landed = jail.folder.tree("landed")
        #expect(
            landed.map { $0.split(separator: "/").last } == [
                landed.first?[...], "~alice", "debian", "a.changes", "a.dsc",
            ])
        let file = try #require(landed.last)
        #expect(try jail.folder.permissions("landed/\(file)") == 0o660)
    }

    @Test(arguments: [SIGTERM, SIGINT]) func aSignalEndsItInGoodOrder(_ signal: CInt) async throws {
        let jail = try ProgramJail()
        try await jail.serve { program in
            try await TestClient.connect(port: program.port) { client in
                try await client.command("NOOP", answers: "200 ")
                #expect(kill(program.identifier, signal) == 0)
                try await client.reply(begins: "421 ")
            }
        }
    }
}

/// The gateway's program at work.
struct RunningProgram: Sendable {
    let port: Int
    let identifier: pid_t
    let closeInput: @Sendable () async throws -> Void

    var threadNames: [String] {
        let tasks = "/proc/\(identifier)/task"
        let found = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        return found.compactMap { try? String(contentsOfFile: "\(tasks)/\($0)/comm", encoding: .utf8) }
    }
}

/// A jail that the program may use whoever it becomes, and the program beside it.
struct ProgramJail {
    let folder: TestJail

    init() throws {
        folder = try TestJail()
        for name in ["incoming", "landed"] {
            let path = folder.path.appending(name).string
            if getuid() == 0, let nobody = getpwnam("nobody")?.pointee { chown(path, nobody.pw_uid, nobody.pw_gid) }
            chmod(path, 0o2770)
        }
    }

    private func arguments(_ more: [String], asNobody: Bool = true) -> Arguments {
        Arguments(["--jail", folder.path.string] + (asNobody && getuid() == 0 ? ["--user", "nobody"] : []) + more)
    }

    /// Built beside the tests.
    static var programPath: FilePath {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return FilePath(tests).removingLastComponent().appending("slipway-gateway")
    }

    private static var program: Executable { .path(programPath) }

    func run(_ more: [String], asNobody: Bool = true) async throws -> Client.Run {
        let result = try await Subprocess.run(
            Self.program, arguments: arguments(more, asNobody: asNobody), input: .none, output: .string(limit: 1 << 20),
            error: .combinedWithOutput)
        return Client.Run(isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput)
    }

    /// Runs the gateway, and `body` as soon as it listens. The gateway ends when its input is closed, or by `signal`.
    func serve(
        _ more: [String] = [], endsBy signal: CInt? = nil,
        _ body: @escaping @Sendable (RunningProgram) async throws -> Void
    ) async throws {
        let result = try await Subprocess.run(
            Self.program, arguments: arguments(["--listen", "127.0.0.1:0", "--supervised"] + more), input: .inputWriter,
            output: .sequence, error: .discarded
        ) { execution in
            let input = execution.standardInputWriter
            let line = try #require(try await execution.standardOutput.strings().first { _ in true })
            let port = try #require(line.split(separator: ":").last.flatMap { Int($0.filter(\.isNumber)) })
            let identifier = execution.processIdentifier.value
            try await body(RunningProgram(port: port, identifier: identifier) { try await input.finish() })
        }
        #expect(result.terminationStatus == signal.map { .signaled($0) } ?? .exited(0))
    }
}
