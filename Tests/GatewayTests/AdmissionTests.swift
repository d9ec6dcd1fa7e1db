internal import FTPProtocol
internal import Foundation
internal import NIOCore
internal import SystemPackage
internal import Testing

@testable import Gateway

@Suite struct AddressLedgerTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func ledger(_ change: (inout AddressLedger.Limits) -> Void = { _ in }) -> AddressLedger {
        var limits = AddressLedger.Limits(
            sessions: 5, sessionsPerAddress: 2, connectionsPerMinute: 60, countsLoopback: false)
        change(&limits)
        return AddressLedger(limits)
    }

    @Test func anAddressHasSoManySessionsAtATime() {
        var ledger = ledger()
        let (one, other) = (NetworkAddress("192.0.2.1"), NetworkAddress("192.0.2.2"))
        #expect(ledger.enter(one, at: Self.start) == nil)
        #expect(ledger.enter(one, at: Self.start) == nil)
        #expect(ledger.enter(one, at: Self.start) == .tooManyFromAddress(limit: 2))
        #expect(ledger.enter(other, at: Self.start) == nil)
        ledger.leave(one)
        #expect(ledger.enter(one, at: Self.start) == .tooManyFromAddress(limit: 2), "the refused one is still there")
        ledger.leave(one)
        ledger.leave(one)
        #expect(ledger.enter(one, at: Self.start) == nil)
    }

    @Test func allHaveALimitTogether() {
        var ledger = ledger()
        for number in 1...5 { #expect(ledger.enter(NetworkAddress("192.0.2.\(number)"), at: Self.start) == nil) }
        #expect(ledger.enter(NetworkAddress("192.0.2.6"), at: Self.start) == .full)
        #expect(ledger.enter(nil, at: Self.start) == .full)
    }

    @Test func theClientsOfANetworkOfIPv6AreOne() {
        var ledger = ledger()
        #expect(ledger.enter(NetworkAddress("2001:db8::1"), at: Self.start) == nil)
        #expect(ledger.enter(NetworkAddress("2001:db8::2"), at: Self.start) == nil)
        #expect(ledger.enter(NetworkAddress("2001:db8::ffff:3"), at: Self.start) == .tooManyFromAddress(limit: 2))
        #expect(ledger.enter(NetworkAddress("2001:db8:0:1::1"), at: Self.start) == nil)
    }

    @Test(arguments: ["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])
    func thisMachineIsCountedOnlyIfWanted(_ address: String) {
        for counts in [false, true] {
            var ledger = ledger { $0.countsLoopback = counts }
            for _ in 1...2 { #expect(ledger.enter(NetworkAddress(address), at: Self.start) == nil) }
            #expect((ledger.enter(NetworkAddress(address), at: Self.start) == nil) == !counts)
        }
    }

    @Test func connectionsComeAtARate() {
        var ledger = ledger { $0.connectionsPerMinute = 6 }
        let address = NetworkAddress("192.0.2.1")
        func connect(at now: NIODeadline) -> FTPSession.Refusal? {
            defer { ledger.leave(address) }
            return ledger.enter(address, at: now)
        }
        for _ in 1...6 { #expect(connect(at: Self.start) == nil) }
        #expect(connect(at: Self.start) == .tooOften(perMinute: 6))
        #expect(connect(at: Self.start + .seconds(9)) == .tooOften(perMinute: 6))
        #expect(connect(at: Self.start + .seconds(11)) == nil)
        #expect(connect(at: Self.start + .seconds(12)) == .tooOften(perMinute: 6))
    }

    @Test func addressesAreForgotten() {
        var ledger = ledger()
        for number in 0..<30_000 {
            let address = NetworkAddress(bytes: [10, 0, UInt8(number >> 8), UInt8(number & 255)])
            _ = ledger.enter(address, at: Self.start + .seconds(Int64(number)))
            ledger.leave(address)
        }
        #expect(ledger.addressesKnown <= 20_000)
        #expect(ledger.sessionsNow == 0)
    }
}

@Suite struct BanListTests {
    private static let list = BanList(
        """
        # spammers
        192.0.2.7
        198.51.100.0/24   # a network
        2001:db8::/33
        203.0.113.128/25

        not an address
        10.0.0.0/33
        """)

    @Test(arguments: [
        ("192.0.2.7", true), ("192.0.2.8", false), ("::ffff:192.0.2.7", true), ("198.51.100.255", true),
        ("198.51.101.0", false), ("2001:db8:7fff::1", true), ("2001:db8:8000::1", false), ("203.0.113.127", false),
        ("203.0.113.128", true), ("10.0.0.1", false),
    ])
    func contains(_ address: String, _ isBanned: Bool) throws {
        #expect(Self.list.contains(try #require(NetworkAddress(address))) == isBanned)
    }

    @Test func aLineThatCannotBeReadIsNamedAndTheOthersHold() {
        #expect(Self.list.count == 4)
        #expect(
            Self.list.mistakes == [.init(line: 7, text: "notanaddress"), .init(line: 8, text: "10.0.0.0/33")])
    }
}

@Suite struct TokenBucketTests {
    @Test func debtsAreWaitedFor() {
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        var bucket = TokenBucket(perSecond: 10, burst: 20, at: start)
        #expect(bucket.take(20, at: start) == .zero)
        #expect(bucket.take(5, at: start) == .milliseconds(500))
        #expect(bucket.take(0, at: start + .milliseconds(500)) == .zero)
        #expect(bucket.take(21, at: start + .seconds(60)) == .milliseconds(100), "no more is saved than the burst")
    }

    @Test func bytesWithoutEndAreWorkToo() {
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        var pace = CommandPace(perSecond: 10, at: start)
        for _ in 1...49 { pace.note(lines: 0, bytes: 1, at: start) }
        pace.note(lines: 1, bytes: 6, at: start)
        #expect(pace.pause(at: start) == .zero)
        pace.note(lines: 0, bytes: 2048, at: start)
        #expect(pace.pause(at: start) == .milliseconds(200))
        pace.note(lines: 3, bytes: 3, at: start)
        #expect(pace.pause(at: start) == .milliseconds(500), "what comes after all makes it later")
        #expect(pace.pause(at: start + .milliseconds(500)) == .zero)
    }

    @Test func aTransferHasToComeForward() throws {
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        var pace = TransferPace(lowestRate: 100, at: start)
        try pace.note(1, at: start + .seconds(59))
        try pace.note(6000, at: start + .seconds(60))
        try pace.note(5999, at: start + .seconds(119))
        #expect(throws: StoreFailure.cut) { try pace.note(0, at: start + .seconds(120)) }
    }
}

/// At the door, over real sockets.
@Suite(.timeLimit(.minutes(10))) struct AdmissionTests {
    @Test func oneAddressDoesNotKeepOthersOut() async throws {
        try await TestGateway.run {
            $0.sessionsPerAddress = 1
            $0.countsLoopback = true
        } _: { gateway in
            try await gateway.connect { first in
                try await first.command("NOOP", answers: "200 ")
                try await gateway.connect { second in
                    try await second.reply(begins: "421 More than 1 sessions from your address")
                }
                try await TestClient.connect(port: gateway.port, from: "127.0.0.2") { third in
                    try await third.command("NOOP", answers: "200 ")
                }
                try await first.command("NOOP", answers: "200 ")
            }
        }
    }

    @Test func whoeverNeverLogsInGoes() async throws {
        try await TestGateway.run {
            $0.loginTimeout = .milliseconds(100)
        } _: { gateway in
            try await gateway.connect { client in try await client.reply(begins: "421 You did not log in") }
        }
    }

    @Test func whoeverHasLoggedInMayStay() async throws {
        try await TestGateway.run {
            $0.loginTimeout = .seconds(2)
        } _: { gateway in
            try await gateway.connect { client in
                try await client.command("USER x", answers: "230 ")
                try await Task.sleep(for: .milliseconds(2500))
                try await client.command("NOOP", answers: "200 ")
            }
        }
    }

    /// What that means for a transfer under way is in FTPSessionTests.
    @Test func aSessionHasALongestTime() async throws {
        try await TestGateway.run {
            $0.sessionTimeLimit = .milliseconds(100)
        } _: { gateway in
            try await gateway.connect { client in try await client.reply(begins: "421 The session took too long") }
        }
    }

    /// It is heard later, and nothing of it is lost.
    @Test func aClientInAHurryIsSlowedDown() async throws {
        try await TestGateway.run {
            $0.commandsPerSecond = 100
        } _: { gateway in
            try await gateway.connect { client in
                let count = 600
                try await client.send(String(repeating: "NOOP\r\n", count: count))
                for _ in 0..<count { try await client.reply(begins: "200 ") }
            }
        }
    }

    @Test func aBannedAddressIsTurnedAwayFromTheNextReloadOn() async throws {
        let jail = try TestJail()
        let bans = jail.path.appending("bans/list")
        try await TestGateway.run(jail: jail, bans: bans) { gateway in
            try await gateway.connect { client in try await client.command("NOOP", answers: "200 ") }
            try jail.write("127.0.0.0/8\n", to: "bans/list")
            gateway.reload()
            try await gateway.connect { client in try await client.reply(begins: "421 Your address is not welcome") }
            try FileManager.default.removeItem(atPath: bans.string)
            gateway.reload()
            try await gateway.connect { client in try await client.command("NOOP", answers: "200 ") }
        }
    }

    /// Locked in, it reads the list at its start and at SIGHUP.
    @Test func theProgramReadsItsBanListWithinItsWalls() async throws {
        let jail = try ProgramJail()
        try jail.folder.write("127.0.0.0/8\n", to: "bans/list")
        chmod(jail.folder.path.appending("bans").string, 0o755)
        chmod(jail.folder.path.appending("bans/list").string, 0o644)
        try await jail.serve { program in
            try await TestClient.connect(port: program.port) { client in
                try await client.reply(begins: "421 Your address is not welcome")
            }
            try jail.folder.write("# nobody\n", to: "bans/list")
            chmod(jail.folder.path.appending("bans/list").string, 0o644)
            #expect(kill(program.identifier, SIGHUP) == 0)
            while try await !isWelcome(program) {}
            try await program.closeInput()
        }
    }

    private func isWelcome(_ program: RunningProgram) async throws -> Bool {
        var reply = ""
        // It may have closed before we say a word.
        try? await TestClient.connect(port: program.port) { client in reply = try await client.command("NOOP") }
        return reply.hasPrefix("200 ")
    }
}
