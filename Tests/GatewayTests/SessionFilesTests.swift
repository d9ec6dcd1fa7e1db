internal import FTPProtocol
internal import Gateway
internal import NIOCore
internal import Testing

/// What a client does with the files of its session, over real sockets.
@Suite(.timeLimit(.minutes(10))) struct SessionFilesTests {
    @Test(arguments: ["127.0.0.1", "[::1]"]) func aBrokenTransferIsContinued(_ host: String) async throws {
        try await TestGateway.run(host: host) { gateway in
            try await gateway.upload { client in
                let port = try await client.dataPort()
                try await client.withDataConnection(port) { data in
                    try await client.command("STOR a.dsc", answers: "150 ")
                    try await data.write(ByteBuffer(string: "0123" + String(repeating: "x", count: 600_000)))
                    try await client.untilAPartIsOnDisk(gateway)
                    try await client.command("ABOR", answers: "426 ")
                    try await client.reply(begins: "226 ")
                }
                let reply = try await client.command("SIZE a.dsc")
                let size = try #require(Int(reply.dropFirst(4)), "\(reply)")
                #expect((1...600_004).contains(size))
                #expect(gateway.jail.files("incoming").allSatisfy { !$0.hasSuffix("a.dsc") }, "it looks complete")
                try await client.command("REST 4", answers: "350 ")
                try await client.store("a.dsc", "abcdef", answers: "226 ")
                try await client.command("SIZE a.dsc", answers: "213 10")
                try await client.store("a.dsc", "!", with: "APPE", answers: "226 ")
                try await client.command("REST 99", answers: "350 ")
                try await client.store("a.dsc", "x", answers: "450 Of this file 11 bytes are here")
                try await client.store("new.dsc", "new", with: "APPE", answers: "226 ")
            }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.files("landed/\(session)") == ["~alice/debian/a.dsc", "~alice/debian/new.dsc"])
            #expect(gateway.jail.read("landed/\(session)/~alice/debian/a.dsc") == "0123abcdef!")
            #expect(gateway.jail.read("landed/\(session)/~alice/debian/new.dsc") == "new")
        }
    }

    @Test func aPartThatIsNotContinuedIsNeverSeen() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                try await client.store("whole.dsc", "x", answers: "226 ")
                let port = try await client.dataPort()
                try await client.withDataConnection(port) { data in
                    try await client.command("STOR half.dsc", answers: "150 ")
                    try await data.write(ByteBuffer(string: String(repeating: "x", count: 600_000)))
                    try await client.untilAPartIsOnDisk(gateway)
                    try await client.command("ABOR", answers: "426 ")
                    try await client.reply(begins: "226 ")
                }
                // A new STOR drops what was there.
                try await client.store("half2.dsc", "y", answers: "226 ")
            }
            let session = await gateway.intake.nextLanding()
            #expect(
                gateway.jail.files("landed/\(session)") == ["~alice/debian/half2.dsc", "~alice/debian/whole.dsc"])
        }
    }

    @Test func aFileContinuedMayNotGrowBeyondTheLimit() async throws {
        try await TestGateway.run {
            $0.fileSizeLimit = 10
        } _: { gateway in
            try await gateway.upload { client in
                try await client.store("a", "01234567", answers: "226 ")
                try await client.store("a", "89x", with: "APPE", answers: "452 The file is larger than 10 bytes")
            }
        }
    }

    @Test(arguments: ["127.0.0.1", "[::1]"]) func listings(_ host: String) async throws {
        try await TestGateway.run(host: host) { gateway in
            try await gateway.upload { client in
                #expect(try await client.listing("NLST") == "")
                try await client.store("a.dsc", "one", answers: "226 ")
                try await client.store("b.dsc", "three", answers: "226 ")
                try await client.command("MFMT 20250102030405 a.dsc", answers: "213 Modify=20250102030405")
                #expect(try await client.listing("NLST") == "a.dsc\r\nb.dsc\r\n")
                #expect(try await client.listing("LIST a.dsc").contains("3 Jan 02  2025 a.dsc"))
                #expect(try await client.listing("MLSD").contains("type=file;size=3;modify=20250102030405; a.dsc\r\n"))
                try await client.command("MDTM a.dsc", answers: "213 20250102030405")
                try await client.command(
                    "MLST a.dsc", answers: "250-Facts:\n type=file;size=3;modify=20250102030405; a.dsc\n250 End")
                try await client.command("SIZE c.dsc", answers: "550 ")
                try await client.command("SIZE /~alice/debian/b.dsc", answers: "213 5")
                #expect(try await client.listing("NLST /") == "~alice\r\n")
                let whole = try await client.command("STAT .")
                #expect(whole.hasPrefix("213-Files") && whole.contains("5 ") && whole.contains(" b.dsc"))
            }
        }
    }

    @Test func aFileDoesNotTakeTheNameOfAFolderItIsIn() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                try await client.store("tools/a", "x", answers: "226 ")
                for name in ["tools", "/~alice"] {
                    try await client.command("RNFR tools/a", answers: "350 ")
                    let reply = try await client.command("RNTO \(name)")
                    #expect(reply.hasPrefix("550 A file or folder") || reply.hasPrefix("450 "), "\(name): \(reply)")
                }
                try await client.command("SIZE tools/a", answers: "213 1")
            }
        }
    }

    /// What came of it before is not put together with the file that has its name now.
    @Test func aRenamedFileIsTheOneThatIsContinued() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                let (port, quiet) = (try await client.dataPort(), client)
                try await client.withDataConnection(port) { data in
                    var control = quiet
                    try await control.command("STOR a", answers: "150 ")
                    try await data.write(ByteBuffer(string: "broken"))
                    try await control.untilAPartIsOnDisk(gateway)
                    try await control.command("ABOR", answers: "426 ")
                    try await control.reply(begins: "226 ")
                }
                try await client.store("b", "whole", answers: "226 ")
                try await client.command("RNFR b", answers: "350 ")
                try await client.command("RNTO a", answers: "250 ")
                try await client.command("SIZE a", answers: "213 5")
                try await client.store("a", ", and more", with: "APPE", answers: "226 ")
            }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.read("landed/\(session)/~alice/debian/a") == "whole, and more")
        }
    }

    @Test func removingAndRenaming() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                for name in ["a", "b", "c"] { try await client.store(name, name, answers: "226 ") }
                try await client.command("DELE a", answers: "250 ")
                try await client.command("DELE a", answers: "550 ")
                try await client.command("RNFR b", answers: "350 ")
                try await client.command("RNTO tools/d", answers: "250 ")
                try await client.command("RNFR b", answers: "550 ")
                try await client.command("RNTO e", answers: "503 ")
                try await client.command("RMD tools", answers: "550 There are still files")
                try await client.command("RMD never", answers: "250 ")
                try await client.command("RNFR c", answers: "350 ")
                try await client.command("RNTO x.changes", answers: "250-Accepted: x.changes\n250 See")
                try await client.command("DELE x.changes", answers: "450 The verdict")
            }
            let session = await gateway.intake.nextLanding()
            #expect(
                gateway.jail.files("landed/\(session)") == ["~alice/debian/tools/d", "~alice/debian/x.changes"])
        }
    }

    @Test func aSessionThatRemovedAllItHadLeavesNothing() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                try await client.store("a", "a", answers: "226 ")
                try await client.command("DELE a", answers: "250 ")
                try await client.command("QUIT", answers: "221 ")
                _ = try await client.reply()
            }
            try await gateway.untilHandedOver()
            #expect(gateway.jail.tree("landed") == [])
        }
    }

    @Test func aPathInTheNameMeansTheSameAsCWD() async throws {
        try await TestGateway.run { gateway in
            try await gateway.connect { client in
                try await client.command("USER x", answers: "230 ")
                try await client.store("~alice/debian/tools/a.dsc", "a", answers: "226 ")
                try await client.store("/~alice/debian/b.changes", "b", answers: "226-Accepted: b.changes")
                _ = try await client.dataPort()
                try await client.command("STOR ~bob/debian/a.dsc", answers: "450 There is no such person.")
                try await client.command("STOR a.dsc", answers: "450 / is not an upload target")
            }
            let session = await gateway.intake.nextLanding()
            #expect(
                gateway.jail.files("landed/\(session)") == ["~alice/debian/b.changes", "~alice/debian/tools/a.dsc"])
        }
    }

    @Test func STOUMakesItsOwnNames() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                for text in ["one", "two"] { try await client.store("", text, with: "STOU", answers: "226 ") }
            }
            let session = await gateway.intake.nextLanding()
            #expect(
                gateway.jail.files("landed/\(session)")
                    == ["~alice/debian/stou-\(session)-1", "~alice/debian/stou-\(session)-2"])
        }
    }
}
