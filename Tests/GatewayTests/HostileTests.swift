internal import Foundation
internal import Gateway
internal import Logging
internal import NIOCore
internal import SystemPackage
internal import Testing

/// What somebody would try who means harm.
@Suite(.timeLimit(.minutes(10))) struct HostileTests {
    /// 1,000 connections that never log in: the others get in, and the house empties by itself.
    @Test func halfOpenLoginsKeepNobodyOut() async throws {
        try await TestGateway.run {
            $0.sessionsPerAddress = 200
            $0.connectionsPerMinute = 100_000
            $0.countsLoopback = true
            $0.loginTimeout = .seconds(20)
        } _: { gateway in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<1000 {
                    tasks.addTask { try await gateway.connect { client in while try await client.reply() != "" {} } }
                }
                for _ in 0..<5 {
                    try await TestClient.connect(port: gateway.port, from: "127.0.0.9") { client in
                        try await client.command("USER x", answers: "230 ")
                        try await client.command("CWD ~alice/debian", answers: "250 ")
                        try await client.command("QUIT", answers: "221 ")
                    }
                }
                try await tasks.waitForAll()
            }
        }
    }

    @Test(arguments: [
        "..", "../x", "../../landed/x", "/../x", "~alice/../../x", "~alice/debian/../../../x", ".", "./..", "...",
        ".part-1", "~alice/.part-1", "a/../b", "/", "//", "\\..\\x", "a\u{0}b", "%2e%2e/x", "~root/.ssh", "~", "~/x",
        "-rf", "*", "$(id)", "`id`", "a;b", "a b", "a\tb", "\u{202E}x", "/etc/passwd",
        "/proc/self/environ",
    ])
    func noNameLeadsOut(_ name: String) async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                try await client.store("a.dsc", "a", answers: "226 ")
                for verb in ["STOR", "APPE"] {
                    _ = try await client.dataPort()
                    let reply = try await client.command("\(verb) \(name)")
                    #expect(reply.hasPrefix("45") || reply.hasPrefix("501 "), "\(verb) \(name): \(reply)")
                }
                for verb in ["DELE", "RNFR", "SIZE", "MDTM", "RMD", "CWD"] {
                    let reply = try await client.command("\(verb) \(name)")
                    let isHarmless =
                        ["RMD", "CWD"].contains(verb) && (reply.hasPrefix("250 ") || reply.hasPrefix("550 "))
                    #expect(isHarmless || reply.hasPrefix("5"), "\(verb) \(name): \(reply)")
                }
                try await client.command("CWD /~alice/debian", answers: "250 ")
                try await client.command("RNFR a.dsc", answers: "350 ")
                let reply = try await client.command("RNTO \(name)")
                #expect(reply.hasPrefix("45") || reply.hasPrefix("501 "), "RNTO \(name): \(reply)")
                try await client.command("SIZE a.dsc", answers: "213 1")
            }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.tree("landed/\(session)").allSatisfy { $0.hasPrefix("~alice") })
            #expect(gateway.jail.files("").filter { !$0.hasPrefix("landed/") && $0 != "verdict.socket" } == [])
        }
    }

    /// Whoever could write in `incoming` cannot lead the gateway elsewhere.
    @Test func plantedLinksAreNotFollowed() async throws {
        let outside = try TestJail()
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                try await client.store("a.dsc", "a", answers: "226 ")
                let session = try #require(gateway.jail.tree("incoming").first)
                let place = gateway.jail.path.appending("incoming/\(session)/~alice/tools").string
                try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: outside.path.string)
                try await client.command("CWD ~alice/tools", answers: "250 ")
                let reply = try await client.store("b.dsc", "b")
                #expect(reply.hasPrefix("45"), "\(reply)")
                try await client.command("SIZE b.dsc", answers: "550 ")
                try await client.command("DELE b.dsc", answers: "45")
                #expect(outside.files("") == [])
            }
        }
    }

    @Test(arguments: ["", "{}\n", "{\"target\":", "\u{0}\u{FF}\n", "[1,2,3]\n{}\n"])
    func whateverTheIntakeSaysTheUploadIsKept(_ garbage: String) async throws {
        try await TestGateway.run(intake: nil) {
            $0.targetTimeout = .milliseconds(200)
            $0.verdictTimeout = .milliseconds(200)
        } _: { gateway in
            let socket = try await gateway.jail.babble(garbage)
            try await gateway.upload { client in
                try await client.store("a.changes", "a", answers: "226 Received; the verdict comes by mail.")
            }
            try await gateway.untilHandedOver()
            try await socket.close()
            #expect(gateway.jail.files("landed").count == 1)
        }
    }

    @Test func fiveThousandCommandsInOneGo() async throws {
        try await TestGateway.run {
            $0.commandsPerSecond = 100_000
        } _: { gateway in
            try await gateway.connect { client in
                try await client.send(String(repeating: "NOOP\r\n", count: 5000))
                for _ in 0..<5000 { try await client.reply(begins: "200 ") }
            }
        }
    }

    /// A session is one line in it, whatever is asked of files that are not there.
    @Test func aClientDoesNotFillTheLog() async throws {
        let log = TestLog()
        try await TestGateway.run(logger: Logger(label: "test") { _ in log }) { gateway in
            try await gateway.upload { client in
                try await client.store("a", "x", answers: "226 ")
                for verb in ["DELE", "RMD", "RNFR", "SIZE", "MFMT 20261120225512"] {
                    for name in ["b", "a/b"] { _ = try await client.command("\(verb) \(name)") }
                }
            }
        }
        #expect(log.messages.filter { $0 != "banned" } == ["session over"])
    }

    /// Telnet's commands, and an ABOR as RFC 959, 4.1.3 and old clients send it.
    @Test func telnetCommandsAreLeftOut() async throws {
        try await TestGateway.run { gateway in
            try await gateway.connect { client in
                let (escape, interrupt, mark, will): (UInt8, UInt8, UInt8, UInt8) = (255, 244, 242, 251)
                try await client.send(
                    bytes: [escape, will, 1, escape, interrupt, escape, mark] + Array("ABOR\r\n".utf8))
                try await client.reply(begins: "226 ")
                try await client.send(bytes: Array(repeating: escape, count: 50_000) + Array("\nNOOP\n".utf8))
                try await client.reply(begins: "50")
                try await client.reply(begins: "200 ")
                try await client.send(String(repeating: "x", count: 100_000) + "\r\nNOOP\r\n")
                try await client.reply(begins: "500 The line is too long")
                try await client.reply(begins: "200 ")
            }
        }
    }
}
