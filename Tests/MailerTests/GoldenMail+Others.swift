import ArchiveModel
import DebianControl
import Testing

extension GoldenMail {
    static var buildFailed: GoldenMail {
        get throws {
            let report = BuildReport(
                build: 5, archive: try #require(ArchiveReference("~alice/debian/tools")),
                suite: try #require(SuiteName("bookworm")), package: "hello", version: "2.10-3", architecture: "amd64",
                duration: 200, cause: "The build failed at stage build.",
                logTail:
                    "make: *** [all] Error 1\n\ndpkg-buildpackage: error: make build subprocess returned exit status 2\n"
            )
            return GoldenMail(
                "build failed", try ExampleLetters.letter(.buildFailed(report)),
                """
                Date: Mon, 30 Nov 2026 00:53:20 +0000
                From: Slipway <slipway@ppa.example.org>
                Subject: [~alice/debian/tools/bookworm] hello 2.10-3 on amd64 (Build failed)
                To: Alice Liddell <alice@example.org>
                Message-Id: <upload-17-verdict@ppa.example.org>
                In-Reply-To: <source-~alice/debian/tools_hello_2.10-3@ppa.example.org>
                References: <source-~alice/debian/tools_hello_2.10-3@ppa.example.org>
                Auto-Submitted: auto-generated
                Precedence: bulk
                Debian-Source: hello
                Debian-Version: 2.10-3
                Debian-Suite: bookworm
                Debian-Architecture: amd64
                X-Slipway-Archive: ~alice/debian/tools
                X-Slipway-Build: 5
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                The build failed at stage build.

                    package       hello 2.10-3
                    architecture  amd64
                    archive       ~alice/debian/tools, suite bookworm
                    time taken    3 min 20 s

                The log ends with:

                    make: *** [all] Error 1

                    dpkg-buildpackage: error: make build subprocess returned exit status 2

                The page of this build: https://ppa.example.org/builds/5
                The whole log: https://ppa.example.org/builds/5/log

                --\u{20}
                You get this mail from ppa.example.org because you signed the upload.
                https://ppa.example.org/

                """)
        }
    }

    static var announcement: GoldenMail {
        get throws {
            let upload = ExampleLetters.upload(
                try ExampleLetters.verdict(.accepted, findings: [ExampleLetters.doubt]), next: ["It is built."])
            let announcement = Announcement(upload: upload, uploader: try #require(OwnerName("alice")))
            return GoldenMail(
                "announcement",
                try ExampleLetters.letter(
                    .announcement(announcement), identity: "upload-17-announced", reason: "you read the list"),
                """
                Date: Mon, 30 Nov 2026 00:53:20 +0000
                From: Slipway <slipway@ppa.example.org>
                Subject: Accepted hello 2.10-3 into ~alice/debian/tools/bookworm
                To: Alice Liddell <alice@example.org>
                Message-Id: <upload-17-announced@ppa.example.org>
                In-Reply-To: <source-~alice/debian/tools_hello_2.10-3@ppa.example.org>
                References: <source-~alice/debian/tools_hello_2.10-3@ppa.example.org>
                Auto-Submitted: auto-generated
                Precedence: bulk
                List-Id: <tools.debian.alice.ppa.example.org>
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

                hello 2.10-3 was accepted into ~alice/debian/tools, suite bookworm, from
                alice.

                Changes:

                    hello (2.10-3) bookworm; urgency=medium

                      * Say <hello> & "goodbye".

                Files:

                    hello_2.10-3.dsc          1183 bytes  accepted
                    hello_2.10.orig.tar.gz  725946 bytes  already here

                The page of this upload: https://ppa.example.org/uploads/17

                --\u{20}
                You get this mail from ppa.example.org because you read the list.
                https://ppa.example.org/

                """)
        }
    }

    static var quota: GoldenMail {
        get throws {
            let report = QuotaReport(
                archive: try #require(ArchiveReference("~alice/debian/tools")), used: 7 << 30, limit: 15 << 29,
                last: "hello 2.10-3")
            return GoldenMail(
                "quota",
                try ExampleLetters.letter(.quota(report), identity: "quota-1-2-3", reason: "it is yours to look after"),
                """
                Date: Mon, 30 Nov 2026 00:53:20 +0000
                From: Slipway <slipway@ppa.example.org>
                Subject: [~alice/debian/tools] Only 512 MiB are free
                To: Alice Liddell <alice@example.org>
                Message-Id: <quota-1-2-3@ppa.example.org>
                Auto-Submitted: auto-generated
                Precedence: bulk
                X-Slipway-Archive: ~alice/debian/tools
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                ~alice/debian/tools has 7.0 GiB of its 7.5 GiB in its pool, since hello
                2.10-3 was accepted. What does not fit any more is refused: uploads, and
                results of builds.

                What makes room: remove packages that nobody needs any more
                (remove-packages); their files leave the pool about a day later. The admin
                can give the archive more.

                The page of the archive: https://ppa.example.org/~alice/debian/tools

                --\u{20}
                You get this mail from ppa.example.org because it is yours to look after.
                https://ppa.example.org/

                """)
        }
    }

    static var commands: GoldenMail {
        get throws {
            let report = CommandReport(
                title: "alice.commands",
                results: [
                    .init(
                        paragraph: "Action: create-ppa\nPpa: ~alice/debian/tools", isDone: true,
                        sentences: ["There is an archive ~alice/debian/tools now."]),
                    .init(paragraph: "Action: delete-ppa", isDone: false, findings: [ExampleLetters.mistake]),
                ])
            return GoldenMail(
                "commands",
                try ExampleLetters.letter(
                    .commands(report), identity: "commands-4", answers: "<abc@mail.example.org>",
                    reason: "you signed the commands"),
                """
                Date: Mon, 30 Nov 2026 00:53:20 +0000
                From: Slipway <slipway@ppa.example.org>
                Subject: [ppa.example.org] alice.commands (Not all done)
                To: Alice Liddell <alice@example.org>
                Message-Id: <commands-4@ppa.example.org>
                In-Reply-To: <abc@mail.example.org>
                References: <abc@mail.example.org>
                Auto-Submitted: auto-replied
                Precedence: bulk
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                1. Done:

                    Action: create-ppa
                    Ppa: ~alice/debian/tools

                - There is an archive ~alice/debian/tools now.

                2. Not done:

                    Action: delete-ppa

                - hello_2.10-3.dsc: Version is "2.10-3", and bookworm has 2.10-4 already; an
                  archive never goes back, as apt would not either. Raise the version with
                  dch and build the source again. [version-not-newer]

                --\u{20}
                You get this mail from ppa.example.org because you signed the commands.
                https://ppa.example.org/

                """)
        }
    }

    static var failure: GoldenMail {
        get throws {
            let report = FailureReport(
                subject: "judging hello_2.10-3_source.changes", cause: "No space left\non device", place: "landed/17")
            return GoldenMail(
                "failure",
                try ExampleLetters.letter(.failure(report), identity: "failure-1", reason: "you are the admin"),
                """
                Date: Mon, 30 Nov 2026 00:53:20 +0000
                From: Slipway <slipway@ppa.example.org>
                Subject: [ppa.example.org] judging hello_2.10-3_source.changes (Failed)
                To: Alice Liddell <alice@example.org>
                Message-Id: <failure-1@ppa.example.org>
                Auto-Submitted: auto-generated
                Precedence: bulk
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                This went wrong, and it is the service's to mend: judging
                hello_2.10-3_source.changes.

                    No space left
                    on device

                What is kept lies in landed/17.

                --\u{20}
                You get this mail from ppa.example.org because you are the admin.
                https://ppa.example.org/

                """)
        }
    }

    static var newerInBase: GoldenMail {
        get throws {
            let package = NewerInBase.Package(
                try #require(PackageName("hello")), in: try #require(SuiteName("bookworm")),
                try #require(PackageVersion("2.10-2+alice1")), base: try #require(PackageVersion("2.10-3")))
            let report = NewerInBase(
                archive: try #require(ArchiveReference("~alice/debian/tools")), action: .tell, packages: [package])
            return GoldenMail(
                "newer in the base",
                try ExampleLetters.letter(
                    .newerInBase(report), identity: "newer-in-base-3-1", reason: "~alice/debian/tools is yours"),
                """
                Date: Mon, 30 Nov 2026 00:53:20 +0000
                From: Slipway <slipway@ppa.example.org>
                Subject: [ppa.example.org] ~alice/debian/tools: 1 source is newer in the base
                To: Alice Liddell <alice@example.org>
                Message-Id: <newer-in-base-3-1@ppa.example.org>
                Auto-Submitted: auto-generated
                Precedence: bulk
                X-Slipway-Archive: ~alice/debian/tools
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                The base of ~alice/debian/tools has newer versions. Whoever installs these
                now gets the base's:

                    hello 2.10-2+alice1 in bookworm: the base has 2.10-3

                Upload a version above the base's to keep your changes, or remove them from
                the archive.

                    https://ppa.example.org/~alice/debian/tools

                --\u{20}
                You get this mail from ppa.example.org because ~alice/debian/tools is yours.
                https://ppa.example.org/

                """)
        }
    }

    static var notice: GoldenMail {
        get throws {
            let notice = Notice(
                archive: ArchiveReference("~alice/debian/tools"), title: "~bob/debian/base was deleted",
                sentences: ["~alice/debian/tools depends on it.", "Builds wait until it does not any more."])
            return GoldenMail(
                "notice",
                try ExampleLetters.letter(
                    .notice(notice), identity: "dependency-2-1", reason: "~alice/debian/tools is yours"),
                """
                Date: Mon, 30 Nov 2026 00:53:20 +0000
                From: Slipway <slipway@ppa.example.org>
                Subject: [~alice/debian/tools] ~bob/debian/base was deleted
                To: Alice Liddell <alice@example.org>
                Message-Id: <dependency-2-1@ppa.example.org>
                Auto-Submitted: auto-generated
                Precedence: bulk
                X-Slipway-Archive: ~alice/debian/tools
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                ~alice/debian/tools depends on it.

                Builds wait until it does not any more.

                The page of the archive: https://ppa.example.org/~alice/debian/tools

                --\u{20}
                You get this mail from ppa.example.org because ~alice/debian/tools is yours.
                https://ppa.example.org/

                """)
        }
    }
}
