import ArchiveModel
import DurableFiles
import Foundation
import SystemPackage
import Testing

@testable import Mailer

/// Against a small program in place of sendmail(8).
struct SendmailTransportTests {
    private func parcel() throws -> Parcel {
        Parcel(
            number: 1, identity: "i", recipient: try #require(MailAddress("Bob <bob@example.org>")),
            sender: "slipway@ppa.example.org",
            created: 0, isRepeated: false, message: Array("Subject: s\n\n.\nText\n".utf8))
    }

    private func transport(_ script: String, in folder: FilePath, timeout: Duration = .seconds(30)) throws
        -> SendmailTransport
    {
        let program = folder.appending("sendmail")
        try Durably.write(Array(script.utf8), to: folder.appending("sendmail.script"), sync: .later)
        try FileManager.default.createSymbolicLink(
            atPath: program.string,
            withDestinationPath: "\(FilePath(#filePath).removingLastComponent())/../Fixtures/as-told")
        return SendmailTransport(program: program, timeout: timeout)
    }

    @Test func theProgramGetsTheMailAndTheRecipient() async throws {
        try await withTemporaryFolder { folder in
            let script = "printf '%s\\n' \"$@\" > \(folder)/arguments; cat > \(folder)/mail"
            try await transport(script, in: folder).deliver(try parcel())
            let written = try Folder(opening: folder)
            let arguments = String(decoding: try written.openFile("arguments").readAll(limit: 999), as: UTF8.self)
            #expect(arguments == "-i\n-f\nslipway@ppa.example.org\n--\nbob@example.org\n")
            #expect(try written.openFile("mail").readAll(limit: 999) == parcel().message)
        }
    }

    @Test(arguments: [
        ("exit 75", "exit status 75, try again later."),
        ("exit 67", "exit status 67, no such user."),
        ("exit 1", "exit status 1."),
        ("echo 'queue full' >&2; exit 75", "exit status 75, try again later: queue full"),
        ("kill -9 $$", "signal 9."),
    ])
    func itsEndIsTold(script: String, sentence: String) async throws {
        try await withTemporaryFolder { folder in
            let transport = try transport("cat > /dev/null; \(script)", in: folder)
            let failure = await #expect(throws: DeliveryFailure.self) { try await transport.deliver(try parcel()) }
            #expect(failure?.description.hasSuffix(sentence) == true, "\(failure?.description ?? "")")
        }
    }

    @Test func oneThatHangsIsStopped() async throws {
        try await withTemporaryFolder { folder in
            let transport = try transport("exec sleep 1000", in: folder, timeout: .milliseconds(200))
            let failure = await #expect(throws: DeliveryFailure.self) { try await transport.deliver(try parcel()) }
            #expect(failure?.description.contains("took longer") == true)
        }
    }

    @Test func oneThatIsMissingIsTold() async throws {
        let transport = SendmailTransport(program: "/nonexistent/sendmail")
        let failure = await #expect(throws: DeliveryFailure.self) { try await transport.deliver(try parcel()) }
        #expect(failure?.description.hasPrefix("/nonexistent/sendmail could not be run") == true)
    }
}
