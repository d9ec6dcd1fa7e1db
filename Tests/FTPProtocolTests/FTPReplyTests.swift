internal import Testing

@testable internal import FTPProtocol

@Suite struct FTPReplyTests {
    @Test(arguments: [
        (["Fine."], "200 Fine.\r\n"),
        (["one", "two", "three"], "200-one\r\n200-two\r\n200 three\r\n"),
        (["one", " two", "three"], "200-one\r\n two\r\n200 three\r\n"),
        ([" one", "200 two", "three"], "200- one\r\n200-200 two\r\n200 three\r\n"),
        (["one\r\n250 two\nthree"], "200-one\r\n200-250 two\r\n200 three\r\n"),
        (["bell\u{7} escape\u{1B}[31m tab\t nul\u{0}"], "200 bell? escape?[31m tab? nul?\r\n"),
        (["override\u{202E}"], "200 override?\r\n"),
        (["café"], "200 café\r\n"),
        ([], "200 -\r\n"),
        (["\n"], "200 -\r\n"),
    ])
    func isWellFormed(_ lines: [String], _ expected: String) {
        #expect(FTPReply(.done, lines).serialized == expected)
    }

    @Test func isNeverTooMuchForAClient() {
        let reply = FTPReply(.refused, Array(repeating: String(repeating: "é", count: 2000), count: 300))
        #expect(reply.lines.count == FTPReply.linesLimit)
        #expect(reply.lines.allSatisfy { $0.utf8.count <= FTPReply.lineLimit })
    }

    @Test func passiveRepliesNameThePort() throws {
        let address = try #require(IPv4Octets("192.0.2.17"))
        let reply = FTPReply.passive(address, port: 50_001)
        #expect(reply.serialized == "227 Entering Passive Mode (192,0,2,17,195,81).\r\n")
        #expect(FTPReply.extendedPassive(port: 7).serialized == "229 Entering Extended Passive Mode (|||7|).\r\n")
    }

    @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "1.2.3.256", "a.b.c.d", "1..2.3", "::1"])
    func refusesWhatIsNoAddress(_ text: String) { #expect(IPv4Octets(text) == nil) }
}
