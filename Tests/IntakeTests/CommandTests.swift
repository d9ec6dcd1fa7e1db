import ArchiveModel
import Catalog
import Foundation
import Synchronization
import Testing

@testable import Intake

/// The door as the commands stage offers it, and what went through it.
private final class Door: Sendable {
    private let all = Mutex<[SignedCommands]>([])

    var taken: [SignedCommands] { all.withLock { $0 } }

    func carryOut(_ commands: SignedCommands) async throws -> CommandReport {
        all.withLock { $0.append(commands) }
        let isGood = commands.commands.contains("Action: create-ppa")
        let result = CommandReport.Result(
            paragraph: "Action: create-ppa", isDone: isGood, findings: isGood ? [] : [Finding(.unknownAction, "No.")],
            sentences: isGood ? ["~alice/debian/new is there."] : [])
        return CommandReport(title: commands.title, results: [result])
    }
}

private let commands = "Archive: ppa.example.org\n\nAction: create-ppa\nPpa: ~alice/debian/new\n"

@Suite struct CommandFileTests {
    private func send(_ text: String, by who: Who?, door: Door) async throws -> (World, UploadRecord) {
        let world = try await World(commands: { try await door.carryOut($0) })
        let keys = try await TestKeys.shared.value
        let bytes = if let who { try await keys.clearsign(text, by: who) } else { Array(text.utf8) }
        let records = try await world.send(["alice-1.dak-commands": bytes], session: "s1", path: "")
        return (world, try #require(records.first))
    }

    @Test func areVerifiedAndHandedOver() async throws {
        let door = Door()
        let (world, record) = try await send(commands, by: .alice, door: door)
        #expect(record.verdict.outcome == .accepted)
        #expect(VerdictSocket.SessionAnswer(record).lines.contains("~alice/debian/new is there."))
        let taken = try #require(door.taken.first)
        #expect(taken.commands == commands)
        #expect(taken.origin == "session s1/alice-1.dak-commands")
        #expect(try await world.letters().isEmpty, "whoever carries them out answers")
        #expect(try world.sessions(.landed) + world.sessions(.kept) == [])
    }

    @Test(arguments: [("192.0.2.7", "192.0.2.7"), ("2001:db8::1", "2001:db8::1"), ("<b>", nil), ("", nil), (nil, nil)])
    func theDoorHearsFromWhereTheyCame(_ note: String?, _ client: String?) async throws {
        let door = Door()
        let world = try await World(commands: { try await door.carryOut($0) })
        let signed = try await TestKeys.shared.value.clearsign(commands, by: .alice)
        if let note { try world.put([".client": Array(note.utf8)], session: "s1", path: "") }
        let record = try #require(try await world.send(["a.commands": signed], path: "").first)
        let place = try #require(door.taken.first?.place)
        #expect(place.client?.description == client && place.upload == record.identity)
    }

    @Test func whatTheDoorRefusesIsRejected() async throws {
        let (_, record) = try await send("Archive: x\n\nAction: nothing\n", by: .alice, door: Door())
        #expect(record.verdict.outcome == .rejected)
        #expect(record.codes == ["unknown-action"])
    }

    @Test func aServiceWithoutADoorTakesNone() async throws {
        let world = try await World()
        let signed = try await TestKeys.shared.value.clearsign(commands, by: .alice)
        let record = try #require(try await world.send(["alice-1.dak-commands": signed], path: "").first)
        #expect(record.verdict.outcome == .rejected)
        #expect(record.codes == ["no-commands"])
    }

    @Test(arguments: [
        (nil, Verdict.Outcome.ignored), (Who.stranger, .ignored), (.builder, .ignored), (.rita, .rejected),
        (.erik, .rejected), (.dave, .rejected),
    ])
    func nothingUnprovenComesThrough(who: Who?, outcome: Verdict.Outcome) async throws {
        let door = Door()
        let (world, record) = try await send(commands, by: who, door: door)
        #expect(record.verdict.outcome == outcome)
        #expect(door.taken.isEmpty)
        #expect(try await world.letters().map(\.recipient.address) == (outcome == .ignored ? [] : [who?.address]))
    }
}

@Suite struct CommandMailTests {
    private func send(_ mail: [UInt8], door: Door) async throws -> (World, UploadRecord) {
        let world = try await World(commands: { try await door.carryOut($0) })
        let records = try await world.send(["message.eml": mail], session: "mail-1-2", path: "")
        return (world, try #require(records.first))
    }

    private func mail(_ body: [UInt8], headers: String = "") -> [UInt8] {
        Array("From: x@example.net\nSubject: new ppa\nMessage-ID: <m1@example.net>\n\(headers)\n".utf8) + body
    }

    @Test func aClearsignedMailIsHandedOver() async throws {
        let door = Door()
        let signed = try await TestKeys.shared.value.clearsign(commands, by: .alice)
        let (world, record) = try await send(mail(signed), door: door)
        #expect(record.verdict.outcome == .accepted, "\(record.verdict.findings)")
        let taken = try #require(door.taken.first)
        #expect(taken.commands == commands)
        #expect((taken.title, taken.origin, taken.answers) == ("new ppa", "mail <m1@example.net>", "<m1@example.net>"))
        #expect(try world.sessions(.landed) + world.sessions(.kept) == [])
    }

    @Test func ofAPGPMIMEMailThePlainTextIsTheCommands() async throws {
        let door = Door()
        let part =
            "Content-Type: text/plain; charset=utf-8\r\n\r\n" + commands.replacingOccurrences(of: "\n", with: "\r\n")
        let signature = try await TestKeys.shared.value.detachSign(part, by: .alice)
        let body = """
            --b\r\n\(part)\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r
            \(String(decoding: signature, as: UTF8.self))\r\n--b--\r\n
            """
        let type =
            "Content-Type: multipart/signed; micalg=pgp-sha512; protocol=\"application/pgp-signature\"; boundary=b\n"
        let (_, record) = try await send(mail(Array(body.utf8), headers: type), door: door)
        #expect(record.verdict.outcome == .accepted, "\(record.verdict.findings)")
        #expect(door.taken.first?.commands == commands)
    }

    @Test(arguments: [
        ("", "unsigned-mail"), ("Auto-Submitted: auto-replied\n", "automatic-mail"),
        ("Return-Path: <>\n", "automatic-mail"), ("Precedence: list\n", "automatic-mail"),
    ])
    func programsAndUnsignedMailsGetNoAnswer(headers: String, code: String) async throws {
        let door = Door()
        let signed = try await TestKeys.shared.value.clearsign(commands, by: .alice)
        let body = code == "unsigned-mail" ? Array(commands.utf8) : signed
        let (world, record) = try await send(mail(body, headers: headers), door: door)
        #expect(record.verdict.outcome == .ignored)
        #expect(record.codes == [code])
        #expect(door.taken.isEmpty)
        #expect(try await world.letters().isEmpty)
    }

    @Test func aProvenPersonWithARevokedKeyHearsWhyInAnAnswer() async throws {
        let door = Door()
        let signed = try await TestKeys.shared.value.clearsign(commands, by: .rita)
        let (world, record) = try await send(mail(signed), door: door)
        #expect(record.verdict.outcome == .rejected)
        let letters = try await world.letters()
        #expect(letters.map(\.answers) == ["<m1@example.net>"])
        #expect(letters.map(\.recipient.address) == ["rita@example.org"])
    }

    @Test func aMailOfTwoSignedPartsIsNotGuessedAt() async throws {
        let door = Door()
        let signed = try await TestKeys.shared.value.clearsign(commands, by: .alice)
        let (_, record) = try await send(mail(signed + signed), door: door)
        #expect(record.codes == ["several-signed-parts"])
        #expect(door.taken.isEmpty)
    }

    @Test func whatIsNoMailIsIgnored() async throws {
        let (_, record) = try await send([UInt8](repeating: 0x41, count: 200), door: Door())
        #expect(record.verdict.outcome == .ignored)
        #expect(record.codes == ["unreadable-mail"])
    }

    /// Only the program of the mail server makes such sessions.
    @Test func anUploadedFileOfThatNameIsNoMail() async throws {
        let door = Door()
        let world = try await World(commands: { try await door.carryOut($0) })
        let signed = try await TestKeys.shared.value.clearsign(commands, by: .alice)
        #expect(try await world.send(["message.eml": mail(signed)], session: "s1", path: "") == [])
        #expect(door.taken.isEmpty)
    }
}
