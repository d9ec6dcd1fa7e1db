import ArchiveModel
import DurableFiles
import SystemPackage
import Testing

@testable import Mailer

struct MaildirTransportTests {
    private func parcel(_ number: Int64 = 7, isRepeated: Bool = false) throws -> Parcel {
        Parcel(
            number: number, identity: "upload-17:~/x", recipient: try #require(MailAddress("a@example.org")),
            sender: "b@example.org", created: 1000, isRepeated: isRepeated, message: Array("Subject: s\n\nText\n".utf8))
    }

    private let name = "1000.7_upload-17___x.slipway"

    private func names(_ part: String, in maildir: FilePath) throws -> [String] {
        try Folder(opening: maildir.appending(part)).entries().map(\.name)
    }

    @Test func aMailArrivesWhole() async throws {
        try await withTemporaryFolder { folder in
            try await MaildirTransport(maildir: folder).deliver(try parcel())
            #expect(try names("new", in: folder) == [name])
            #expect(try names("tmp", in: folder).isEmpty)
            let text = try Folder(opening: folder).openFile("new/\(name)").readAll(limit: 100)
            #expect(text == Array("Subject: s\n\nText\n".utf8))
        }
    }

    @Test func deliveredTwiceItIsOneMail() async throws {
        try await withTemporaryFolder { folder in
            let transport = try MaildirTransport(maildir: folder)
            try await transport.deliver(try parcel())
            try await transport.deliver(try parcel(isRepeated: true))
            try await transport.deliver(try parcel(8))
            #expect(try names("new", in: folder) == [name, "1000.8_upload-17___x.slipway"])
            #expect(try names("tmp", in: folder).isEmpty)
        }
    }

    @Test(arguments: ["", ":2,S"])
    func aMailThatWasReadMeanwhileIsNotDeliveredAgain(flags: String) async throws {
        try await withTemporaryFolder { folder in
            let transport = try MaildirTransport(maildir: folder)
            try await transport.deliver(try parcel())
            try Folder(opening: folder).move("new/\(name)", to: "cur/\(name)\(flags)")
            try await transport.deliver(try parcel(isRepeated: true))
            #expect(try names("new", in: folder).isEmpty)
        }
    }

    @Test func whatACrashLeftIsReplaced() async throws {
        try await withTemporaryFolder { folder in
            let transport = try MaildirTransport(maildir: folder)
            try Durably.write(Array("Subj".utf8), to: folder.appending("tmp").appending(name))
            try await transport.deliver(try parcel(isRepeated: true))
            #expect(try names("tmp", in: folder).isEmpty)
            #expect(try Folder(opening: folder).openFile("new/\(name)").status().size == 17)
        }
    }

    @Test func aMaildirThatIsGoneIsToldAndRetried() async throws {
        try await withTemporaryFolder { folder in
            let transport = try MaildirTransport(maildir: folder)
            try Durably.removeTree(folder.appending("tmp"))
            await #expect(throws: DeliveryFailure.self) { try await transport.deliver(try parcel()) }
        }
    }
}
