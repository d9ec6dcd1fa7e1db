internal import Testing

/// From where commands came stands beside them, and beside nothing else.
@Suite(.timeLimit(.minutes(10))) struct CommandOriginTests {
    @Test(arguments: [("127.0.0.1", "127.0.0.1"), ("[::1]", "::1")])
    func theAddressIsKeptWithCommands(_ host: String, _ address: String) async throws {
        try await TestGateway.run(host: host) { gateway in
            try await gateway.upload { client in
                try await client.store("a_1_source.changes", "one", answers: "226")
                try await client.store("a.commands", "two", answers: "226")
                try await client.store("b.dak-commands", "three", answers: "226")
            }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.read("landed/\(session)/.client") == address)
        }
    }

    @Test func otherUploadsHaveNone() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in try await client.store("a.changes", "one", answers: "226") }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.files("landed/\(session)") == ["~alice/debian/a.changes"])
        }
    }
}
