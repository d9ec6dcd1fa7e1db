internal import ArchiveModel
internal import Gateway
internal import NIOCore
internal import SystemPackage
internal import Testing

/// What proxies and servers have been led astray with, and limits on whoever comes without a proxy.
@Suite(.timeLimit(.minutes(10))) struct HTTPHostileTests {
    struct Request: CustomTestStringConvertible {
        let testDescription: String
        let bytes: String
        let status: String

        init(_ description: String, _ status: String, _ fields: String, _ body: String = "one") {
            testDescription = description
            bytes = "PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\n\(fields)\r\n\r\n\(body)"
            self.status = status
        }

        init(_ description: String, _ status: String, whole: String) {
            (testDescription, self.status, bytes) = (description, status, whole)
        }
    }

    private static let chunks = "3\r\none\r\n0\r\n\r\n"

    static let refused = [
        Request("a length and chunks", "400", "Content-Length: 3\r\nTransfer-Encoding: chunked", chunks),
        Request("chunks and a length", "400", "Transfer-Encoding: chunked\r\nContent-Length: 3", chunks),
        Request("two lengths", "400", "Content-Length: 3\r\nContent-Length: 4", "one1"),
        Request("lengths in a list", "400", "Content-Length: 3, 3"),
        Request("a negative length", "400", "Content-Length: -3"),
        Request("a length with a sign", "400", "Content-Length: +3"),
        Request("a length without end", "400", "Content-Length: 99999999999999999999"),
        Request("a space before the colon", "400", "Content-Length : 3"),
        Request("a folded field", "400", "A: b\r\n c\r\nContent-Length: 3"),
        Request("a NUL", "400", "A: b\0c\r\nContent-Length: 3"),
        Request("another coding last", "400", "Transfer-Encoding: chunked, gzip", chunks),
        Request("another coding first", "501", "Transfer-Encoding: gzip, chunked", chunks),
        Request("a name like chunked", "400", "Transfer-Encoding: xchunked", chunks),
        Request("chunks of bare line feeds", "400", "Transfer-Encoding: chunked", "3\none\n0\n\n"),
        Request("compressed", "415", "Content-Encoding: gzip\r\nContent-Length: 3"),
        Request("a part", "400", "Content-Range: bytes 0-2/10\r\nContent-Length: 3"),
        Request("HTTP/2", "400", whole: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Request("HTTP/0.9", "400", whole: "PUT /~alice/debian/a\r\n\r\n"),
        Request("a tunnel", "405", whole: "CONNECT 127.0.0.1:25 HTTP/1.1\r\nHost: x\r\n\r\nEHLO x\r\n"),
        Request("no path", "400", whole: "PUT * HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\none"),
        Request("only a host", "400", whole: "PUT http://x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\none"),
    ]

    @Test(arguments: refused) func isAnsweredOnceAndNothingIsTaken(_ request: Request) async throws {
        try await TestGateway.run { gateway in
            let answer = try await gateway.http(request.bytes, closing: true)
            #expect(answer.hasPrefix("HTTP/1.1 \(request.status) "), "\(answer)")
            #expect(answer.split(separator: "HTTP/1.1 ").count == 1, "\(answer)")
            await gateway.stop()
            #expect(gateway.jail.tree("landed") == [])
        }
    }

    @Test(arguments: [
        Request("as for a proxy", "", whole: "PUT HTTP://x:1/~alice/debian/a HTTP/1.0\r\nContent-Length: 3\r\n\r\none"),
        Request("HTTP/1.0", "", whole: "PUT /~alice/debian/a HTTP/1.0\r\nContent-Length: 3\r\n\r\none"),
        Request(
            "a chunk with a remark", "", "Connection: close\r\nTransfer-Encoding: chunked",
            "3;a=b\r\none\r\n0\r\n\r\n"),
        Request(
            "fields behind the body", "", "Connection: close\r\nTransfer-Encoding: chunked",
            "3\r\none\r\n0\r\nX-Other: y\r\n\r\n"),
        // curl --http2 in clear; it would send more over a connection that stayed.
        Request("a wish for HTTP/2", "", "Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 3"),
    ])
    func oddAndHarmless(_ request: Request) async throws {
        try await TestGateway.run { gateway in
            let answer = try await gateway.http(request.bytes)
            try #require(answer.hasPrefix("HTTP/1.1 201 "), "\(answer)")
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.read("landed/\(session)/~alice/debian/a") == "one")
        }
    }

    /// The second is answered before it has said a word.
    @Test(arguments: [false, true]) func whoeverIsTooManyIsTold(_ hasSent: Bool) async throws {
        try await TestGateway.run {
            $0.sessionLimit = 1
        } _: { gateway in
            let head = "PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
            try await gateway.web { inbound, outbound in
                try await outbound.write(ByteBuffer(string: head + "Expect: 100-continue\r\n\r\n"))
                var pieces = inbound.makeAsyncIterator()
                #expect(try await pieces.next().map { String(buffer: $0) }?.contains(" 100 ") == true)
                let answer = try await gateway.http(hasSent ? head + "\r\none" : "")
                #expect(answer.hasPrefix("HTTP/1.1 503 "), "\(answer)")
                #expect(answer.hasSuffix("Too many sessions at the moment; try again later.\n"), "\(answer)")
                try await outbound.write(ByteBuffer(string: "one"))
                #expect(try await pieces.next().map { String(buffer: $0) }?.contains(" 201 ") == true)
            }
        }
    }

    @Test func withoutAProxyConnectionsAreCounted() async throws {
        let page = MetricsPage()
        try await TestGateway.run(metrics: page) {
            $0.trustedProxies = []
            $0.countsLoopback = true
            $0.connectionsPerMinute = 1
        } _: { gateway in
            for status in ["201", "429"] {
                let answer = try await gateway.put("/~alice/debian/a", "x")
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
            }
        }
        #expect(page.text.contains(#"slipway_gateway_refusals_total{reason="rate"} 1"#), "\(page.text)")
        #expect(page.text.contains("slipway_gateway_sessions 0\n"), "\(page.text)")
    }

    @Test func aConnectionHasALongestTime() async throws {
        try await TestGateway.run {
            $0.sessionTimeLimit = .milliseconds(200)
        } _: { gateway in
            _ = try await gateway.http("PUT /~alice/debian/a HTTP/1.1\r\nContent-Length: 3\r\n\r\no")
            try await gateway.untilHandedOver()
            #expect(gateway.jail.tree("landed") == [])
        }
    }

    @Test func aBodyThatIsSilentIsNotWaitedFor() async throws {
        try await TestGateway.run {
            $0.dataTimeout = .milliseconds(200)
        } _: { gateway in
            _ = try await gateway.http("PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\no")
            try await gateway.untilHandedOver()
            #expect(gateway.jail.tree("landed") == [])
        }
    }

    /// A file system of 1 MiB in place of the jail, as only root can make one.
    @Test(.enabled(if: SmallDisk.isPossible)) func aDiskThatFillsUpIsTold() async throws {
        let jail = try TestJail()
        let disk = try #require(SmallDisk(on: jail.path.string))
        defer { disk.remove() }
        try jail.makeFolders()
        try await TestGateway.run(jail: jail) {
            $0.freeSpaceFloor = 0
        } _: { gateway in
            let answer = try await gateway.put("/~alice/debian/big", String(repeating: "x", count: 4 << 20))
            #expect(answer.hasPrefix("HTTP/1.1 507 "), "\(answer)")
            try await gateway.untilHandedOver()
            // What came of it is gone, so that there is room again.
            let small = try await gateway.put("/~alice/debian/small", "here")
            #expect(small.hasPrefix("HTTP/1.1 201 "), "\(small)")
            #expect(gateway.jail.files("landed").map { $0.hasSuffix("/~alice/debian/small") } == [true])
        }
    }

    @Test func anIntakeThatNeverAnswersIsNotWaitedFor() async throws {
        let intake = TestIntake { request in
            guard case .judge(_, _, _) = request else { return TestIntake.friendly(request) }
            return nil
        }
        try await TestGateway.run(intake: intake) {
            $0.verdictTimeout = .milliseconds(100)
        } _: { gateway in
            let answer = try await gateway.put("/~alice/debian/a.changes", "x")
            #expect(answer.hasPrefix("HTTP/1.1 202 "), "\(answer)")
            let session = await gateway.intake.nextLanding()
            #expect(answer.contains("Session \(session)."), "\(answer)")
        }
    }

    /// Heard later, and nothing of it is lost: fifty at once, the others over half a second and more.
    @Test func aClientInAHurryIsSlowedDown() async throws {
        try await TestGateway.run {
            $0.commandsPerSecond = 10
        } _: { gateway in
            let request = "PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n"
            let start = ContinuousClock.now
            let answers = try await gateway.http(
                String(repeating: request + "\r\n", count: 55) + request + "Connection: close\r\n\r\n")
            #expect(answers.split(separator: "HTTP/1.1 201 ").count == 56)
            #expect(ContinuousClock.now - start >= .milliseconds(500))
        }
    }
}
