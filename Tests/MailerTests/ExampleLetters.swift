import ArchiveModel
import Testing

@testable import Mailer

/// The letters the tests write.
enum ExampleLetters {
    static var configuration: MailerConfiguration {
        get throws {
            MailerConfiguration(
                host: "ppa.example.org", from: try #require(MailAddress("Slipway <slipway@ppa.example.org>")),
                publicURL: "https://ppa.example.org")
        }
    }

    static func letter(
        _ content: Letter.Content, identity: String = "upload-17-verdict",
        answers: String? = nil, reason: String = "you signed the upload"
    ) throws -> Letter {
        Letter(
            to: try #require(MailAddress("Alice Liddell <alice@example.org>")), identity: identity,
            answers: answers, content: content, reason: reason)
    }

    static func verdict(
        _ outcome: Verdict.Outcome, findings: [Finding] = [], waitsFor: [String] = []
    ) throws -> Verdict {
        Verdict(
            outcome, findings: findings, archive: ArchiveReference("~alice/debian/tools"),
            suite: SuiteName("bookworm"), package: "hello", version: "2.10-3", waitsFor: waitsFor)
    }

    static func upload(_ verdict: Verdict, next: [String] = []) -> UploadReport {
        UploadReport(
            upload: 17, changesName: "hello_2.10-3_source.changes", verdict: verdict,
            files: [
                .init(name: "hello_2.10-3.dsc", size: 1183, state: .accepted),
                .init(name: "hello_2.10.orig.tar.gz", size: 725_946, isReused: true, state: .here),
            ],
            changes: "\nhello (2.10-3) bookworm; urgency=medium\n\n  * Say <hello> & \"goodbye\".\n", next: next)
    }

    static let mistake = Finding(
        .versionNotNewer,
        "Version is \"2.10-3\", and bookworm has 2.10-4 already; an archive never goes back, as apt would not either.",
        file: "hello_2.10-3.dsc", field: "Version", expected: "above 2.10-4", got: "2.10-3",
        remedy: "Raise the version with dch and build the source again.")
    static let doubt = Finding(.suiteByPath, "The path names bookworm, Distribution sid.", severity: .warning)
}
