internal import ArchiveModel

extension Letter {
    /// A letter of each kind with everything in it: templates are tried with these at start.
    static var samples: [Letter] {
        let findings = [sampleFinding(.error), sampleFinding(.warning)]
        let verdicts = Verdict.Outcome.allCases.map { outcome in
            Content.verdict(sampleUpload(Verdict(outcome, findings: findings, waitsFor: ["Files that are missing."])))
        }
        let others = [
            sampleBuild.map(Content.buildFailed), .commands(sampleCommands(findings)),
            .failure(FailureReport(subject: "judging x.changes", cause: "No space left on device.", place: "held/1")),
        ].compactMap(\.self)
        guard let alice = MailAddress("alice@example.org") else { return [] }
        return (verdicts + others).map {
            Letter(to: alice, identity: "sample", content: $0, reason: "this is a sample")
        }
    }

    private static func sampleFinding(_ severity: Finding.Severity) -> Finding {
        Finding(
            .unreadable, "Something is wrong.", severity: severity, file: "hello_2.10-3.dsc", field: "Version",
            expected: "2.10-3", got: "2.10-2", remedy: "Mend it.")
    }

    private static func sampleUpload(_ verdict: Verdict) -> UploadReport {
        UploadReport(
            upload: 1, changesName: "hello_2.10-3_source.changes", verdict: verdict,
            files: [.init(name: "hello_2.10-3.dsc", size: 1183, isReused: true)], changes: "hello (2.10-3)",
            next: ["It is built."])
    }

    private static func sampleCommands(_ findings: [Finding]) -> CommandReport {
        let result = CommandReport.Result(
            paragraph: "Action: create-ppa", isDone: false, findings: findings, sentences: ["There is a PPA now."])
        return CommandReport(title: "alice.commands", isDryRun: true, findings: findings, results: [result])
    }

    private static var sampleBuild: BuildReport? {
        guard let archive = ArchiveReference("~alice/debian/tools"), let suite = SuiteName("bookworm") else {
            return nil
        }
        return BuildReport(
            build: 1, archive: archive, suite: suite, package: "hello", version: "2.10-3", architecture: "amd64",
            duration: 75, cause: "The build failed at stage build.", logTail: "make: *** [all] Error 1")
    }
}
