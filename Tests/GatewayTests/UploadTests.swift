internal import ArchiveModel
internal import DurableFiles
internal import Foundation
internal import Gateway
internal import NIOCore
internal import Testing

/// What a session leaves on disk, and what the intake hears of it.
@Suite(.timeLimit(.minutes(10))) struct UploadTests {
    @Test func aSessionIsHandedOverWhole() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                try await client.store("a_1.dsc", "one", answers: "226 ")
                try await client.store("a_1.tar.xz", "two", answers: "226 ")
                #expect(gateway.jail.files("landed") == [])
                try await client.command("QUIT", answers: "221 ")
            }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.tree("incoming") == [])
            let folder = "landed/\(session)/~alice/debian"
            #expect(gateway.jail.files("landed/\(session)") == ["~alice/debian/a_1.dsc", "~alice/debian/a_1.tar.xz"])
            #expect(gateway.jail.read("\(folder)/a_1.dsc") == "one")
            #expect(gateway.jail.read("\(folder)/a_1.tar.xz") == "two")
        }
    }

    @Test func theGroupMayReadAndRemove() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in _ = try await client.store("a.dsc", "one") }
            let session = await gateway.intake.nextLanding()
            // The program's umask is 007; this process may have another, which only takes away.
            let folder = try #require(try gateway.jail.permissions("landed/\(session)"))
            let file = try #require(try gateway.jail.permissions("landed/\(session)/~alice/debian/a.dsc"))
            #expect(folder & 0o007 == 0)
            #expect(file & 0o117 == 0)
        }
    }

    @Test func aLargeFileArrivesWhole() async throws {
        let text = String(repeating: "0123456789abcdef", count: 1 << 16)
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                try await client.beginStore("big") { data in
                    for _ in 0..<8 { try await data.write(ByteBuffer(string: text)) }
                }
                try await client.reply(begins: "226 ")
            }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.read("landed/\(session)/~alice/debian/big") == String(repeating: text, count: 8))
        }
    }

    @Test func aFileMayBeEmpty() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in try await client.store("empty", "", answers: "226 ") }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.read("landed/\(session)/~alice/debian/empty") == "")
        }
    }

    @Test func aSecondFileOfANameReplacesTheFirst() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                try await client.store("a.dsc", "one", answers: "226 ")
                try await client.store("a.dsc", "two", answers: "226 ")
            }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.files("landed/\(session)") == ["~alice/debian/a.dsc"])
            #expect(gateway.jail.read("landed/\(session)/~alice/debian/a.dsc") == "two")
        }
    }

    @Test func equalNamesOfTwoTargetsDoNotMeet() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                try await client.store("a.dsc", "one", answers: "226 ")
                try await client.command("CWD /~alice/other", answers: "250 ")
                try await client.store("a.dsc", "two", answers: "226 ")
            }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.read("landed/\(session)/~alice/debian/a.dsc") == "one")
            #expect(gateway.jail.read("landed/\(session)/~alice/other/a.dsc") == "two")
        }
    }

    @Test func aClientThatVanishesLeavesNoHalfFile() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                try await client.store("a.dsc", "whole", answers: "226 ")
                let port = try await client.dataPort()
                try await client.withDataConnection(port) { data in
                    try await client.command("STOR a.dsc", answers: "150 ")
                    try await data.write(ByteBuffer(string: String(repeating: "x", count: 1 << 20)))
                    // Waits until a part of it is on the disk, then goes without a word.
                    while !gateway.jail.files("incoming").contains(where: { $0.contains(".part-") }) {
                        await Task.yield()
                    }
                    try await client.send("ABOR\r\n")
                    try await client.reply(begins: "426 ")
                    try await client.reply(begins: "226 ")
                }
            }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.files("landed/\(session)") == ["~alice/debian/a.dsc"])
            #expect(gateway.jail.read("landed/\(session)/~alice/debian/a.dsc") == "whole")
        }
    }

    @Test func aControlConnectionCutDuringATransferEndsIt() async throws {
        try await TestGateway.run { gateway in
            let port = Signal<Int>()
            let mayClose = Signal<Void>()
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    try await gateway.upload { client in
                        try await client.store("first.dsc", "whole", answers: "226 ")
                        port.send(try await client.dataPort())
                        try await client.command("STOR second.dsc", answers: "150 ")
                        try await mayClose.value()
                    }
                }
                // The data connection stays open after the control connection is gone.
                try await TestClient.dataConnection(port: port.value()) { data in
                    try await data.write(ByteBuffer(string: String(repeating: "x", count: 1 << 20)))
                    while !gateway.jail.files("incoming").contains(where: { $0.contains(".part-") }) {
                        await Task.yield()
                    }
                    mayClose.send(())
                    let session = await gateway.intake.nextLanding()
                    #expect(gateway.jail.files("landed/\(session)") == ["~alice/debian/first.dsc"])
                }
                try await tasks.waitForAll()
            }
        }
    }

    @Test func aSessionThatBringsNothingLeavesNothing() async throws {
        let jail = try TestJail()
        try await TestGateway.run(jail: jail) { gateway in
            try await gateway.upload { client in
                try await client.command("PWD", answers: "257 \"/~alice/debian\"")
                let port = try await client.dataPort()
                try await client.withDataConnection(port) { data in
                    try await client.command("STOR a.dsc", answers: "150 ")
                    try await client.send("ABOR\r\n")
                    try await client.reply(begins: "426 ")
                    try await client.reply(begins: "226 ")
                }
            }
        }
        #expect(jail.tree("incoming") == [])
        #expect(jail.tree("landed") == [])
    }

    @Test func aStartHandsOverWhatACrashLeft() async throws {
        let jail = try TestJail()
        try jail.write("whole", to: "incoming/S1/~alice/debian/a.dsc")
        try jail.write("half", to: "incoming/S1/.part-2")
        try jail.write("half", to: "incoming/S2/.part-1")
        try await TestGateway.run(jail: jail) { gateway in
            #expect(await gateway.intake.nextLanding() == "S1")
        }
        #expect(jail.tree("incoming") == [])
        #expect(jail.files("landed") == ["S1/~alice/debian/a.dsc"])
    }

    @Test func oneGatewayHasAJail() async throws {
        let jail = try TestJail()
        try await TestGateway.run(jail: jail) { _ in
            await #expect(throws: FileFailure.self) { try await TestGateway.run(jail: jail, intake: nil) { _ in } }
        }
    }

    @Test func aShutdownHandsOverWhatIsThere() async throws {
        let jail = try TestJail()
        try await TestGateway.run(jail: jail) { gateway in
            try await gateway.upload { client in
                try await client.store("a.dsc", "one", answers: "226 ")
                await gateway.stop()
                try await client.reply(begins: "421 ")
            }
        }
        #expect(jail.tree("incoming") == [])
        #expect(jail.files("landed").count == 1)
    }

    /// Such as one that an admin has put there.
    @Test func aLeftoverThatCannotBeHandedOverKeepsNothingBack() async throws {
        let jail = try TestJail()
        for session in ["S1", "S2", "S3"] { try jail.write("whole", to: "incoming/\(session)/~alice/debian/a.dsc") }
        try jail.write("in its way", to: "landed/S2/b.dsc")
        try await TestGateway.run(jail: jail) { gateway in
            try await gateway.connect { client in try await client.command("NOOP", answers: "200 ") }
        }
        #expect(jail.files("incoming") == ["S2/~alice/debian/a.dsc"])
        #expect(jail.files("landed") == ["S1/~alice/debian/a.dsc", "S2/b.dsc", "S3/~alice/debian/a.dsc"])
    }

    /// A clock that jumps makes everything old.
    @Test func theSweepTakesLeftoversAndNoSessionUnderWay() async throws {
        let jail = try TestJail()
        try await TestGateway.run(jail: jail) {
            $0.sweepInterval = .milliseconds(10)
            $0.leftoverAge = .seconds(-3600)
        } _: { gateway in
            try await gateway.upload { client in
                try await client.store("a.dsc", "one", answers: "226 ")
                for session in ["S1", "S2"] {
                    // In one step, since the sweep may come at any time.
                    try jail.write("left", to: "\(session)/~alice/debian/left.dsc")
                    try FileManager.default.moveItem(
                        atPath: "\(jail.path)/\(session)", toPath: "\(jail.path)/incoming/\(session)")
                    while jail.files("landed/\(session)") == [] { try await Task.sleep(for: .milliseconds(10)) }
                }
                try await client.store("b.dsc", "two", answers: "226 ")
            }
            try await gateway.untilHandedOver()
        }
        let places = Set(jail.files("landed").map { $0.split(separator: "/").dropFirst().joined(separator: "/") })
        #expect(places == ["~alice/debian/a.dsc", "~alice/debian/b.dsc", "~alice/debian/left.dsc"])
        #expect(jail.tree("landed").filter { !$0.contains("/") }.count == 3)
    }

    @Test func manySessionsAtOnceAreAllHandedOver() async throws {
        let jail = try TestJail()
        try await TestGateway.run(jail: jail) { gateway in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<40 {
                    tasks.addTask {
                        try await gateway.upload { client in
                            try await client.store("\(number).changes", "x", answers: "226-Accepted")
                        }
                    }
                }
                try await tasks.waitForAll()
            }
        }
        #expect(jail.tree("incoming") == [])
        #expect(Set(jail.files("landed").compactMap { $0.split(separator: "/").last }).count == 40)
    }
}
