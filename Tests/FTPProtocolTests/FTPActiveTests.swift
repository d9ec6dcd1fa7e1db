internal import FTPProtocol
internal import Testing

/// PORT and EPRT, where the admin has switched them on.
@Suite struct FTPActiveTests {
    @Test(arguments: [
        ("PORT 192,0,2,7,195,81", "192.0.2.7"), ("EPRT |1|192.0.2.7|50001|", "192.0.2.7"),
        ("EPRT |1|192.0.2.7|50001|", "::ffff:192.0.2.7"), ("EPRT |2|2001:db8::7|50001|", "2001:db8:0:0::7"),
        ("EPRT !2!2001:DB8::7!50001!", "2001:db8::7"),
    ])
    func theDataConnectionGoesToTheClient(_ command: String, _ peer: String) throws {
        var transcript = Transcript(activePeer: peer)
        try transcript.run(
            FTPSessionTests.inTarget + """
                C: \(command)
                S: 200 Your port is noted.
                C: STOR a.dsc
                S: 150 …
                > receive /~alice/debian/a.dsc to port 50001
                < stored
                S: 226 …
                C: STOR a.dsc
                S: 425 PASV, EPSV, PORT or EPRT comes first.
                """)
    }

    /// RFC 2577, 3.
    @Test(arguments: [
        ("PORT 192,0,2,8,195,81", "504 That is not the address"), ("PORT 192,0,2,7,3,255", "504 Data connections go"),
        ("EPRT |1|192.0.2.8|50001|", "504 "), ("EPRT |1|192.0.2.7|80|", "504 "), ("EPRT |2|::1|50001|", "504 "),
        ("EPRT |3|192.0.2.7|50001|", "522 Network protocol not supported, use (1)"), ("EPRT", "501 "),
        ("EPRT |1|192.0.2.7|50001", "501 "), ("EPRT |1|::1|50001|", "501 "), ("EPRT |1|192.0.2.7|99999|", "501 "),
        ("PORT 192,0,2,7,195", "501 "), ("PORT 192,0,2,7,195,81,1", "501 "), ("PORT 192,0,2,256,195,81", "501 "),
        ("PORT", "501 "), ("PORT ,,,,,", "501 "), ("PORT 192,0,2,7,-1,81", "501 "),
    ])
    func theConnectionGoesNowhereElse(_ command: String, _ said: String) throws {
        var transcript = Transcript(activePeer: "192.0.2.7")
        try transcript.run(
            FTPSessionTests.inTarget + "C: \(command)\nS: \(said)…\nC: STOR a\nS: 425 …")
    }

    @Test func afterEPSVALLThereIsNoOtherWay() throws {
        var transcript = Transcript(activePeer: "192.0.2.7")
        try transcript.run(
            FTPSessionTests.inTarget + """
                C: EPSV ALL
                S: 200 …
                C: PASV
                S: 503 You said EPSV ALL; only EPSV is left.
                C: PORT 192,0,2,7,195,81
                S: 503 …
                C: EPRT |1|192.0.2.7|50001|
                S: 503 …
                C: EPSV
                > listen
                < listening
                S: 229 …
                """)
    }

    @Test func FEATNamesEPRTOnlyHere() throws {
        var transcript = Transcript(activePeer: "192.0.2.7")
        try transcript.run(
            """
            S: 220 …
            C: FEAT
            S: 211-Extensions:
            S:  EPRT
            S:  EPSV
            S:  MDTM
            S:  MFMT
            S:  MLST …
            S:  PASV
            S:  REST …
            S:  SIZE
            S:  UTF8
            S: 211 End
            """)
    }
}
