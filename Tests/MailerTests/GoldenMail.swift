import ArchiveModel
import Testing

/// A letter and the mail it makes, to the byte.
struct GoldenMail: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let letter: Letter
    let mail: String

    init(_ name: String, _ letter: Letter, _ mail: String) {
        testDescription = name
        self.letter = letter
        self.mail = mail
    }

    /// Every row is queued at this time: Mon, 30 Nov 2026 00:53:20 +0000.
    static let date: Int64 = 1_796_000_000

    static var all: [GoldenMail] {
        get throws {
            [
                try accepted, try rejected, try refusedPath, try held, try buildFailed, try commands, try failure,
                try announcement, try quota, try newerInBase,
                try notice,
            ]
        }
    }

    private static var accepted: GoldenMail {
        get throws {
            let verdict = try ExampleLetters.verdict(.accepted, findings: [ExampleLetters.doubt])
            let report = ExampleLetters.upload(verdict, next: ["It is built for amd64 and i386.", "Then apt sees it."])
            return GoldenMail(
                "accepted", try ExampleLetters.letter(.verdict(report)),
                """
                Date: Mon, 30 Nov 2026 00:53:20 +0000
                From: Slipway <slipway@ppa.example.org>
                Subject: [~alice/debian/tools/bookworm] hello 2.10-3 (Accepted)
                To: Alice Liddell <alice@example.org>
                Message-Id: <upload-17-verdict@ppa.example.org>
                In-Reply-To: <source-~alice/debian/tools_hello_2.10-3@ppa.example.org>
                References: <source-~alice/debian/tools_hello_2.10-3@ppa.example.org>
                Auto-Submitted: auto-generated
                Precedence: bulk
                Debian-Changes: hello_2.10-3_source.changes
                Debian-Source: hello
                Debian-Version: 2.10-3
                Debian-Suite: bookworm
                Debian-Archive-Action: accept
                X-Slipway-Archive: ~alice/debian/tools
                X-Slipway-Upload: 17
                X-Slipway-Verdict: accepted
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                hello 2.10-3 was accepted into ~alice/debian/tools, suite bookworm.

                Warnings, which stop nothing:

                1. The path names bookworm, Distribution sid. [suite-by-path]

                Files:

                    hello_2.10-3.dsc          1183 bytes  accepted
                    hello_2.10.orig.tar.gz  725946 bytes  already here

                Changes:

                    hello (2.10-3) bookworm; urgency=medium

                      * Say <hello> & "goodbye".

                What happens next:

                - It is built for amd64 and i386.
                - Then apt sees it.

                The page of this upload: https://ppa.example.org/uploads/17

                --\u{20}
                You get this mail from ppa.example.org because you signed the upload.
                https://ppa.example.org/

                """)
        }
    }

    private static var rejected: GoldenMail {
        get throws {
            let findings = [ExampleLetters.mistake, ExampleLetters.mistake, ExampleLetters.doubt]
            let report = ExampleLetters.upload(
                try ExampleLetters.verdict(.rejected, findings: findings), next: ["The files are kept for 14 days."])
            return GoldenMail(
                "rejected", try ExampleLetters.letter(.verdict(report)),
                """
                Date: Mon, 30 Nov 2026 00:53:20 +0000
                From: Slipway <slipway@ppa.example.org>
                Subject: [~alice/debian/tools/bookworm] hello 2.10-3 (Rejected)
                To: Alice Liddell <alice@example.org>
                Message-Id: <upload-17-verdict@ppa.example.org>
                In-Reply-To: <source-~alice/debian/tools_hello_2.10-3@ppa.example.org>
                References: <source-~alice/debian/tools_hello_2.10-3@ppa.example.org>
                Auto-Submitted: auto-generated
                Precedence: bulk
                Debian-Changes: hello_2.10-3_source.changes
                Debian-Source: hello
                Debian-Version: 2.10-3
                Debian-Suite: bookworm
                Debian-Archive-Action: reject
                X-Slipway-Archive: ~alice/debian/tools
                X-Slipway-Upload: 17
                X-Slipway-Verdict: rejected
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                hello 2.10-3 was rejected for ~alice/debian/tools, suite bookworm; nothing
                of it was taken.

                What is wrong:

                1. hello_2.10-3.dsc: Version is "2.10-3", and bookworm has 2.10-4 already;
                   an archive never goes back, as apt would not either. Raise the version
                   with dch and build the source again. [version-not-newer]
                2. hello_2.10-3.dsc: Version is "2.10-3", and bookworm has 2.10-4 already;
                   an archive never goes back, as apt would not either. Raise the version
                   with dch and build the source again. [version-not-newer]

                Warnings, which stop nothing:

                1. The path names bookworm, Distribution sid. [suite-by-path]

                What happens next:

                - The files are kept for 14 days.

                Files:

                    hello_2.10-3.dsc          1183 bytes  accepted
                    hello_2.10.orig.tar.gz  725946 bytes  already here

                Changes:

                    hello (2.10-3) bookworm; urgency=medium

                      * Say <hello> & "goodbye".

                The page of this upload: https://ppa.example.org/uploads/17

                --\u{20}
                You get this mail from ppa.example.org because you signed the upload.
                https://ppa.example.org/

                """)
        }
    }

    /// Refused before the archive and the package were known.
    private static var refusedPath: GoldenMail {
        get throws {
            let finding = Finding(.noArchive, "There is no archive ~alice/debian/nil.")
            let report = UploadReport(
                upload: 18, changesName: "hello_2.10-3_source.changes", verdict: Verdict(.rejected, findings: [finding])
            )
            return GoldenMail(
                "refused path", try ExampleLetters.letter(.verdict(report)),
                """
                Date: Mon, 30 Nov 2026 00:53:20 +0000
                From: Slipway <slipway@ppa.example.org>
                Subject: [ppa.example.org] hello_2.10-3_source.changes (Rejected)
                To: Alice Liddell <alice@example.org>
                Message-Id: <upload-17-verdict@ppa.example.org>
                Auto-Submitted: auto-generated
                Precedence: bulk
                Debian-Changes: hello_2.10-3_source.changes
                Debian-Archive-Action: reject
                X-Slipway-Upload: 18
                X-Slipway-Verdict: rejected
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                hello_2.10-3_source.changes was rejected; nothing of it was taken.

                What is wrong:

                1. There is no archive ~alice/debian/nil. [no-archive]

                The page of this upload: https://ppa.example.org/uploads/18

                --\u{20}
                You get this mail from ppa.example.org because you signed the upload.
                https://ppa.example.org/

                """)
        }
    }

    private static var held: GoldenMail {
        get throws {
            let verdict = try ExampleLetters.verdict(.held, waitsFor: ["hello_2.10.orig.tar.gz, 725946 bytes."])
            let report = UploadReport(upload: 17, changesName: "hello_2.10-3_source.changes", verdict: verdict)
            return GoldenMail(
                "held", try ExampleLetters.letter(.verdict(report)),
                """
                Date: Mon, 30 Nov 2026 00:53:20 +0000
                From: Slipway <slipway@ppa.example.org>
                Subject: [~alice/debian/tools/bookworm] hello 2.10-3 (Held)
                To: Alice Liddell <alice@example.org>
                Message-Id: <upload-17-verdict@ppa.example.org>
                In-Reply-To: <source-~alice/debian/tools_hello_2.10-3@ppa.example.org>
                References: <source-~alice/debian/tools_hello_2.10-3@ppa.example.org>
                Auto-Submitted: auto-generated
                Precedence: bulk
                Debian-Changes: hello_2.10-3_source.changes
                Debian-Source: hello
                Debian-Version: 2.10-3
                Debian-Suite: bookworm
                Debian-Archive-Action: hold
                X-Slipway-Archive: ~alice/debian/tools
                X-Slipway-Upload: 17
                X-Slipway-Verdict: held
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                hello 2.10-3 has arrived for ~alice/debian/tools, suite bookworm, and is not
                decided yet.

                It waits for:

                - hello_2.10.orig.tar.gz, 725946 bytes.

                The page of this upload: https://ppa.example.org/uploads/17

                --\u{20}
                You get this mail from ppa.example.org because you signed the upload.
                https://ppa.example.org/

                """)
        }
    }
}
