internal import ArchiveModel
internal import Foundation
internal import Testing

/// The session's program by its pipes, without sshd between: a client that does what no sshd would let it do.
@Suite(.enabled(if: TestSSH.isPossible && Client.isInstalled("python3")), .timeLimit(.minutes(10)))
struct SFTPPipeTests {
    private func run(_ script: String, in jail: TestJail, options: [String] = []) async throws -> Client.Run {
        let upload = try ClientTests.Upload()
        let command = ["\(ProgramJail.programPath)", "sftp-session", "--jail", "\(jail.path)"] + options
        return try await Client.run("/usr/bin/python3", ["-c", Self.prelude + script] + command, in: upload)
    }

    @Test func aSessionThatRemovesWhatItBroughtLeavesNothing() async throws {
        let jail = try ProgramJail().folder
        let run = try await run(
            """
            ask(opening('~alice/debian/a.dsc')), ask(closing('h1')), ask(packet(13, text('~alice/debian/a.dsc')))
            session.stdin.close()
            print('ended', session.wait(60))
            """, in: jail)
        #expect(run.output.contains("ended 0"), "\(run.output)")
        #expect(jail.tree("landed") == [])
        #expect(jail.tree("incoming") == [])
    }

    @Test func whoDoesNotReadIsSentAwayLikeWhoIsSilent() async throws {
        let jail = try ProgramJail().folder
        let run = try await run(
            """
            try:
                while True: say(packet(16, text('.')) * 1000)
            except BrokenPipeError:
                print('ended', session.wait(60))
            """, in: jail, options: ["--idle-timeout", "1"])
        #expect(run.output.contains("ended 0"), "\(run.output)")
    }

    @Test func anIntakeThatTakesNobodyHoldsNobodyUp() async throws {
        let jail = try ProgramJail().folder
        let run = try await run(
            """
            intake = socket.socket(socket.AF_UNIX)
            intake.bind('\(jail.path)/\(VerdictSocket.name)')
            os.chmod('\(jail.path)/\(VerdictSocket.name)', 0o666)
            intake.listen(0)
            waiting = []
            try:
                while True:
                    waiting.append(socket.socket(socket.AF_UNIX))
                    waiting[-1].setblocking(False)
                    waiting[-1].connect('\(jail.path)/\(VerdictSocket.name)')
            except BlockingIOError: pass
            ask(opening('~alice/debian/a.changes'))
            print(ask(closing('h1')))
            """, in: jail)
        #expect(run.output.contains("the verdict comes by mail"), "\(run.output)")
    }

    private static let prelude = """
        import os, pwd, socket, struct, subprocess, sys
        def drop():
            if os.getuid() == 0:
                nobody = pwd.getpwnam('nobody')
                os.setgroups([]); os.setgid(nobody.pw_gid); os.setuid(nobody.pw_uid)
        session = subprocess.Popen(
            sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, preexec_fn=drop,
            env={'SSH_ORIGINAL_COMMAND': 'internal-sftp'})
        def number(value): return struct.pack('>I', value)
        def text(value): return number(len(value)) + value.encode()
        def packet(kind, body): return number(len(body) + 5) + bytes([kind]) + number(1) + body
        def opening(path): return packet(3, text(path) + number(0x1a) + number(0))
        def closing(handle): return packet(4, text(handle))
        def say(bytes):
            session.stdin.write(bytes)
            session.stdin.flush()
        def ask(bytes):
            say(bytes)
            return session.stdout.read(struct.unpack('>I', session.stdout.read(4))[0])
        ask(number(5) + bytes([1]) + number(3))

        """
}
