internal import Testing

@testable internal import SFTPProtocol

struct PacketTests {
    @Test func packetsComeOutOfEveryChunking() throws {
        let stream: [UInt8] = [0, 0, 0, 1, 9, 0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 1, 8]
        for size in 1...stream.count {
            var framer = PacketFramer()
            var found: [[UInt8]] = []
            for start in stride(from: 0, to: stream.count, by: size) {
                framer.append(stream[start..<min(start + size, stream.count)])
                while let packet = try framer.next() { found.append(packet) }
            }
            #expect(found == [[9], [1, 2, 3], [8]], "in pieces of \(size)")
        }
    }

    @Test(arguments: [[0, 0, 0, 0], [0, 4, 0, 1], [0xff, 0xff, 0xff, 0xff], Array("GET ".utf8)])
    func aLengthThatCannotBeIsRefused(_ bytes: [UInt8]) {
        var framer = PacketFramer()
        framer.append(bytes)
        #expect(throws: NotSFTP.self) { try framer.next() }
    }

    @Test func repliesHaveTheirBytes() {
        #expect(
            SFTPReply.status(7, .failure, "no").packet == [
                0, 0, 0, 21, 101, 0, 0, 0, 7, 0, 0, 0, 4, 0, 0, 0, 2, 110, 111, 0, 0, 0, 2, 101, 110,
            ])
        #expect(
            SFTPReply.attributes(1, .init(name: "", size: 258)).packet == [
                0, 0, 0, 21, 105, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0x81, 0xb0,
            ])
    }

    @Test(arguments: [
        (nil, "There is no shell"), ("", "There is no shell"), ("bash", "No such command"),
        ("scp -t -- ~alice/debian", "use scp without -O"), ("chmod 0777 a", "No such"), ("chmod 0644", "No such"),
        ("chmod 0644 a;id", "No such"), ("chmod 0644 $(id)", "No such"), ("sftp-server", "No such"),
    ])
    func otherCommandsAreRefused(_ command: String?, _ words: String) throws {
        guard case .refused(let sentence) = RequestedCommand(command) else {
            Issue.record("taken")
            return
        }
        #expect(sentence.contains(words))
    }

    @Test func sessionsAndTheFollowUpOfDputAreTaken() {
        #expect(RequestedCommand("internal-sftp") == .session)
        #expect(RequestedCommand("/usr/lib/openssh/sftp-server -e") == .session)
        #expect(RequestedCommand("chmod 0644 ~alice/debian/a_1.0~rc1+b.dsc /~alice/debian/b.changes") == .tidyUp)
    }
}
