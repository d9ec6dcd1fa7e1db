internal import Foundation
internal import Gateway
internal import NIOCore
internal import SystemPackage
internal import Testing

/// Clients that want the gateway to connect elsewhere, to fill its disk, or that end in the middle of something.
@Suite(.timeLimit(.minutes(10))) struct HostileTransferTests {
    /// RFC 2577, 3: otherwise the gateway would connect to others in the client's stead.
    @Test(arguments: [
        "PORT 127,0,0,2,200,1", "PORT 192,0,2,1,200,1", "PORT 0,0,0,0,200,1", "PORT 127,0,0,1,0,25",
        "PORT 127,0,0,1,3,255", "PORT 127,0,0,1,0,0", "PORT 127,0,0,1,256,1", "EPRT |1|127.0.0.2|51201|",
        "EPRT |1|127.0.0.1|25|", "EPRT |1|127.0.0.1|65536|", "EPRT |2|::1|51201|", "EPRT |2|::ffff:127.0.0.1|25|",
    ])
    func connectsToNobodyElse(_ command: String) async throws {
        try await TestGateway.run {
            $0.offersActiveMode = true
        } _: { gateway in
            try await gateway.upload { client in
                try await client.command(command, answers: "5")
                try await client.command("STOR a.dsc", answers: "425 PASV, EPSV, PORT or EPRT comes first.")
            }
        }
    }

    /// A file system of 1 MiB in place of `incoming`, as only root can make one.
    @Test(.enabled(if: SmallDisk.isPossible)) func aDiskThatFillsUpCutsOneFile() async throws {
        let jail = try TestJail()
        let disk = try #require(SmallDisk(on: jail.path.string))
        defer { disk.remove() }
        try jail.makeFolders()
        try await TestGateway.run(jail: jail) {
            $0.freeSpaceFloor = 0
        } _: { gateway in
            try await gateway.upload { client in
                try await client.beginStore("big") { data in
                    for _ in 0..<4 { try await data.write(ByteBuffer(repeating: 120, count: 1 << 20)) }
                }
                try await client.reply(begins: "452 ")
                // What came of it is gone, so that there is room again.
                try await client.command("SIZE big", answers: "550 ")
                try await client.store("small", "here", answers: "226 ")
            }
            let session = await gateway.intake.nextLanding()
            #expect(gateway.jail.files("landed/\(session)") == ["~alice/debian/small"])
        }
    }

    /// Python's ftplib sends ABOR and its line end as urgent data.
    @Test(.enabled(if: Client.isInstalled("python3"))) func anABORMayBeUrgent() async throws {
        let jail = try TestJail()
        try await TestGateway.run(jail: jail) { gateway in
            let run = try await Client.run(
                "python3", ["-c", Self.abort, "\(gateway.port)"], at: gateway.jail.path)
            #expect(run.isSuccess, "\(run.output)")
        }
        #expect(jail.files("landed").map { $0.hasSuffix("/~alice/debian/b.dsc") } == [true])
    }

    private static let abort = """
        import ftplib, io, sys
        ftp = ftplib.FTP()
        ftp.connect('127.0.0.1', int(sys.argv[1]), 30)
        ftp.login()
        ftp.cwd('~alice/debian')
        data = ftp.transfercmd('STOR a.dsc')
        data.sendall(b'half')
        reply = ftp.abort()
        assert reply.startswith('426'), reply
        assert ftp.getresp().startswith('226')
        data.close()
        ftp.storbinary('STOR b.dsc', io.BytesIO(b'whole'))
        ftp.quit()
        """

    @Test func aHalfClosedPeerIsAnswered() async throws {
        try await TestGateway.run { gateway in
            try await gateway.connect { client in
                try await client.send("USER x\r\nCWD ~alice/debian\r\nNOOP\r\n")
                client.finish()
                for answer in ["230 ", "250 ", "200 "] { try await client.reply(begins: answer) }
                #expect(try await client.reply() == "")
            }
        }
    }

    /// A client that was killed closes its data connection as one does that is done: the file is not taken for whole.
    @Test func aTransferEndsWhenItsClientHasHungUp() async throws {
        try await TestGateway.run { gateway in
            try await gateway.upload { client in
                let port = try await client.dataPort()
                let (inside, control) = (gateway, client)
                try await client.withDataConnection(port) { data in
                    var control = control
                    try await control.command("STOR half.deb", answers: "150 ")
                    try await data.write(ByteBuffer(string: "half of it"))
                    try await control.untilAPartIsOnDisk(inside)
                    control.finish()
                    try await control.reply(begins: "426 ")
                    #expect(try await control.reply() == "")
                }
            }
            try await gateway.untilHandedOver()
            #expect(gateway.jail.files("landed") == [])
        }
    }
}

/// A small file system in memory, mounted for a test.
struct SmallDisk {
    private let place: String

    init?(on place: String) {
        guard mount("none", place, "tmpfs", 0, "size=1m,mode=770") == 0 else { return nil }
        self.place = place
    }

    func remove() { umount2(place, CInt(MNT_DETACH)) }

    /// Root in a container may have no right to mount.
    static var isPossible: Bool {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("slipway-disk-\(UUID())").path
        guard mkdir(place, 0o700) == 0 else { return false }
        defer { rmdir(place) }
        guard let disk = SmallDisk(on: place) else { return false }
        disk.remove()
        return true
    }
}
