internal import Gateway
internal import Testing

/// Real clients at the HTTP door: bytes on the disk, and what the exit status says.
@Suite(.timeLimit(.minutes(10))) struct HTTPClientTests {
    @Test(arguments: PutClient.installed, [true, false])
    func areTold(_ client: PutClient, _ isAccepted: Bool) async throws {
        let upload = try ClientTests.Upload()
        try await TestGateway.run(intake: client.intake(accepting: isAccepted)) { gateway in
            let run = try await client.run(upload, to: .init(port: gateway.webPort))
            try await gateway.expect(client, run, isAccepted)
        }
    }
}

extension PutClient {
    func intake(accepting: Bool) -> TestIntake {
        accepting ? TestIntake() : TestIntake(ClientTests.rejectingAnswer)
    }
}

extension TestGateway {
    /// Each file comes in a session of its own.
    func expect(_ client: PutClient, _ run: Client.Run, _ isAccepted: Bool) async throws {
        #expect(run.isSuccess == isAccepted, "\(run.output)")
        let isShown = run.output.contains("No signature was found.")
        #expect(isShown == (!isAccepted && client.showsFindings), "\(run.output)")
        await stop()
        let landed = jail.files("landed")
        for name in ClientTests.Upload.names {
            let place = try #require(landed.first { $0.hasSuffix("/~alice/debian/\(name)") }, "\(landed)")
            #expect(jail.read("landed/\(place)") == "hello\n")
        }
    }
}
