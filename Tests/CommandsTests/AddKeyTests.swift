import ArchiveModel
import Catalog
import Commands
import Foundation
import Subprocess
import Synchronization
import SystemPackage
import Testing

@testable import OpenPGP

/// A person's further keys, made by gpg.
@Suite struct AddKeyTests {
    fileprivate static let frame = "Archive: ppa.example.org\n\n"

    fileprivate static func paragraph(_ gpg: TestGnuPG, for person: String = "alice") async throws -> String {
        let line = ActionForm.keyProof(service: "ppa.example.org", person: OwnerName(person)!, key: gpg.key)
        return ActionForm.addKeyParagraph(key: try await gpg.export(), proof: try await gpg.proof(over: line))
    }

    @Test func aNewKeyActs() async throws {
        let entered = Entered()
        let fixture = try await CommandFixture(addKey: { entered.add($0) })
        let gpg = try await TestGnuPG()
        let text = Self.frame + (try await Self.paragraph(gpg))
        let dry = try await fixture.run("Dry-Run: yes\n" + text)
        #expect(dry.isDone && entered.count == 0, "\(dry)")
        let report = try await fixture.run(text)
        #expect(report.isDone, "\(report)")
        #expect(entered.count == 1)
        #expect(try await fixture.run(CommandRunnerTests.create, signer: gpg.key).isDone)
        let letters = try await fixture.catalog.letters(limit: 9).map(\.recipient)
        #expect(Set(letters) == ["alice@example.org"], "the answer goes to the registered address")
    }

    /// Who has a stolen key adds one of their own: the answer to the key's end says which.
    @Test func aLostKeysEndTellsWhatItHasAdded() async throws {
        let fixture = try await CommandFixture()
        let gpg = try await TestGnuPG()
        #expect(try await fixture.run(Self.frame + (try await Self.paragraph(gpg))).isDone)
        let revoke = Self.frame + "Action: revoke-key\nReason: lost\nKey: \(CommandFixture.key)\n"
        let sentences = try await fixture.run(revoke).results.flatMap(\.sentences)
        #expect(
            sentences.contains(
                "It added the key \(gpg.key), which acts still: revoke that as well, unless it is yours."))
    }

    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let code: String
        let change: @Sendable (CommandFixture, TestGnuPG) async throws -> String
    }

    static let refused = [
        Row(testDescription: "another person's proof", code: "proof-wrong") { _, gpg in
            try await paragraph(gpg, for: "bob")
        },
        Row(testDescription: "a stranger's key", code: "proof-wrong") { _, gpg in
            let other = try await TestGnuPG()
            let line = ActionForm.keyProof(service: "ppa.example.org", person: OwnerName("alice")!, key: other.key)
            return ActionForm.addKeyParagraph(key: try await other.export(), proof: try await gpg.proof(over: line))
        },
        Row(testDescription: "no key", code: "key-unusable") { _, gpg in
            let block = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n"
            return ActionForm.addKeyParagraph(key: block, proof: try await gpg.proof(over: "x"))
        },
        Row(testDescription: "somebody's already", code: "key-taken") { fixture, gpg in
            let bob = try #require(try await fixture.catalog.person(named: OwnerName("bob")!))
            try await fixture.catalog.addKey(gpg.key, to: bob, now: 1)
            return try await paragraph(gpg)
        },
        Row(testDescription: "revoked before", code: "key-taken") { fixture, gpg in
            let alice = try #require(try await fixture.catalog.person(named: OwnerName("alice")!))
            try await fixture.catalog.addKey(gpg.key, to: alice, now: 1)
            try await fixture.catalog.setBlocked(true, key: gpg.key)
            return try await paragraph(gpg)
        },
        Row(testDescription: "too many", code: "too-many-keys") { fixture, gpg in
            let alice = try #require(try await fixture.catalog.person(named: OwnerName("alice")!))
            for digit in 1...9 {
                let key = try #require(Fingerprint(String(repeating: "\(digit)", count: 40)))
                try await fixture.catalog.addKey(key, to: alice, now: 1)
            }
            return try await paragraph(gpg)
        },
        Row(testDescription: "no block", code: "bad-value") { _, gpg in
            try await paragraph(gpg).replacing("BEGIN PGP PUBLIC", with: "BEGIN PGP PRIVATE")
        },
    ]

    @Test(arguments: refused)
    func isRefused(_ row: Row) async throws {
        let entered = Entered()
        let fixture = try await CommandFixture(addKey: { entered.add($0) })
        let report = try await fixture.run(Self.frame + row.change(fixture, TestGnuPG()))
        #expect((report.findings + report.results.flatMap(\.findings)).map(\.code) == [row.code])
        #expect(entered.count == 0)
    }

    /// What was blocked in the same text, or a moment ago, adds nothing.
    @Test func theOldKeyHasToActInTheEnd() async throws {
        let entered = Entered()
        let fixture = try await CommandFixture(addKey: { entered.add($0) })
        let revoke = "Action: revoke-key\nReason: lost\nKey: \(CommandFixture.key)\n\n"
        let report = try await fixture.run(Self.frame + revoke + (try await Self.paragraph(TestGnuPG())))
        #expect(report.results.map(\.isDone) == [true, false])
        #expect(entered.count == 0, "the keyring never saw it")
    }

    /// Two of one text, where one more may act: the other leaves nothing behind.
    @Test func whatIsOneTooManyNeverComesToTheKeyring() async throws {
        let entered = Entered()
        let fixture = try await CommandFixture(addKey: { entered.add($0) })
        let alice = try #require(try await fixture.catalog.person(named: OwnerName("alice")!))
        for digit in 1...8 {
            let key = try #require(Fingerprint(String(repeating: "\(digit)", count: 40)))
            try await fixture.catalog.addKey(key, to: alice, now: 1)
        }
        let paragraphs = [try await Self.paragraph(TestGnuPG()), try await Self.paragraph(TestGnuPG())]
        let report = try await fixture.run(Self.frame + paragraphs.joined(separator: "\n"))
        #expect(report.results.map(\.isDone) == [true, false])
        #expect(entered.count == 1)
    }

    /// Revoking what was added makes no room for more on the same day.
    @Test func aPersonAddsNoMoreThanSoManyADay() async throws {
        let entered = Entered()
        let fixture = try await CommandFixture(keysADay: 1, addKey: { entered.add($0) })
        let first = try await TestGnuPG()
        #expect(try await fixture.run(Self.frame + Self.paragraph(first)).isDone)
        try await fixture.catalog.setBlocked(true, key: first.key)
        let report = try await fixture.run(Self.frame + Self.paragraph(TestGnuPG()))
        #expect((report.findings + report.results.flatMap(\.findings)).map(\.code) == ["too-many-keys"])
        #expect(entered.count == 1)
    }

    /// As after a crash between the two: the next text has the keyring learn it.
    @Test func whatWasRegisteredIsEnteredInTheEnd() async throws {
        struct DiskFull: Error {}
        let (entered, isFull) = (Entered(), Entered())
        let fixture = try await CommandFixture(addKey: { key in
            if isFull.count == 0 {
                isFull.add(key)
                throw DiskFull()
            }
            entered.add(key)
        })
        let text = Self.frame + (try await Self.paragraph(TestGnuPG()))
        await #expect(throws: DiskFull.self) { try await fixture.run(text) }
        for _ in 0..<2 { _ = try await fixture.run(Self.frame + "Action: cancel\nUpload: 1\n") }
        #expect(entered.count == 1)
    }
}

extension AddKeyTests {
    /// Of two texts that are looked at one after the other, the keyring has trouble with the key of the first: that fails until it is
    /// better, and the other does not.
    @Test func theTroubleOfOneTextsKeyIsNotAnothers() async throws {
        struct Broken: Error {}
        let (entered, tried) = (Entered(), Entered())
        let isMended = Mutex(false)
        let trouble = try await TestGnuPG()
        let block = try await trouble.export()
        let fixture = try await CommandFixture(addKey: { key in
            tried.add(key)
            if !isMended.withLock({ $0 }), String(decoding: key, as: UTF8.self) == block { throw Broken() }
            entered.add(key)
        })
        let first = Self.frame + (try await Self.paragraph(trouble))
        await #expect(throws: Broken.self) { try await fixture.run(first) }
        let second = try await fixture.run(Self.frame + (try await Self.paragraph(TestGnuPG())))
        #expect(second.isDone && entered.count == 1, "\(second)")
        #expect(tried.count == 3, "the first was tried once more")
        isMended.withLock { $0 = true }
        _ = try await fixture.run(Self.frame + "Action: cancel\nUpload: 1\n")
        #expect(entered.count == 2)
    }

    /// The text of the key fails as long as the trouble lasts, however often it is looked at.
    @Test func aTextFailsUntilItsKeyIsEntered() async throws {
        struct Broken: Error {}
        let isMended = Mutex(false)
        let fixture = try await CommandFixture(addKey: { _ in if !isMended.withLock({ $0 }) { throw Broken() } })
        let text = VerifiedText(
            text: Self.frame + (try await Self.paragraph(TestGnuPG())), signer: CommandFixture.key,
            signingKey: CommandFixture.key, signedAt: CommandRunnerTests.now)
        func run() async throws -> CommandReport {
            try await fixture.runner.run(
                text, title: "x", origin: "s", answers: nil, received: CommandRunnerTests.now)
        }
        for _ in 0..<2 { await #expect(throws: Broken.self) { try await run() } }
        isMended.withLock { $0 = true }
        #expect(try await run().isDone, "answered from the log")
    }
}

/// How many keys went to the keyring.
private final class Entered: Sendable {
    private let keys = Mutex<[[UInt8]]>([])
    var count: Int { keys.withLock { $0.count } }
    func add(_ key: [UInt8]) { keys.withLock { $0.append(key) } }
}

/// The real gpg in a home of its own, with one key.
final class TestGnuPG: Sendable {
    private let home: String
    let key: Fingerprint

    init() async throws {
        home = "/tmp/slipway-gpg-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(
            atPath: home, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        try await Self.run(
            home, ["--passphrase", "", "--quick-gen-key", "A <a@example.org>", "ed25519", "sign", "never"])
        let list = try await Self.run(home, ["--with-colons", "--list-keys"]).split(separator: "\n")
        let line = try #require(list.first { $0.hasPrefix("fpr:") })
        key = try #require(Fingerprint(String(line.split(separator: ":").last ?? "")))
    }

    deinit { try? FileManager.default.removeItem(atPath: home) }

    func export() async throws -> String { try await Self.run(home, ["--armor", "--export", key.text]) }

    func proof(over text: String) async throws -> String {
        try await Self.run(home, ["--armor", "--local-user", key.text, "--detach-sign"], input: text)
    }

    private struct Failure: Error {}

    @discardableResult
    private static func run(_ home: String, _ arguments: [String], input: String = "") async throws -> String {
        let common = ["--homedir", home, "--batch", "--pinentry-mode", "loopback"]
        let run = try await Subprocess.run(
            .path("/usr/bin/gpg"), arguments: Arguments(common + arguments), input: .string(input),
            output: .string(limit: 1 << 20), error: .discarded)
        guard run.terminationStatus.isSuccess else { throw Failure() }
        return run.standardOutput
    }
}
