internal import Gateway
internal import NIOCore
internal import NIOPosix
internal import SystemPackage
internal import Testing

/// The HTTP door over real sockets: what is sent, word by word, and what is answered.
@Suite(.timeLimit(.minutes(10))) struct HTTPTests {
    @Test func aFileAndItsChanges() async throws {
        try await TestGateway.run { gateway in
            let file = try await gateway.put("/~alice/debian/a.dsc", "one")
            #expect(file.hasPrefix("HTTP/1.1 201 ") && file.hasSuffix("Received.\n"), "\(file)")
            let first = await gateway.intake.nextLanding()
            #expect(gateway.jail.read("landed/\(first)/~alice/debian/a.dsc") == "one")
            let verdict = try await gateway.put("/%7Ealice/debian//a.changes", "two")
            #expect(verdict.hasPrefix("HTTP/1.1 200 "), "\(verdict)")
            #expect(verdict.hasSuffix("Accepted: a.changes\nSee the page.\n"), "\(verdict)")
            let second = await gateway.intake.nextLanding()
            #expect(gateway.jail.files("landed/\(second)") == ["~alice/debian/a.changes"])
            #expect(gateway.jail.tree("incoming") == [])
        }
    }

    @Test(arguments: [
        ("PUT /~bob/debian/a.dsc", "409", "There is no such person."),
        ("PUT /a.dsc", "409", "/ is not an upload target"),
        ("PUT /~alice/debian/../x.dsc", "409", "\"..\" is not taken"),
        ("PUT /~alice/debian/", "409", "Not a file name"),
        ("PUT /~alice/debian/.part-1", "409", "Not a file name"), ("PUT /~alice/%2e%2e/a.dsc", "409", "\"..\""),
        ("PUT /~alice/debian/%zz", "400", "not a path"), ("PUT /~alice/debian/a%00", "400", "not a path"),
        ("GET /~alice/debian/a.dsc", "405", "takes uploads"), ("DELETE /~alice/debian/a.dsc", "405", "takes uploads"),
        ("POST /", "405", "takes uploads"), ("POST /commands/x", "405", "takes uploads"),
        ("POST /~alice/debian/a.dsc", "405", "takes uploads"),
        ("PUT /" + String(repeating: "x", count: 3000), "414", "longer than"),
    ])
    func refusals(_ line: String, _ status: String, _ text: String) async throws {
        try await TestGateway.run { gateway in
            let answer = try await gateway.http("\(line) HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\none")
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
            #expect(answer.contains(text), "\(answer)")
            await gateway.stop()
            #expect(gateway.jail.tree("landed") == [])
        }
    }

    @Test func aRejectionIsA409WithItsFindings() async throws {
        try await TestGateway.run(intake: TestIntake(ClientTests.rejectingAnswer)) { gateway in
            let answer = try await gateway.put("/~alice/debian/a.changes", "x")
            #expect(answer.hasPrefix("HTTP/1.1 409 "))
            #expect(answer.contains("\r\ncontent-type: text/plain"))
            #expect(answer.hasSuffix("No signature was found.\nSign it with debsign.\n"), "\(answer)")
        }
    }

    /// Signed commands: handed over like a file, and the answer is the verdict.
    @Test func commandsArePosted() async throws {
        try await TestGateway.run { gateway in
            let answer = try await gateway.http(
                "POST /commands?x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\none")
            #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer)")
            #expect(answer.hasSuffix("Accepted: posted.commands\nSee the page.\n"), "\(answer)")
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.read("landed/\(session)/posted.commands") == "one")
        }
    }

    @Test func refusedCommandsAreA422AndProgramsGetJSON() async throws {
        try await TestGateway.run(intake: TestIntake(ClientTests.rejectingAnswer)) { gateway in
            let post = "POST /commands HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n"
            let text = try await gateway.http("\(post)\r\none")
            #expect(text.hasPrefix("HTTP/1.1 422 ") && text.hasSuffix("Sign it with debsign.\n"), "\(text)")
            let json = try await gateway.http("\(post)Accept: application/json\r\n\r\none")
            #expect(
                json.hasPrefix("HTTP/1.1 422 ") && json.contains("\r\ncontent-type: application/json\r\n"), "\(json)")
            #expect(
                json.hasSuffix(
                    "{\"lines\":[\"No signature was found.\",\"Sign it with debsign.\"],\"outcome\":\"rejected\"}\n"),
                "\(json)")
        }
    }

    @Test func whatIsTooLargeForCommandsIsRefusedBeforeItsFirstByte() async throws {
        try await TestGateway.run {
            $0.textSizeLimit = 10
        } _: { gateway in
            let answer = try await gateway.http(
                "POST /commands HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 413 "), "\(answer)")
            await gateway.stop()
            #expect(gateway.jail.tree("landed") == [])
        }
    }

    @Test func withoutAVerdictItIsTakenAllTheSame() async throws {
        try await TestGateway.run(intake: nil) { gateway in
            let answer = try await gateway.put("/~alice/debian/a.changes", "x")
            #expect(answer.hasPrefix("HTTP/1.1 202 "), "\(answer)")
            #expect(gateway.jail.files("landed").count == 1)
        }
    }

    @Test func whatIsTooLargeIsRefusedBeforeItsFirstByte() async throws {
        try await TestGateway.run {
            $0.fileSizeLimit = 10
        } _: { gateway in
            let answer = try await gateway.http(
                "PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 413 "), "\(answer)")
            // Without a length it is seen on the way.
            let chunked = try await gateway.http(
                "PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n0123456789x\r\n0\r\n\r\n"
            )
            #expect(chunked.hasPrefix("HTTP/1.1 413 "), "\(chunked)")
            #expect(gateway.jail.tree("landed") == [])
        }
    }

    @Test func aClientMayWaitToBeAsked() async throws {
        try await TestGateway.run { gateway in
            let answer = try await gateway.http(
                "PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 3\r\n\r\none"
            )
            #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 "), "\(answer)")
        }
    }

    @Test func aDiskThatIsNearlyFullTakesNothing() async throws {
        try await TestGateway.run {
            $0.freeSpaceFloor = .max
        } _: { gateway in
            let answer = try await gateway.put("/~alice/debian/a", "x")
            #expect(answer.hasPrefix("HTTP/1.1 507 "), "\(answer)")
        }
    }

    @Test func filesInPiecesEmptyOnesAndSeveralOverOneConnection() async throws {
        try await TestGateway.run { gateway in
            let answers = try await gateway.http(
                "PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"
                    + "PUT /~alice/debian/b HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            #expect(answers.split(separator: "HTTP/1.1 201 ").count == 2, "\(answers)")
            for (name, text) in [("a", "onetwo"), ("b", "")] {
                let session = await gateway.intake.nextLanding()
                #expect(gateway.jail.read("landed/\(session)/~alice/debian/\(name)") == text)
            }
        }
    }

    @Test func anUploadBrokenOffLeavesNothing() async throws {
        try await TestGateway.run { gateway in
            _ = try await gateway.http(
                "PUT /~alice/debian/a.changes HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\nonly this", closing: true
            )
            try await gateway.untilHandedOver()
            #expect(gateway.jail.tree("landed") == [])
        }

    }

    /// A half of a conversation that nobody leads is a trap of NIO's.
    @Test func clientsThatAreGoneAtOnceDoNoHarm() async throws {
        try await TestGateway.run { gateway in
            for _ in 0..<100 {
                let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .connect(host: gateway.host, port: gateway.webPort).get()
                try await channel.close()
            }
            let answer = try await gateway.put("/~alice/debian/a", "x")
            #expect(answer.hasPrefix("HTTP/1.1 201 "), "\(answer)")
        }
    }

    @Test func aHeadThatNeverEndsIsNotWaitedFor() async throws {
        try await TestGateway.run {
            $0.loginTimeout = .milliseconds(100)
        } _: { gateway in
            let answer = try await gateway.http("PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\n")
            #expect(answer == "")
        }
    }

    @Test func anUploadUnderWayAtAStopIsTheLastOfItsConnection() async throws {
        try await TestGateway.run { gateway in
            try await gateway.web { inbound, outbound in
                let head = "PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n"
                try await outbound.write(ByteBuffer(string: head + "\r\n"))
                var pieces = inbound.makeAsyncIterator()
                #expect(try await pieces.next().map { String(buffer: $0) }?.contains(" 100 ") == true)
                await gateway.stop()
                try await outbound.write(ByteBuffer(string: "one"))
                var answer = ""
                // Without an end, this waits for the time a head may take, and longer than a test may.
                while let piece = try await pieces.next() { answer += String(buffer: piece) }
                #expect(answer.hasPrefix("HTTP/1.1 201 "), "\(answer)")
            }
        }
    }

    @Test(arguments: ["zz\r\n", "3\r\none\r\nzz\r\n", "ffffffffffffffffff\r\n"])
    func aBodyThatIsNoneIsAnsweredOnce(_ body: String) async throws {
        try await TestGateway.run { gateway in
            let answer = try await gateway.http(
                "PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(body)")
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
            #expect(answer.split(separator: "HTTP/1.1 ").count == 1, "\(answer)")
            await gateway.stop()
            #expect(gateway.jail.tree("landed") == [])
        }
    }

    @Test func aBannedAddressBehindTheProxyIsTurnedAway() async throws {
        let jail = try TestJail()
        try jail.write("192.0.2.0/24\n", to: "bans/list")
        try await TestGateway.run(jail: jail, bans: jail.path.appending("bans/list")) { gateway in
            let head = "PUT /~alice/debian/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1\r\n"
            let banned = try await gateway.http(head + "X-Forwarded-For: 198.51.100.1, 192.0.2.9\r\n\r\nx")
            #expect(banned.hasPrefix("HTTP/1.1 409 "), "\(banned)")
            let other = try await gateway.http(head + "X-Forwarded-For: 192.0.2.9, 198.51.100.1\r\n\r\nx")
            #expect(other.hasPrefix("HTTP/1.1 201 "), "\(other)")
        }
    }
}

extension TestGateway {
    /// The whole answer to a PUT over a connection of its own.
    func put(_ path: String, _ text: String) async throws -> String {
        try await http(
            "PUT \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")
    }

    /// Sends these bytes and gives all that comes until the gateway closes. `closing` ends our side first.
    func http(_ bytes: String, closing: Bool = false, port: Int? = nil) async throws -> String {
        try await web(port: port) { inbound, outbound in
            try await outbound.write(ByteBuffer(string: bytes))
            if closing { outbound.finish() }
            var answer = ""
            // Whoever is turned away while bytes of his are unread sees a reset.
            do { for try await piece in inbound { answer += String(buffer: piece) } } catch is IOError {}
            return answer
        }
    }

    /// A connection to the HTTP door, or whoever stands in front of it at another port.
    func web<Result>(
        port: Int? = nil,
        _ body: (NIOAsyncChannelInboundStream<ByteBuffer>, NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws ->
            Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            // Somebody who is answered before he has said a word may still say it.
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: host, port: port ?? webPort) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose(body)
    }
}
