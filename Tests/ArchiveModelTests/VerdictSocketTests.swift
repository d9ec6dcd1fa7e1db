import ArchiveModel
import Testing

@Suite struct VerdictSocketTests {
    static let requests: [VerdictSocket.Request] = [
        .target(path: "~alice/debian"), .judge(session: "s", directory: "~a/debian", file: "a.changes"),
        .landed(session: "s"),
    ]
    static let replies: [VerdictSocket.Reply] = [
        .target(.valid), .target(.partial), .target(.refused("no \"x\"\nhere")), .noted,
        .verdict(.init(outcome: .rejected, lines: ["ä", "b"])),
    ]

    @Test(arguments: requests) func requestIsOneLine(_ request: VerdictSocket.Request) throws {
        let line = try VerdictSocket.line(request)
        #expect(line.filter { $0 == 10 }.count == 1 && line.last == 10)
        #expect(try VerdictSocket.message(VerdictSocket.Request.self, from: line) == request)
    }

    @Test(arguments: replies) func replyIsOneLine(_ reply: VerdictSocket.Reply) throws {
        let line = try VerdictSocket.line(reply)
        #expect(line.filter { $0 == 10 }.count == 1 && line.last == 10)
        #expect(try VerdictSocket.message(VerdictSocket.Reply.self, from: line) == reply)
    }
}
