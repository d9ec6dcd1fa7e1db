internal import Gateway
internal import Testing

/// Heads that are too large, or cut short, and clients that close their side early.
@Suite(.timeLimit(.minutes(10))) struct HTTPHeadTests {
    struct Head: CustomTestStringConvertible {
        let testDescription: String
        let bytes: String
        let status: String
        let text: String
    }

    /// More than the gateway has read when it answers, so that a reset would lose the answer.
    static let long = String(repeating: "x", count: 300_000)

    static let heads = [
        Head(
            testDescription: "a long field", bytes: "PUT /a HTTP/1.1\r\nHost: x\r\nCookie: \(long)\r\n\r\n",
            status: "431", text: "at most 16384 bytes and 64 fields"),
        Head(
            testDescription: "many fields",
            bytes: "PUT /a HTTP/1.1\r\nHost: x\r\n" + String(repeating: "A: b\r\n", count: 100) + "\r\n",
            status: "431", text: "64 fields"),
        Head(
            testDescription: "fields that are long together",
            bytes: "PUT /a HTTP/1.1\r\n" + (1...20).map { "A\($0): \(long.prefix(1000))\r\n" }.joined() + "\r\n",
            status: "431", text: "at most 16384 bytes"),
        Head(
            testDescription: "a long line", bytes: "PUT /\(long) HTTP/1.1\r\nHost: x\r\n\r\n", status: "414",
            text: "The first line of a request has at most 16384 bytes."),
        Head(testDescription: "no HTTP", bytes: "USER anonymous\r\n", status: "400", text: "not HTTP"),
    ]

    @Test(arguments: heads) func areAnsweredWithTheReason(_ head: Head) async throws {
        try await TestGateway.run { gateway in
            let answer = try await gateway.http(head.bytes)
            #expect(answer.hasPrefix("HTTP/1.1 \(head.status) "), "\(answer)")
            #expect(answer.contains(head.text), "\(answer)")
            #expect(answer.contains("connection: close"))
        }
    }

    @Test func aLargeHeadBehindAGoodRequestIsAnsweredAfterIt() async throws {
        try await TestGateway.run { gateway in
            let first = "PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\none"
            let answers = try await gateway.http(first + Self.heads[0].bytes)
            #expect(answers.hasPrefix("HTTP/1.1 201 "), "\(answers)")
            #expect(answers.contains("Received.\nHTTP/1.1 4"), "\(answers)")
        }
    }

    @Test func theLimitIsTheAdmins() async throws {
        try await TestGateway.run {
            $0.headLimit = 4096
        } _: { gateway in
            let answer = try await gateway.http("PUT /a HTTP/1.1\r\nA: \(Self.long.prefix(5000))\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 431 "), "\(answer)")
            #expect(answer.contains("at most 4096 bytes"), "\(answer)")
        }
    }

    @Test(arguments: ["a.dsc", "a.changes"])
    func aClientThatHasSentEverythingMayCloseItsSide(_ name: String) async throws {
        try await TestGateway.run { gateway in
            let head = "PUT /~alice/debian/\(name) HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n"
            let answer = try await gateway.http(head + "one", closing: true)
            try #require(answer.hasPrefix("HTTP/1.1 20"), "\(answer)")
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.read("landed/\(session)/~alice/debian/\(name)") == "one")
        }
    }

    @Test(arguments: ["PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\n", "PUT /~al"])
    func aHeadCutShortIsAnswered(_ bytes: String) async throws {
        try await TestGateway.run { gateway in
            let answer = try await gateway.http(bytes, closing: true)
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
        }
    }
}
