internal import FTPProtocol
internal import Testing

/// What a client may do with the files of its session.
@Suite struct FTPFilesTests {
    @Test func aPathInTheNameMeansTheSameAsCWDAndSTOR() throws {
        var transcript = Transcript()
        try transcript.run(
            FTPSessionTests.login + """
                C: EPSV
                > listen
                < listening
                S: 229 …
                C: STOR ~alice/debian/a.dsc
                > ask /~alice/debian
                < valid
                S: 150 Send it.
                > receive /~alice/debian/a.dsc
                < stored
                S: 226 Received.
                C: PWD
                S: 257 "/"
                C: STOR /~bob/debian/a.dsc
                > ask /~bob/debian
                < refused There is no person "bob".
                S: 450 There is no person "bob".
                """)
    }

    @Test func afterARefusedFolderOnlyAWholePathHelps() throws {
        var transcript = Transcript()
        try transcript.run(
            FTPSessionTests.inTarget + """
                C: CWD /~bob
                > ask /~bob
                < refused No bob.
                S: 550 No bob.
                C: STOR tools/a.dsc
                S: 450 No bob.
                C: STOR ~alice/debian/a.dsc
                > ask /~alice/debian
                < valid
                S: 425 PASV or EPSV comes first.
                """)
    }

    @Test func aBrokenTransferGoesOn() throws {
        var transcript = Transcript()
        try transcript.run(
            FTPSessionTests.receiving + """
                C: STAT
                S: 211 A transfer is under way.
                < cut
                S: 426 The data connection broke; what came is kept for REST in this session.
                C: SIZE a.dsc
                > look /~alice/debian/a.dsc
                < entry a.dsc 100
                S: 213 100
                C: PASV
                > listen
                < listening
                S: 227 …
                C: REST 100
                S: 350 The next transfer begins behind 100 bytes.
                C: STOR a.dsc
                S: 150 Send it.
                > receive /~alice/debian/a.dsc from 100
                < nothing there
                S: 450 Of this file 5 bytes are here; REST cannot go beyond.
                C: PASV
                > listen
                < listening
                S: 227 …
                C: APPE a.dsc
                S: 150 Send it.
                > receive /~alice/debian/a.dsc at its end
                < stored
                S: 226 Received.
                """)
    }

    @Test func STOUMakesANameAndTellsIt() throws {
        var transcript = Transcript()
        try transcript.run(
            FTPSessionTests.inTarget + """
                C: EPSV
                > listen
                < listening
                S: 229 …
                C: STOU
                S: 150 FILE: stou-S1-1
                > receive /~alice/debian/stou-S1-1
                < stored
                S: 226 Received.
                """)
    }

    @Test func listings() throws {
        var transcript = Transcript()
        let passive = "C: PASV\n> listen\n< listening\nS: 227 …\n"
        let asking = "> look /~alice/debian\n< entries a.dsc 100|b.changes 5\n"
        try transcript.run(
            FTPSessionTests.inTarget + passive + "C: LIST -la\n" + asking + """
                S: 150 Here it comes.
                > send -rw-rw---- 1 upload upload          100 Nov 20  2026 a.dsc|-rw-rw---- 1 upload upload            5 Nov 20  2026 b.changes
                < sent
                S: 226 That is all.

                """ + passive + "C: NLST\n" + asking + """
                    S: 150 …
                    > send a.dsc|b.changes
                    < not-sent
                    S: 426 …

                    """ + passive + "C: MLSD\n" + asking + """
                    S: 150 …
                    > send type=file;size=100;modify=20261120225512; a.dsc|type=file;size=5;modify=20261120225512; b.changes
                    < sent
                    S: 226 …
                    C: LIST
                    S: 425 …
                    """)
    }

    @Test func anEmptyPlaceIsNoMistake() throws {
        var transcript = Transcript()
        try transcript.run(
            FTPSessionTests.inTarget + """
                C: PASV
                > listen
                < listening
                S: 227 …
                C: LIST
                > look /~alice/debian
                < not-found
                S: 150 …
                > send 
                < sent
                S: 226 …
                C: MLST
                > look /~alice/debian
                < not-found
                S: 250-Facts:
                S:  type=dir; .
                S: 250 End
                C: STAT x
                > look /~alice/debian/x or /~alice/debian/x
                < not-found
                S: 550 …
                """)
    }

    @Test func factsOverTheControlConnection() throws {
        var transcript = Transcript()
        try transcript.run(
            FTPSessionTests.inTarget + """
                C: MDTM a.dsc
                > look /~alice/debian/a.dsc
                < entry a.dsc 100
                S: 213 20261120225512
                C: OPTS MLST size;
                S: 200 MLST OPTS size;
                C: MLST a.dsc
                > look /~alice/debian/a.dsc or /~alice/debian/a.dsc
                < entry a.dsc 100
                S: 250-Facts:
                S:  size=100; a.dsc
                S: 250 End
                C: STAT a.dsc
                > look /~alice/debian/a.dsc or /~alice/debian/a.dsc
                < entry a.dsc 100
                S: 213-Files of this session:
                S:  -rw-rw---- 1 upload upload          100 Nov 20  2026 a.dsc
                S: 213 End
                C: STAT
                S: 211-packages.example.org, session S1
                S:  You are in /~alice/debian.
                S:  Files …
                S: 211 End
                """)
    }

    /// dupload with `queuedir` stores everything, the .changes too, and then moves it.
    @Test func renaming() throws {
        var transcript = Transcript()
        try transcript.run(
            FTPSessionTests.inTarget + """
                C: RNFR a.dsc
                > look /~alice/debian/a.dsc
                < entry a.dsc 100
                S: 350 RNTO gives the new name.
                C: RNTO /~alice/tools/a.dsc
                > ask /~alice/tools
                < valid
                > rename /~alice/debian/a.dsc to /~alice/tools/a.dsc
                < changed
                S: 250 Renamed.
                C: RNTO b.dsc
                S: 503 RNFR comes right before.
                C: RNFR a.dsc
                > look /~alice/debian/a.dsc
                < not-found
                S: 550 …
                C: RNFR a.dsc
                > look /~alice/debian/a.dsc
                < entry a.dsc 100
                S: 350 …
                C: NOOP
                S: 200 …
                C: RNTO b.dsc
                S: 503 …
                C: RNFR a.dsc
                > look /~alice/debian/a.dsc
                < entry a.dsc 100
                S: 350 …
                C: RNTO /queue/a.dsc
                > ask /queue
                < partial
                S: 450 /queue is not an upload target; ~owner/distribution/name is one, for example.
                """)
    }

    @Test func aFileThatBecomesAChangesGetsItsVerdict() throws {
        var transcript = Transcript()
        try transcript.run(
            FTPSessionTests.inTarget + """
                C: RNFR a.changes.tmp
                > look /~alice/debian/a.changes.tmp
                < entry a.changes.tmp 100
                S: 350 …
                C: RNTO a.changes
                > ask /~alice/debian
                < valid
                > rename /~alice/debian/a.changes.tmp to /~alice/debian/a.changes
                < changed
                > judge /~alice/debian/a.changes
                < taken Accepted.
                S: 250 Accepted.
                C: DELE a.changes
                S: 450 The verdict on this file was given; it is no longer yours to change.
                C: RNFR a.changes
                > look /~alice/debian/a.changes
                < entry a.changes 100
                S: 350 …
                C: RNTO b.changes
                S: 450 …
                C: MFMT 20261120225512 a.changes
                S: 450 …
                """)
    }

    /// After a 4xx lftp asks whether the file is there all the same, and would call that success.
    @Test func aRefusedFileIsNotThere() throws {
        var transcript = Transcript()
        let store =
            "C: PASV\n> listen\n< listening\nS: 227 …\nC: STOR a.changes\nS: 150 …\n> receive /~alice/debian/a.changes\n< stored\n> judge /~alice/debian/a.changes\n"
        try transcript.run(
            FTPSessionTests.inTarget + store + """
                < rejected No.
                S: 450 No.
                C: SIZE a.changes
                S: 550 The verdict on this file was against it.
                C: MDTM a.changes
                S: 550 …
                C: RNFR a.changes
                S: 550 …

                """ + store + """
                    < taken Yes.
                    S: 226 Yes.
                    C: SIZE a.changes
                    > look /~alice/debian/a.changes
                    < entry a.changes 5
                    S: 213 5
                    """)
    }

    @Test func removing() throws {
        var transcript = Transcript()
        try transcript.run(
            FTPSessionTests.inTarget + """
                C: DELE a.dsc
                > remove /~alice/debian/a.dsc
                < changed
                S: 250 Removed.
                C: RMD /~alice/debian
                > remove folder /~alice/debian
                < not-changed not empty
                S: 550 There are still files in it.
                C: XRMD sub
                > remove folder /~alice/debian/sub
                < changed
                S: 250 Nothing is left of it.
                """)
    }

    @Test func REINBeginsAnew() throws {
        var transcript = Transcript()
        try transcript.run(
            FTPSessionTests.inTarget + """
                C: REIN
                S: 220 …
                C: PWD
                S: 530 …
                C: USER x
                S: 230 …
                C: PWD
                S: 257 "/"
                """)
    }
}
