import Testing

@testable import MailFormat

/// Reports of mail servers, as they write them.
struct BounceReportTests {
    private func report(action: String = "failed", more: String = "") -> String {
        """
        Return-Path: <>
        From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
        To: slipway+17.0123456789abcdef@ppa.example.org
        Subject: Undelivered Mail Returned to Sender
        Message-Id: <20261121.ABC@mail.example.org>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="XX"

        --XX
        Content-Type: text/plain

        I'm sorry.

        --XX
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.example.org
        X-Postfix-Sender: rfc822; slipway@ppa.example.org

        Final-Recipient: rfc822; alice@example.org
        Action: \(action)
        Status: 5.1.1
        \(more)
        --XX
        Content-Type: text/rfc822-headers

        Subject: hello
        Message-Id: <upload-17-accepted@ppa.example.org>

        --XX--

        """
    }

    private func parsed(_ text: String) throws -> BounceReport? { try BounceReport(parsing: Array(text.utf8)) }

    @Test(arguments: ["\n", "\r\n"]) func aReportTellsWhichMailAndWhy(_ lineEnd: String) throws {
        let text = report(more: "Diagnostic-Code: smtp; 550 5.1.1 <alice@example.org>:\n    User unknown\n")
        let bounce = try #require(try parsed(text.replacing("\n", with: lineEnd)))
        #expect(bounce.isFinal)
        #expect(bounce.cause == "550 5.1.1 <alice@example.org>: User unknown")
        #expect(
            bounce.messageIDs.map(\.text) == ["20261121.ABC@mail.example.org", "upload-17-accepted@ppa.example.org"])
    }

    @Test func withoutADiagnosisTheStatusIsTold() throws {
        #expect(try parsed(report())?.cause == "status 5.1.1")
    }

    @Test func whatIsLateIsNotFinal() throws {
        #expect(try parsed(report(action: "delayed"))?.isFinal == false)
    }

    @Test(arguments: ["delivered", "relayed", "expanded", ""]) func whatArrivedIsNoBounce(_ action: String) throws {
        #expect(try parsed(report(action: action)) == nil)
    }

    @Test func otherMailsAreNoReports() throws {
        #expect(try parsed("Return-Path: <>\nSubject: s\n\nText\n") == nil)
        #expect(try parsed(report().replacing("message/delivery-status", with: "text/plain")) == nil)
        #expect(throws: MailMistake.self) { try parsed(String(repeating: "X: y\n", count: 2000)) }
    }
}
