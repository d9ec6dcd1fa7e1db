internal import FTPProtocol
internal import Testing

/// Whole dialogues, as the clients of Debian 12 lead them.
@Suite struct FTPSessionTests {
    static let login = """
        S: 220 packages.example.org takes signed Debian uploads. Session S1.
        C: USER anonymous
        S: 230 Go on: the signature says who you are.

        """
    static let inTarget =
        login + """
            C: CWD ~alice/debian
            > ask /~alice/debian
            < valid
            S: 250 /~alice/debian takes uploads.

            """
    static let receiving =
        inTarget + """
            C: PASV
            > listen
            < listening
            S: 227 Entering Passive Mode (192,0,2,1,4,1).
            C: STOR a.dsc
            S: 150 Send it.
            > receive /~alice/debian/a.dsc

            """

    @Test func dputUploads() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.login + """
                C: CWD ~alice/debian/unstable
                > ask /~alice/debian/unstable
                < valid
                S: 250 /~alice/debian/unstable takes uploads.
                C: TYPE I
                S: 200 Files are stored byte by byte.
                C: PASV
                > listen
                < listening
                S: 227 Entering Passive Mode (192,0,2,1,4,1).
                C: STOR tquilt_1.0-1.dsc
                S: 150 Send it.
                > receive /~alice/debian/unstable/tquilt_1.0-1.dsc
                < stored
                S: 226 Received.
                C: TYPE I
                S: 200 …
                C: PASV
                > listen
                < listening
                S: 227 …
                C: STOR tquilt_1.0-1_source.changes
                S: 150 Send it.
                > receive /~alice/debian/unstable/tquilt_1.0-1_source.changes
                < stored
                > judge /~alice/debian/unstable/tquilt_1.0-1_source.changes
                < taken Accepted: tquilt 1.0-1|https://example.org/u/1
                S: 226-Accepted: tquilt 1.0-1
                S: 226 https://example.org/u/1
                C: QUIT
                S: 221 Goodbye.
                > close
                """)
    }

    @Test func curlGoesComponentByComponent() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.login + """
                C: PWD
                S: 257 "/"
                C: CWD ~alice
                > ask /~alice
                < partial
                S: 250 /~alice
                C: CWD debian
                > ask /~alice/debian
                < valid
                S: 250 /~alice/debian takes uploads.
                C: EPSV
                > listen
                < listening
                S: 229 Entering Extended Passive Mode (|||1025|).
                C: TYPE I
                S: 200 …
                C: STOR a.dsc
                S: 150 …
                > receive /~alice/debian/a.dsc
                < stored
                S: 226 Received.
                C: PWD
                S: 257 "/~alice/debian"
                C: CDUP
                > ask /~alice
                < partial
                S: 250 /~alice
                """)
    }

    @Test func lftpTriesManyThings() throws {
        var transcript = Transcript()
        try transcript.run(
            """
            S: 220 …
            C: FEAT
            S: 211-Extensions:
            S:  EPSV
            S:  MDTM
            S:  MFMT
            S:  MLST type*;size*;modify*;
            S:  PASV
            S:  REST STREAM
            S:  SIZE
            S:  UTF8
            S: 211 End
            C: AUTH TLS
            S: 502 AUTH is not offered: this service only takes uploads.
            C: OPTS UTF8 ON
            S: 200 UTF-8.
            C: USER anonymous
            S: 230 …
            C: PASS lftp@
            S: 230 …
            C: OPTS MLST type;size;
            S: 200 MLST OPTS type;size;
            C: MFMT 20261120225512 a.dsc
            > date /a.dsc 20261120225512
            < changed
            S: 213 Modify=20261120225512; /a.dsc
            C: SITE UTIME 20261120000000 a.dsc
            S: 502 SITE …
            C: MKD ~alice/debian
            > ask /~alice/debian
            < valid
            S: 257 "/~alice/debian"
            C: LIST
            S: 425 PASV or EPSV comes first.
            """)
    }

    @Test func duploadOverlooksARefusedFolder() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.inTarget + """
                C: CWD /~bob/debian
                > ask /~bob/debian
                < refused There is no person "bob".
                S: 550 There is no person "bob".
                C: PASV
                > listen
                < listening
                S: 227 …
                C: HELP ALLO
                S: 214-…
                S:  USER …
                S:  PASV …
                S:  LIST …
                S:  FEAT …
                S: 214 …
                C: ALLO 1187
                S: 202 …
                C: STOR a.dsc
                S: 450 There is no person "bob".
                C: DELE a.dsc
                > remove /~alice/debian/a.dsc
                < not-changed absent
                S: 550 No such file in this session.
                C: CWD ..
                S: 550 ".." is not taken in a path; CDUP goes up.
                C: STOR a.dsc
                S: 450 ".." is not taken in a path; CDUP goes up.
                """)
    }

    @Test func aStoreBeforeAnyFolderAsksAboutTheRoot() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.login + """
                C: EPSV
                > listen
                < listening
                S: 229 …
                C: STOR a.dsc
                > ask /
                < partial
                S: 450 / is not an upload target; ~owner/distribution/name is one, for example.
                C: STOR a.dsc
                S: 450 / is not an upload target; ~owner/distribution/name is one, for example.
                """)
    }

    @Test func withoutTheIntakeUploadsAreReceivedAllTheSame() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.login + """
                C: CWD ~alice/debian
                > ask /~alice/debian
                < unknown
                S: 250 /~alice/debian
                C: PASV
                > listen
                < listening
                S: 227 …
                C: STOR a.changes
                S: 150 …
                > receive /~alice/debian/a.changes
                < stored
                > judge /~alice/debian/a.changes
                < later
                S: 226 Received; the verdict comes by mail. Session S1.
                """)
    }

    @Test(arguments: [
        ("rejected No signature.|Sign it with debsign.", "S: 450-No signature.\nS: 450 Sign it with debsign."),
        ("broken Kept; it will be tried again.", "S: 451 Kept; it will be tried again."),
    ])
    func aVerdictAgainstItIsA4xx(_ outcome: String, _ said: String) throws {
        var transcript = Transcript()
        try transcript.run(
            Self.inTarget + """
                C: PASV
                > listen
                < listening
                S: 227 …
                C: STOR a.commands
                S: 150 …
                > receive /~alice/debian/a.commands
                < stored
                > judge /~alice/debian/a.commands
                < \(outcome)
                \(said)
                """)
    }

    @Test(arguments: [
        ("no data connection", "425 No data…"), ("cut", "426 The data…"), ("session full", "452 This…"),
        ("file too large", "452 The file is larger than 10 bytes…"), ("name taken", "450 A file…"),
        ("disk full", "452 No room…"), ("failed", "451 The file…"),
    ])
    func aFileNotStoredIsA4xx(_ failure: String, _ said: String) throws {
        var transcript = Transcript()
        try transcript.run(
            Self.receiving + """
                < \(failure)
                S: \(said)
                C: STOR a.dsc
                S: 425 PASV or EPSV comes first.
                """)
    }

    @Test func abortStopsATransfer() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.receiving + """
                C: ABOR
                > stop receiving
                < aborted
                S: 426 …
                S: 226 Nothing is under way.
                C: ABOR
                S: 226 Nothing is under way.
                """)
    }

    @Test func abortStopsATransferThatIsStillAskedAbout() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.login + """
                C: PASV
                > listen
                C: STOR ~alice/debian/a.dsc
                C: ABOR
                C: NOOP
                < listening
                S: 227 …
                > ask /~alice/debian
                < valid
                S: 150 Send it.
                > receive /~alice/debian/a.dsc
                > stop receiving
                < aborted
                S: 426 …
                S: 226 Nothing is under way.
                S: 200 Fine.
                """)
    }

    @Test func linesWaitWhileSomethingIsUnderWay() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.receiving + """
                C: NOOP
                C: CWD /debian
                C: PWD
                < stored
                S: 226 Received.
                S: 200 Fine.
                > ask /debian
                < valid
                S: 250 /debian takes uploads.
                S: 257 "/debian"
                """)
    }

    @Test func aFloodOfLinesEndsTheSession() throws {
        var transcript = Transcript()
        let flood = String(repeating: "C: NOOP\n", count: FTPSession.waitingLimit + 1)
        try transcript.run(
            Self.receiving + flood + """
                S: 421 Too many commands at once; goodbye.
                > close
                C: NOOP
                < stored
                """)
    }

    @Test func idlenessEndsASessionUnlessSomethingIsUnderWay() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.receiving + """
                ! idle
                < stored
                S: 226 …
                ! idle
                S: 421 …
                > close
                ! idle
                > close
                """)
    }

    @Test func stoppingWaitsForTheFileUnderWay() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.receiving + """
                ! stop
                C: NOOP
                < stored
                S: 226 Received.
                S: 421 The service is stopping. What was received is kept; send the rest later.
                > close
                """)
    }

    /// RFC 959, 4.1.1: a close is ABOR and QUIT.
    @Test func whoeverHangsUpLosesItsTransfer() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.receiving + """
                C: NOOP
                ! hang up
                > stop receiving
                < aborted
                S: 426 …
                S: 200 …
                > close
                """)
    }

    @Test func whatAClientAskedBeforeItHungUpIsAnswered() throws {
        var transcript = Transcript()
        try transcript.run(
            """
            S: 220 …
            C: USER x
            S: 230 …
            C: CWD ~alice/debian
            > ask /~alice/debian
            C: NOOP
            C: PASV
            C: STOR a.dsc
            ! hang up
            < valid
            S: 250 …
            S: 200 …
            > listen
            < listening
            S: 227 …
            S: 150 …
            > receive /~alice/debian/a.dsc
            > stop receiving
            < aborted
            S: 426 …
            > close
            """)
    }

    @Test func whoeverHangsUpWithNothingToWaitForIsGone() throws {
        var transcript = Transcript()
        try transcript.run(
            """
            S: 220 …
            ! hang up
            > close
            ! hang up
            """)
    }

    @Test func aSessionThatTakesTooLongLosesItsTransfer() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.receiving + """
                ! expire
                > stop receiving
                C: NOOP
                < aborted
                S: 426 …
                S: 421 The session took too long. What was received is kept; send the rest later.
                > close
                """)
    }

    @Test func aVerdictIsWaitedForEvenThen() throws {
        var transcript = Transcript()
        try transcript.run(
            Self.inTarget + """
                C: PASV
                > listen
                < listening
                S: 227 …
                C: STOR a.changes
                S: 150 …
                > receive /~alice/debian/a.changes
                < stored
                > judge /~alice/debian/a.changes
                ! expire
                < taken Accepted.
                S: 226 Accepted.
                S: 421 …
                > close
                """)
    }

    @Test func whoeverDoesNotLogInGoes() throws {
        var transcript = Transcript()
        try transcript.run(
            """
            S: 220 …
            C: FEAT
            S: 211-…
            S:  EPSV
            S:  MDTM
            S:  MFMT
            S:  MLST …
            S:  PASV
            S:  REST …
            S:  SIZE
            S:  UTF8
            S: 211 End
            ! login
            S: 421 You did not log in; goodbye.
            > close
            """)
        var other = Transcript()
        try other.run(Self.login + "! login\nC: NOOP\nS: 200 Fine.")
    }

    @Test func withoutRoomAClientIsTurnedAwayAtOnce() throws {
        var transcript = Transcript(refusing: .full)
        try transcript.run("S: 421 Too many sessions at the moment; try again later.\n> close\nC: USER anonymous")
    }

    @Test(arguments: [
        "CWD x", "PWD", "PASV", "EPSV", "STOR a", "MKD x", "CDUP", "RMD x", "PORT 127,0,0,1,4,1",
        "EPRT |1|127.0.0.1|1025|",
        "APPE a", "STOU", "REST 1", "LIST", "NLST", "MLSD", "MLST", "SIZE a", "MDTM a", "MFMT 20261120225512 a",
        "DELE a",
        "RNFR a", "RNTO a", "STAT", "STAT a", "REIN",
    ])
    func nothingIsReachedWithoutLogin(_ command: String) throws {
        var transcript = Transcript()
        try transcript.run("S: 220 …\nC: \(command)\nS: 530 Log in first, for example with USER anonymous.")
    }

    @Test(arguments: [
        ("", "500 Not a"), ("XYZZY \u{1B}[31m", "501 "), ("NOTHING here", "500 Not a"), ("STOR", "450 Not a file name"),
        ("STOR ../a.dsc", "450 \"..\" is not taken"), ("STOR a/", "450 Not a file name"), ("STOR a\u{7}", "501 "),
        ("TYPE E", "504 "), ("TYPE A", "200 "), ("type i", "200 "), ("MODE B", "504 "), ("MODE S", "200 "),
        ("STRU F", "200 "), ("STRU R", "504 "), ("PORT 127,0,0,1,4,1", "502 Active mode is off"),
        ("EPRT |1|127.0.0.1|1025|", "502 Active mode is off"),
        ("REST 100", "350 "), ("REST -1", "501 "), ("REST x", "501 "), ("ACCT x", "202 "), ("RETR a", "502 RETR"),
        ("CCC", "502 "),
        ("RNTO a", "503 "), ("SITE HELP", "214 "), ("SITE CHMOD 600 a", "502 SITE"), ("MFMT 20261399000000 a", "501 "),
        ("SIZE", "550 "), ("DELE ../a", "550 "), ("RMD ..", "550 "), ("MLSD", "425 "), ("OPTS MLST", "200 MLST OPTS "),
        ("OPTS MLST type;x;size;", "200 MLST OPTS type;size;"), ("OPTS x", "501 "), ("ABOR", "226 "),
        ("EPSV 2", "522 "), ("EPSV x", "522 "), ("EPSV ALL", "200 "), ("PASS x", "230 "), ("SYST", "215 UNIX"),
        ("CWD ~<launchpad-id>/ubuntu", "550 The upload profile has a placeholder"), ("CWD a\u{0}b", "501 "),
    ])
    func answers(_ command: String, _ said: String) throws {
        var transcript = Transcript()
        try transcript.run(Self.login + "C: \(command)\nS: \(said)…")
    }

    @Test func anIPv6SessionHasToUseEPSV() throws {
        var transcript = Transcript(passiveAddress: nil)
        try transcript.run(
            Self.login + """
                C: PASV
                S: 425 This connection is IPv6; use EPSV.
                C: EPSV 1
                S: 522 Network protocol not supported, use (2)
                C: EPSV 2
                > listen
                < deaf
                S: 425 No port …
                """)
    }

    /// Whatever bytes come, replies are printable lines and repeat nothing raw.
    @Test func nothingIsEchoedRaw() {
        for verb in [
            "", "CWD ", "STOR ", "USER ", "MKD ", "EPSV ", "OPTS ", "OPTS MLST ", "TYPE ", "REST ", "EPRT ", "MFMT ",
            "DELE ",
            "RNTO ", "SITE ",
        ] {
            for byte in UInt8.min...UInt8.max {
                var session = FTPSession(.init(service: "x", session: "S1", passiveAddress: nil))
                _ = session.receive(.text(Array("USER a".utf8)))
                for case .send(let reply) in session.receive(.text(Array(verb.utf8) + [byte] + Array("marker".utf8))) {
                    #expect(!reply.serialized.contains("marker"))
                }
            }
        }
    }
}
