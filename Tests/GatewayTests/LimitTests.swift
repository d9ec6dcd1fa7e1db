internal import FTPProtocol
internal import Gateway
internal import NIOCore
internal import Testing

/// One client's excess is its own.
@Suite(.timeLimit(.minutes(10))) struct LimitTests {
    @Test func aFileHasALargestSize() async throws {
        try await TestGateway.run {
            $0.fileSizeLimit = 10
        } _: { gateway in
            try await gateway.upload { client in
                try await client.store("a", "0123456789", answers: "226 ")
                try await client.store("b", "0123456789x", answers: "452 The file is larger than 10 bytes")
            }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.files("landed/\(session)") == ["~alice/debian/a"])
        }
    }

    @Test func namesMayBeShorterThanADiskTakesThem() async throws {
        try await TestGateway.run {
            $0.names.depth = 2
            $0.names.nameLength = 5
        } _: { gateway in
            try await gateway.upload { client in
                try await client.command("CWD tools", answers: "550 The path has more than 2 parts.")
                try await client.command("CWD /~alice/debian", answers: "250 ")
                try await client.command("STOR tools/a", answers: "450 The path has more than 2 parts.")
                try await client.command("STOR abcdef", answers: "450 A file name here has at most 5 bytes.")
                try await client.store("abcde", "x", answers: "226 ")
                try await client.command("RNFR abcde", answers: "350 ")
                try await client.command("RNTO abcdef", answers: "450 A file name here has at most 5 bytes.")
            }
        }
    }

    @Test func whatIsReadForItsSignatureIsSmall() async throws {
        try await TestGateway.run {
            $0.textSizeLimit = 10
        } _: { gateway in
            try await gateway.upload { client in
                try await client.store("a", "0123456789x", answers: "226 ")
                try await client.store("a.changes", "0123456789x", answers: "452 The file is larger than 10 bytes")
                try await client.store("a.commands", "0123456789x", answers: "452 The file is larger than 10 bytes")
            }
        }
    }

    @Test func aDiskThatIsNearlyFullTakesNothing() async throws {
        try await TestGateway.run {
            $0.freeSpaceFloor = .max
        } _: { gateway in
            try await gateway.upload { client in
                try await client.store("a", "0", answers: "452 No room is left here")
            }
        }
    }

    @Test func aSessionHasALargestSize() async throws {
        try await TestGateway.run {
            $0.sessionSizeLimit = 15
        } _: { gateway in
            try await gateway.upload { client in
                try await client.store("a", "0123456789", answers: "226 ")
                try await client.store("b", "0123456789", answers: "452 This session")
                try await client.store("c", "01234", answers: "226 ")
                try await client.store("d", "0", answers: "452 This session")
            }
        }
    }

    @Test func aSessionHasALargestNumberOfFiles() async throws {
        try await TestGateway.run {
            $0.sessionFileLimit = 1
        } _: { gateway in
            try await gateway.upload { client in
                try await client.store("a", "", answers: "226 ")
                try await client.store("b", "x", answers: "452 This session")
                try await client.store("c", "", answers: "452 This session")
            }
        }
    }

    /// What was broken off or moved has left something on the disk, too.
    @Test func filesThatAreNotWholeCount() async throws {
        try await TestGateway.run {
            $0.sessionFileLimit = 3
        } _: { gateway in
            try await gateway.upload { client in
                let (port, quiet) = (try await client.dataPort(), client)
                try await client.withDataConnection(port) { data in
                    var control = quiet
                    try await control.command("STOR half", answers: "150 ")
                    try await data.write(ByteBuffer(string: "half"))
                    try await control.untilAPartIsOnDisk(gateway)
                    try await control.command("ABOR", answers: "426 ")
                    try await control.reply(begins: "226 ")
                }
                try await client.store("a", "x", answers: "226 ")
                for (name, answer) in [("one/a", "250 "), ("two/a", "452 "), ("one/b", "250 ")] {
                    try await client.command("RNFR \(name == "one/a" ? "a" : "one/a")", answers: "350 ")
                    try await client.command("RNTO \(name)", answers: answer)
                }
                try await client.store("b", "x", answers: "452 This session")
            }
        }
    }

    @Test func beyondTheLastSessionClientsAreTurnedAway() async throws {
        try await TestGateway.run {
            $0.sessionLimit = 1
        } _: { gateway in
            try await gateway.connect { first in
                try await first.command("NOOP", answers: "200 ")
                try await gateway.connect { second in
                    try await second.reply(begins: "421 Too many sessions")
                }
                try await first.command("NOOP", answers: "200 ")
            }
        }
    }

    @Test func aSilentClientIsSentAway() async throws {
        try await TestGateway.run {
            $0.idleTimeout = .milliseconds(100)
        } _: { gateway in
            try await gateway.connect { client in try await client.reply(begins: "421 Nothing was heard") }
        }
    }

    @Test func aSilentDataConnectionIsCut() async throws {
        try await TestGateway.run {
            $0.dataTimeout = .milliseconds(100)
        } _: { gateway in
            try await gateway.upload { client in
                let port = try await client.dataPort()
                try await client.withDataConnection(port) { _ in
                    try await client.command("STOR a", answers: "150 ")
                    try await client.reply(begins: "426 ")
                }
            }
        }
    }

    /// A byte now and then keeps no place: in clear, over TLS it is the same code.
    @Test func aSlowDataConnectionIsCut() async throws {
        try await TestGateway.run {
            $0.lowestRateTime = .milliseconds(300)
        } _: { gateway in
            try await gateway.upload { client in
                let (port, quiet) = (try await client.dataPort(), client)
                try await client.withDataConnection(port) { data in
                    var control = quiet
                    try await control.command("STOR a", answers: "150 ")
                    try await withThrowingTaskGroup(of: Void.self) { tasks in
                        tasks.addTask {
                            while true {
                                try await data.write(ByteBuffer(string: "x"))
                                try await Task.sleep(for: .milliseconds(50))
                            }
                        }
                        try await control.reply(begins: "426 ")
                        tasks.cancelAll()
                        while await tasks.nextResult() != nil {}
                    }
                }
            }
        }
    }

    @Test func aStopDoesNotWaitForEverForATransfer() async throws {
        let jail = try TestJail()
        try await TestGateway.run(jail: jail) {
            $0.stopTimeout = .milliseconds(100)
        } _: { gateway in
            try await gateway.upload { client in
                try await client.store("whole", "x", answers: "226 ")
                let port = try await client.dataPort()
                try await client.withDataConnection(port) { _ in
                    try await client.command("STOR half", answers: "150 ")
                    await gateway.stop()
                    #expect(try await client.reply() == "")
                }
            }
        }
        #expect(jail.files("landed").compactMap { $0.split(separator: "/").last } == ["whole"])
    }

    @Test func aClientHasToComeToItsDataPort() async throws {
        try await TestGateway.run {
            $0.connectTimeout = .milliseconds(100)
        } _: { gateway in
            try await gateway.upload { client in
                _ = try await client.dataPort()
                try await client.command("STOR a", answers: "150 ")
                try await client.reply(begins: "425 ")
            }
        }
    }

    @Test func nobodyElseSlipsAFileIn() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                let port = try await client.dataPort()
                try await client.withDataConnection(port, from: "127.0.0.2") { _ in
                    try await client.withDataConnection(port) { data in
                        try await client.command("STOR a", answers: "150 ")
                        try await data.write(ByteBuffer(string: "mine"))
                    }
                    try await client.reply(begins: "226 ")
                }
            }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.read("landed/\(session)/~alice/debian/a") == "mine")
        }
    }

    @Test func aFileIsNoFolder() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                try await client.store("tools", "x", answers: "226 ")
                try await client.command("CWD tools", answers: "250 ")
                try await client.store("a", "x", answers: "450 A file or folder")
            }
        }
    }

    @Test func dataPortsComeFromTheirRange() async throws {
        let ports = try #require(PassivePorts("42100-42199"))
        try await TestGateway.run {
            $0.passivePorts = ports
        } _: { gateway in
            try await gateway.upload { client in
                for _ in 1...5 {
                    let port = try await client.dataPort()
                    #expect((42100...42199).contains(port))
                }
            }
        }
    }

    @Test func overIPv6OnlyEPSVIsUsed() async throws {
        try await TestGateway.run(host: "[::1]") { gateway in
            try await TestClient.connect(port: gateway.port, host: "::1") { client in
                try await client.command("USER x", answers: "230 ")
                try await client.command("CWD ~alice/debian", answers: "250 ")
                try await client.command("PASV", answers: "425 ")
                try await client.store("a", "x", answers: "226 ")
            }
        }
    }

    @Test(arguments: ["", "1", "0-5", "5-4", "1-65536", "a-b", "1-2-3"])
    func refusesWhatIsNoRangeOfPorts(_ text: String) { #expect(PassivePorts(text) == nil) }

    @Test(arguments: ["", "2121", "localhost", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "192.0.2.1:0"])
    func refusesWhereNobodyCanListen(_ place: String) {
        #expect(throws: ListeningMistake.self) { try ListeningSocket(place) }
    }
}
