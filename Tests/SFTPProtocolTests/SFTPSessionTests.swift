internal import FTPProtocol
internal import Testing

@testable internal import SFTPProtocol

struct SFTPSessionTests {
    private func begun(_ change: (inout Conversation) -> Void = { _ in }) -> Conversation {
        var conversation = Conversation()
        change(&conversation)
        #expect(conversation.send(Packet.initialize) == ["version"])
        return conversation
    }

    @Test func aFileGetsItsNameWhenItIsClosed() {
        var talk = begun()
        #expect(
            talk.send(Packet.open(1, "/~alice/debian/a.dsc")) == [
                "ask ~alice/debian", "serve create .part-1", "1 handle h1",
            ])
        #expect(talk.send(Packet.write(2, "h1", at: 0, 5)) == ["serve write 5 at 0", "2 fine "])
        #expect(talk.send(Packet.write(3, "h1", at: 5, 5)) == ["serve write 5 at 5", "3 fine "])
        // scp says the size at the end.
        #expect(talk.send(Packet.setSize(4, "h1", 10)) == ["4 fine "])
        #expect(
            talk.send(Packet.close(5, "h1")) == [
                "serve close", "keep .part-1 as ~alice/debian/a.dsc", "5 fine Received.",
            ])
        #expect(talk.send(Packet.text(17, 6, "~alice/debian/a.dsc")) == ["6 file of 10"])
    }

    @Test(arguments: [
        (Judgement.taken(["Accepted.", "See."]), ["tell Accepted.|See.", "3 fine Accepted.\nSee."]),
        (.refused(["Bad.", "Worse."]), ["tell Bad.|Worse.", "3 failure Bad.\nWorse."]),
        (
            .later,
            [
                "tell Received; the verdict comes by mail. Session s1.",
                "3 fine Received; the verdict comes by mail. Session s1.",
            ]
        ),
    ])
    func theCloseOfAChangesIsAnsweredWithTheVerdict(_ judgement: Judgement, _ expected: [String]) {
        for name in ["a.changes", "a.commands", "a.dak-commands"] {
            var talk = begun { $0.judgement = judgement }
            _ = talk.send(Packet.open(1, "~alice/debian/\(name)"))
            _ = talk.send(Packet.write(2, "h1", at: 0, 5))
            let answer = talk.send(Packet.close(3, "h1"))
            #expect(
                answer == ["serve close", "keep .part-1 as ~alice/debian/\(name)", "judge ~alice/debian/\(name)"]
                    + expected)
        }
    }

    @Test func whoLooksAgainIsToldOfTheRefusal() {
        var talk = begun { $0.judgement = .refused(["Bad."]) }
        _ = talk.send(Packet.open(1, "~alice/debian/a.changes"))
        _ = talk.send(Packet.close(2, "h1"))
        #expect(talk.send(Packet.text(17, 3, "~alice/debian/a.changes")) == ["3 failure Bad."])
    }

    @Test func aNameGivenAtTheEndCounts() {
        var talk = begun()
        _ = talk.send(Packet.open(1, "~alice/debian/a.changes.filepart"))
        _ = talk.send(Packet.close(2, "h1"))
        #expect(
            talk.send(Packet.text(18, 3, "~alice/debian/a.changes.filepart", "~alice/debian/a.changes")) == [
                "ask ~alice/debian", "move ~alice/debian/a.changes.filepart to ~alice/debian/a.changes",
                "judge ~alice/debian/a.changes", "tell Accepted.", "3 fine Accepted.",
            ])
    }

    @Test(arguments: [
        "../a.dsc", "/etc/../a.dsc", "~alice/debian/../a.dsc", "~alice/debian/.a", "~alice/debian/", "a b.dsc", "",
        "/~alice/.ssh/authorized_keys", "~alice/debian/.part-1", "~alice/debian/a\u{0}.dsc", "~a/~b/a.dsc",
    ])
    func noPathLeadsOut(_ path: String) {
        var talk = begun()
        let answer = talk.send(Packet.open(1, path))
        #expect(answer.last?.hasPrefix("1 failure ") == true, "\(answer)")
        #expect(!answer.contains { $0.hasPrefix("serve") })
    }

    @Test func namesHaveTheirLimits() {
        var limits = SFTPSession.Limits(fileSize: 1000, textSize: 100, sessionSize: 1500, sessionFiles: 4)
        limits.names.nameLength = 5
        var talk = begun { $0.session = SFTPSession(session: "s1", limits: limits) }
        #expect(talk.send(Packet.open(1, "~alice/debian/a.dsc")).last == "1 handle h1")
        let answer = talk.send(Packet.open(2, "~alice/debian/ab.dsc"))
        #expect(answer.last == "2 failure A file name here has at most 5 bytes.")
    }

    /// What was removed or moved has left folders.
    @Test func filesThatAreGoneCount() {
        var limits = SFTPSession.Limits(fileSize: 1000, textSize: 100, sessionSize: 1500, sessionFiles: 2)
        limits.openFiles = 1
        var talk = begun { $0.session = SFTPSession(session: "s1", limits: limits) }
        _ = talk.send(Packet.open(1, "~alice/debian/a.dsc"))
        _ = talk.send(Packet.close(2, "h1"))
        #expect(talk.send(Packet.text(13, 3, "~alice/debian/a.dsc")).last == "3 fine ")
        _ = talk.send(Packet.open(4, "~alice/debian/b.dsc"))
        _ = talk.send(Packet.close(5, "h2"))
        #expect(talk.send(Packet.open(6, "~alice/debian/c.dsc")).last?.hasPrefix("6 failure This session") == true)
        let moved = talk.send(Packet.text(18, 7, "~alice/debian/b.dsc", "b.commands"))
        #expect(moved.last?.hasPrefix("7 failure This session") == true)
    }

    @Test func onlyTargetsTakeFiles() {
        var talk = begun()
        #expect(talk.send(Packet.open(1, "~bob/debian/a.dsc")).last == "1 failure No such target.")
        #expect(talk.send(Packet.open(2, "~alice/a.dsc")).last?.hasPrefix("2 failure /~alice is not an upload") == true)
        #expect(talk.send(Packet.open(3, "a.commands")).last == "3 handle h1")
        talk.targets["debian"] = .unknown
        #expect(talk.send(Packet.open(4, "debian/a.dsc")).last == "4 handle h2")
    }

    @Test func aFileThatWentWrongIsDropped() {
        var talk = begun()
        _ = talk.send(Packet.open(1, "~alice/debian/a.dsc"))
        talk.disk = .notDone(.noRoom)
        #expect(talk.send(Packet.write(2, "h1", at: 0, 5)).last == "2 failure No room is left here; try again later.")
        talk.disk = .served(.done)
        #expect(talk.send(Packet.write(3, "h1", at: 0, 5)) == ["3 failure No room is left here; try again later."])
        #expect(
            talk.send(Packet.close(4, "h1")) == [
                "serve close", "discard .part-1", "tell \(SFTPRefusal.noRoom.sentence)",
                "4 failure \(SFTPRefusal.noRoom.sentence)",
            ])
    }

    @Test func holesAreNotMade() {
        var talk = begun()
        _ = talk.send(Packet.open(1, "~alice/debian/a.dsc"))
        #expect(
            talk.send(Packet.write(2, "h1", at: 7, 5)).last?.hasPrefix("2 failure Transfers are not resumed") == true)
        #expect(talk.send(Packet.close(3, "h1")).contains("discard .part-1"))
    }

    @Test func limitsHold() {
        var talk = begun()
        _ = talk.send(Packet.open(1, "~alice/debian/a.changes"))
        #expect(talk.send(Packet.write(2, "h1", at: 0, 101)).last?.contains("larger than 100 bytes") == true)
        _ = talk.send(Packet.open(3, "~alice/debian/a.dsc"))
        _ = talk.send(Packet.write(4, "h2", at: 0, 1000))
        #expect(talk.send(Packet.write(5, "h2", at: 1000, 1)).last?.contains("larger than 1000 bytes") == true)
        _ = talk.send(Packet.open(6, "~alice/debian/b.dsc"))
        #expect(talk.send(Packet.write(7, "h3", at: 0, 501)).last == "7 failure \(SFTPRefusal.sessionFull.sentence)")
        _ = talk.send(Packet.open(8, "~alice/debian/c.dsc"))
        #expect(
            talk.send(Packet.open(9, "~alice/debian/d.dsc")).last == "9 failure \(SFTPRefusal.sessionFull.sentence)")
    }

    @Test func whatIsNoUploadIsRefused() {
        var talk = begun()
        #expect(talk.send(Packet.open(1, "/etc/passwd", flags: 1)).last?.hasPrefix("1 permissionDenied") == true)
        for type: UInt8 in [5, 15, 19, 20, 99] {  // READ, RMDIR, READLINK, SYMLINK, and no request at all
            #expect(talk.send(Packet.text(type, 2, "a", "b")).last?.hasPrefix("2 notOffered") == true)
        }
        for name in ["posix-rename@openssh.com", "hardlink@openssh.com", "copy-data", "fsync@openssh.com"] {
            #expect(talk.send(Packet.text(200, 3, name, "a", "b")).last?.hasPrefix("3 notOffered") == true)
        }
        #expect(talk.send(Packet.close(4, "h7")) == ["4 failure Not a handle of this session."])
        #expect(talk.send(Packet.write(5, "server:.part-1", at: 0, 1)) == ["5 failure Not a handle of this session."])
    }

    @Test func foldersAreThereWhenTheIntakeSaysSo() {
        var talk = begun()
        #expect(talk.send(Packet.text(17, 1, ".")) == ["1 folder"])
        #expect(talk.send(Packet.text(17, 2, "~alice/debian/")) == ["ask ~alice/debian", "2 folder"])
        #expect(
            talk.send(Packet.text(17, 3, "/~bob")) == [
                "ask ~bob", "tell No such target.", "3 noSuchFile No such target.",
            ])
        #expect(talk.send(Packet.text(17, 4, "~alice/debian/a.dsc")) == ["4 noSuchFile There is no such file."])
        #expect(
            talk.send(Packet.text(14, 5, "~alice/debian", tail: [0, 0, 0, 0])) == ["ask ~alice/debian", "5 fine "])
        #expect(talk.send(Packet.text(16, 6, "/~alice/debian/..")) == ["6 names /~alice"])
        #expect(talk.send(Packet.text(16, 7, "../..")) == ["7 names /"])
        #expect(
            talk.send(Packet.text(200, 8, "expand-path@openssh.com", "~alice/debian")) == ["8 names /~alice/debian"])
    }

    @Test func aListingShowsTheSessionsOwnFiles() {
        var talk = begun()
        _ = talk.send(Packet.open(1, "~alice/debian/a.dsc"))
        _ = talk.send(Packet.close(2, "h1"))
        #expect(talk.send(Packet.text(11, 3, "/")) == ["3 handle h2"])
        #expect(talk.send(Packet.text(12, 4, "h2")) == ["4 names . ~alice"])
        #expect(talk.send(Packet.text(12, 5, "h2")) == ["5 endOfFile "])
        #expect(talk.send(Packet.text(11, 6, "~alice/debian")).last == "6 handle h3")
        #expect(talk.send(Packet.text(12, 7, "h3")) == ["7 names . a.dsc"])
        #expect(talk.send(Packet.text(13, 8, "~alice/debian/a.dsc")) == ["remove ~alice/debian/a.dsc", "8 fine "])
        #expect(talk.send(Packet.text(13, 9, "~alice/debian/b.dsc")) == ["9 noSuchFile This session has no such file."])
    }

    @Test func nonsenseEndsTheSession() {
        var talk = Conversation()
        #expect(talk.send(Packet.open(1, "~alice/debian/a.dsc")) == ["end"])
        talk = begun()
        #expect(talk.send(Packet.initialize) == ["end"])
        // Lengths that lead beyond the packet.
        #expect(talk.send([3, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff, 65]) == ["end"])
        #expect(talk.send([6, 0, 0]) == ["end"])
    }
}
