internal import FTPProtocol
internal import Testing

/// TLS as the session sees it: RFC 4217, without any TLS.
@Suite struct ProtectionTests {
    static let encrypted = """
        S: 220 …
        C: AUTH TLS
        S: 234 Begin with the handshake.
        > start TLS
        ! secured

        """
    static let login = "C: USER a\nS: 230 …\nC: CWD ~alice/debian\n> ask /~alice/debian\n< valid\nS: 250 …\n"

    @Test func protectsControlAndData() throws {
        var transcript = Transcript(protection: .init(isOffered: true))
        try transcript.run(
            Self.encrypted + """
                C: PBSZ 0
                S: 200 PBSZ=0
                C: PROT P
                > encrypt data
                S: 200 Data connections are encrypted from now on.
                C: PROT C
                > do not encrypt data
                S: 200 Data connections are in clear from now on.
                """)
    }

    @Test func whatComesBeforeTheHandshakeIsDropped() throws {
        var transcript = Transcript(protection: .init(isOffered: true))
        try transcript.run(
            """
            S: 220 …
            C: AUTH TLS
            S: 234 …
            > start TLS
            C: USER injected
            C: NOOP
            ! secured
            C: PWD
            S: 530 Log in first…
            """)
    }

    @Test func whatWaitsBehindAUTHIsDropped() throws {
        var transcript = Transcript(protection: .init(isOffered: true))
        try transcript.run(
            """
            S: 220 …
            C: USER a
            S: 230 …
            C: CWD ~alice/debian
            > ask /~alice/debian
            C: AUTH TLS
            C: USER injected
            C: STOR injected
            < valid
            S: 250 …
            S: 234 …
            > start TLS
            ! secured
            C: PWD
            S: 530 Log in first…
            """)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let before: String
        let command: String
        let reply: String
        var testDescription: String { "\(command): \(reply)" }
    }

    @Test(arguments: [
        Row(before: "S: 220 …\n", command: "AUTH SSL", reply: "504 Only AUTH TLS is offered."),
        Row(before: "S: 220 …\n", command: "AUTH", reply: "504 …"),
        Row(before: "S: 220 …\n", command: "PBSZ 0", reply: "503 AUTH TLS comes first."),
        Row(before: "S: 220 …\n", command: "PROT P", reply: "503 AUTH TLS comes first."),
        Row(before: "S: 220 …\n", command: "CCC", reply: "533 …"),
        Row(before: "S: 220 …\n", command: "ADAT abc", reply: "503 …"),
        Row(before: encrypted, command: "AUTH TLS", reply: "503 The connection is encrypted already."),
        Row(before: encrypted, command: "PROT P", reply: "503 PBSZ 0 comes first."),
        Row(before: encrypted, command: "PBSZ 16384", reply: "200 PBSZ=0"),
        Row(before: encrypted, command: "PBSZ x", reply: "501 …"),
        Row(before: encrypted, command: "CCC", reply: "534 The connection stays encrypted."),
        Row(before: encrypted, command: "ADAT abc", reply: "503 …"),
        Row(before: encrypted + "C: PBSZ 0\nS: 200 …\n", command: "PROT S", reply: "536 …"),
        Row(before: encrypted + "C: PBSZ 0\nS: 200 …\n", command: "PROT E", reply: "536 …"),
        Row(before: encrypted + "C: PBSZ 0\nS: 200 …\n", command: "PROT x", reply: "504 …"),
    ])
    func answers(_ row: Row) throws {
        var transcript = Transcript(protection: .init(isOffered: true))
        try transcript.run(row.before + "C: \(row.command)\nS: \(row.reply)")
    }

    @Test(arguments: ["AUTH TLS-C", "auth tls"]) func hasOtherNames(_ command: String) throws {
        var transcript = Transcript(protection: .init(isOffered: true))
        try transcript.run("S: 220 …\nC: \(command)\nS: 234 …\n> start TLS")
    }

    @Test(arguments: ["AUTH", "PBSZ", "PROT", "CCC", "ADAT"]) func isRefusedWithoutCertificate(_ verb: String) throws {
        var transcript = Transcript()
        try transcript.run("S: 220 …\nC: \(verb) x\nS: 502 \(verb) is not offered…")
    }

    @Test func isListedWhereItIsOffered() {
        for isOffered in [true, false] {
            var session = FTPSession(
                .init(service: "x", session: "S1", passiveAddress: nil, protection: .init(isOffered: isOffered)))
            guard case .send(let reply) = session.receive(.text(Array("FEAT".utf8))).first else { return }
            #expect(reply.lines.contains(" AUTH TLS") == isOffered)
            #expect(reply.lines.contains(" PROT") == isOffered)
            #expect(reply.lines.last == "End")
        }
    }

    @Test func nothingIsTakenInClearWhereTLSIsRequired() throws {
        var transcript = Transcript(protection: .init(isOffered: true, isRequired: true))
        try transcript.run(
            """
            S: 220 …
            C: USER a
            S: 530 Uploads are taken over encrypted connections only: AUTH TLS first (dput-ng: method ftps).
            C: PASS b
            S: 530 …
            C: STOR a.dsc
            S: 530 Log in first…
            C: AUTH TLS
            S: 234 …
            > start TLS
            ! secured

            """ + Self.login + """
                C: STOR a.dsc
                S: 450 Files are taken over encrypted data connections only: PROT P first.
                C: LIST
                S: 450 …
                C: PBSZ 0
                S: 200 …
                C: PROT C
                S: 534 Data connections are encrypted here: PROT P.
                C: PROT P
                > encrypt data
                S: 200 …
                C: EPSV
                > listen
                < listening
                S: 229 …
                C: STOR a.dsc
                S: 150 …
                > receive /~alice/debian/a.dsc
                < stored
                S: 226 …
                """)
    }

    @Test func aConnectionThatBeganWithTheHandshakeNeedsNoAUTH() throws {
        var transcript = Transcript(protection: .init(isOffered: true, isRequired: true, isEncrypted: true))
        try transcript.run("S: 220 …\n" + Self.login + "C: AUTH TLS\nS: 503 …\nC: PBSZ 0\nS: 200 …")
    }
}
