internal import ArchiveModel
internal import DebianControl

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
            sampleAnnouncement.map(Content.announcement), .digest(sampleDigest), sampleQuota.map(Content.quota),
            sampleNewer(.tell), sampleNewer(.delete), sampleNewer(.update), sampleNotice,
        ].compactMap(\.self)
        guard let alice = MailAddress("alice@example.org") else { return [] }
        let letters = (verdicts + others).map {
            Letter(to: alice, identity: "sample", content: $0, reason: "this is a sample")
        }
        let collected = Letter(to: alice, identity: "sample", content: .collected(letters), reason: "this is a sample")
        return letters + [collected]
    }

    private static var sampleAnnouncement: Announcement? {
        OwnerName("alice").map { Announcement(upload: sampleUpload(Verdict(.accepted)), uploader: $0) }
    }

    private static var sampleQuota: QuotaReport? {
        ArchiveReference("~alice/debian/tools").map {
            QuotaReport(archive: $0, used: 8 << 30, limit: 8 << 30, last: "hello 2.10-3")
        }
    }

    private static var sampleNotice: Content? {
        ArchiveReference("~alice/debian/tools").map {
            .notice(
                Notice(archive: $0, title: "~bob/debian/base was deleted", sentences: ["Builds wait.", "Change it."]))
        }
    }

    private static func sampleNewer(_ action: NewerInBaseAction) -> Content? {
        guard let archive = ArchiveReference("~alice/debian/tools"), let suite = SuiteName("bookworm"),
            let name = PackageName("hello"), let version = PackageVersion("2.10-2"), let base = PackageVersion("2.10-3")
        else { return nil }
        return .newerInBase(
            NewerInBase(
                archive: archive, action: action, packages: [.init(name, in: suite, version, base: base)]))
    }

    private static var sampleDigest: DigestReport {
        DigestReport(
            since: 0, until: 86_400, counts: [.init("accepted", 3)], ignored: [.init("unknown-key", 2)],
            failures: ["Mail 3 to alice@example.org was given up: No."],
            queues: [.init("uploads that wait", length: 1, age: 60)],
            disks: [.init(path: "/var/lib/slipway", free: 1 << 30, floor: 2 << 30)], rooms: sampleRooms)
    }

    private static var sampleRooms: DigestReport.Rooms {
        let rooms = ArchiveReference("~alice/debian/tools").map {
            [DigestReport.ArchiveRoom(archive: $0, used: 7 << 30, limit: 8 << 30)]
        }
        return DigestReport.Rooms(nearlyFull: rooms ?? [], moreNearlyFull: 3, largest: rooms ?? [])
    }

    private static func sampleFinding(_ severity: Finding.Severity) -> Finding {
        Finding(
            .unreadable, "Something is wrong.", severity: severity, file: "hello_2.10-3.dsc", field: "Version",
            expected: "2.10-3", got: "2.10-2", remedy: "Mend it.")
    }

    private static func sampleUpload(_ verdict: Verdict) -> UploadReport {
        UploadReport(
            upload: 1, changesName: "hello_2.10-3_source.changes", verdict: verdict,
            files: [.init(name: "hello_2.10-3.dsc", size: 1183, isReused: true, state: .here)],
            changes: "hello (2.10-3)",
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
