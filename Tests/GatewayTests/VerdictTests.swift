internal import ArchiveModel
internal import FTPProtocol
internal import Gateway
internal import Testing

/// What the intake says, and what the client hears of it.
@Suite(.timeLimit(.minutes(10))) struct VerdictTests {
    @Test(arguments: [
        (Verdict.Outcome.accepted, "226-one\n226 two"), (.held, "226-one\n226 two"),
        (.rejected, "450-one\n450 two"), (.ignored, "450-one\n450 two"), (.failed, "451-one\n451 two"),
    ])
    func theVerdictIsTheAnswer(_ outcome: Verdict.Outcome, _ reply: String) async throws {
        let intake = TestIntake { request in
            guard case .judge = request else { return TestIntake.friendly(request) }
            return .verdict(.init(outcome: outcome, lines: ["one", "two"]))
        }
        try await TestGateway.run(intake: intake) { gateway in
            try await gateway.upload { client in try await client.store("a_1.changes", "x", answers: reply) }
            _ = await intake.nextLanding()
        }
    }

    @Test(arguments: ["a.changes", "a.commands", "a.dak-commands"])
    func whatCompletesAnUploadIsJudgedWhereItStands(_ name: String) async throws {
        let jail = try TestJail()
        let intake = TestIntake { request in
            guard case .judge(let session, let directory, let file) = request else {
                return TestIntake.friendly(request)
            }
            let text = jail.read("incoming/\(session)/\(directory)/\(file)") ?? "nothing there"
            return .verdict(.init(outcome: .accepted, lines: [text]))
        }
        try await TestGateway.run(jail: jail, intake: intake) { gateway in
            try await gateway.upload { client in
                try await client.store("a.dsc", "not judged", answers: "226 Received.")
                try await client.store(name, "whole", answers: "226 whole")
            }
            let session = await intake.nextLanding()
            let judged = intake.requests.filter { if case .judge = $0 { true } else { false } }
            #expect(judged == [.judge(session: session, directory: "~alice/debian", file: name)])
        }
    }

    @Test func withoutAnAnswerInTimeTheVerdictComesByMail() async throws {
        let intake = TestIntake { request in
            guard case .judge = request else { return TestIntake.friendly(request) }
            return nil
        }
        try await TestGateway.run(intake: intake) {
            $0.verdictTimeout = .milliseconds(50)
        } _: { gateway in
            try await gateway.upload { client in
                let reply = try await client.store("a.changes", "x")
                #expect(reply.hasPrefix("226 Received; the verdict comes by mail. Session 2"))
            }
        }
    }

    @Test func withoutAnIntakeUploadsAreReceived() async throws {
        let jail = try TestJail()
        try await TestGateway.run(jail: jail, intake: nil) { gateway in
            try await gateway.upload { client in
                try await client.store("a.changes", "x", answers: "226 Received; the verdict comes by mail.")
            }
        }
        #expect(jail.files("landed").count == 1)
    }

    @Test func aVerdictMayBeLong() async throws {
        let lines = (1...150).map { "finding \($0): " + String(repeating: "é", count: 400) }
        let intake = TestIntake { request in
            guard case .judge = request else { return TestIntake.friendly(request) }
            return .verdict(.init(outcome: .rejected, lines: lines))
        }
        try await TestGateway.run(intake: intake) { gateway in
            try await gateway.upload { client in
                let reply = try await client.store("a.changes", "x")
                #expect(reply.split(separator: "\n").count == 150)
            }
        }
    }

    @Test func aPathIsEnteredOnlyWhenTheIntakeKnowsIt() async throws {
        try await TestGateway.run { gateway in
            try await gateway.connect { client in
                try await client.command("USER x", answers: "230 ")
                try await client.command("CWD ~alice", answers: "250 ")
                try await client.command("CWD debian", answers: "250 /~alice/debian takes uploads.")
                try await client.command("CWD ~bob/debian", answers: "550 There is no such person.")
                _ = try await client.dataPort()
                try await client.command("STOR a.dsc", answers: "450 There is no such person.")
                try await client.command("CWD /~alice", answers: "250 ")
                try await client.command("STOR a.dsc", answers: "450 /~alice is not an upload target")
            }
        }
    }
}
