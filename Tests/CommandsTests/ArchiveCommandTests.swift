import ArchiveModel
import Catalog
import DebianControl
import Testing

/// Commands about what an archive has: whose they are, and what they leave.
@Suite struct ArchiveCommandTests {
    static let bobKey = Fingerprint(String(repeating: "B", count: 40))!

    /// alice's tools with `hello 1.0` and its wanted build 1.
    private static func fixture() async throws -> CommandFixture {
        let fixture = try await CommandFixture()
        try await fixture.accept("hello", "1.0")
        return fixture
    }

    struct Row: CustomTestStringConvertible {
        let text: String
        let codes: [String]
        var isBob = false
        var isAdmin = false
        var testDescription: String { text + (isBob ? " by bob" : "") + (isAdmin ? ", an admin" : "") }

        init(_ text: String, _ codes: String..., isBob: Bool = false, isAdmin: Bool = false) {
            (self.text, self.codes, self.isBob, self.isAdmin) = (text, codes, isBob, isAdmin)
        }
    }

    private static func action(_ fields: String) -> String { "Archive: ppa.example.org\n\nAction: \(fields)\n" }
    private static let copy = "copy-packages\nFrom: ~alice/debian/tools\nFrom-Suite: bookworm\n"
    private static let change = "change-ppa\nPpa: ~alice/debian/tools\n"
    private static let rebuild = "rebuild\nIn: ~alice/debian/tools\nSources: hello\n"
    private static let depends = "set-dependencies\nPpa: ~alice/debian/tools\n"
    private static let breaks = "set-breaks\nPpa: ~alice/debian/tools\n"
    private static let grant = "grant\nIn: ~alice/debian/tools\nTo: bob\nReason: helps\n"

    static let rows: [Row] = [
        Row("cancel-build\nBuild: 1\nReason: a slip"),
        Row("cancel-build\nBuild: 1", "no-right", isBob: true),
        Row("cancel-build\nBuild: 1", isBob: true, isAdmin: true),
        Row("cancel-build\nBuild: 2", "no-build"),
        Row("cancel-build\nBuild: one", "bad-value"),
        Row("retry-build\nBuild: 1", "no-build"),
        Row("rescore-build\nBuild: 1\nScore: 5", "no-right"),
        Row("rescore-build\nBuild: 1\nScore: -5", isAdmin: true),
        Row("rescore-build\nBuild: 1", "missing-field", isAdmin: true),
        Row("rescore-build\nBuild: 1\nScore: 10001", "bad-value", isAdmin: true),
        Row("cancel-build\nBuild: 1\nScore: 5", "unknown-field"),
        Row("set-uploaders\nIn: ~alice/debian/tools\nUploaders: bob nobody noone", "no-person", "no-person"),
        Row("set-uploaders\nIn: ~alice/debian/tools\nUploaders: bob", "no-right", isBob: true),
        Row("set-uploaders\nIn: ~alice/debian/tools\nUploaders: Owner"),
        Row(grant),
        Row(grant + "Sources: hello\nSuites: bookworm"),
        Row(grant, "no-right", isBob: true),
        Row(grant, isBob: true, isAdmin: true),
        Row(grant.replacing("To: bob", with: "To: nobody"), "no-person"),
        Row(grant.replacing("Reason: helps\n", with: ""), "missing-field"),
        Row(grant + "Suites: sid", "no-suite"),
        Row(grant.replacing("tools", with: "none"), "no-archive"),
        Row(grant.replacing("grant", with: "revoke"), "not-possible"),
        Row(grant + "Until: 2999-12-31"),
        Row(grant + "Until: 2001-01-31", "day-is-over"),
        Row(grant + "Until: 2027-02-29", "bad-value"),
        Row(grant + "Until: tomorrow", "bad-value"),
        Row(grant.replacing("grant", with: "revoke") + "Until: 2999-12-31", "unknown-field"),
        Row(change + "Description: new"),
        Row(change + "New: yes\nBinaries: no\nAnnounce: alice@example.org"),
        Row(change + "New: no\nBinaries: yes\nAnnounce: x@example.org", "no-right", "no-right", "no-right"),
        Row(change + "New: no\nBinaries: yes\nAnnounce: x@example.org", isAdmin: true),
        Row(change + "Announce: None"),
        Row(change, "missing-field"),
        Row(change + "New: maybe\nAnnounce: x", "bad-value", "bad-value"),
        Row(change + "Description: new", "no-right", isBob: true),
        Row(change.replacing("tools", with: "none") + "New: yes", "no-archive"),
        Row(depends + "Depends: ~bob/debian/x"),
        Row(depends + "Depends: none"),
        Row(depends + "Depends: ~bob/debian/x", isBob: true, isAdmin: true),
        Row(depends + "Depends: ~bob/debian/x", "no-right", isBob: true),
        Row(depends.replacing("tools", with: "none") + "Depends: ~bob/debian/x", "no-archive"),
        Row(depends + "Depends: ~bob/debian/x ~bob/debian/none ~alice/debian/tools", "no-archive", "related-to-itself"),
        Row(depends + "Depends: ~bob/debian/x ~bob/debian/x", "duplicate-word"),
        Row(depends + "Depends: debian", "bad-value"),
        Row(depends, "missing-field"),
        Row(depends + "Breaks: ~bob/debian/x", "missing-field", "unknown-field"),
        Row(breaks + "Breaks: ~bob/debian/x\nReason: both have libc"),
        Row(breaks + "Breaks: None"),
        Row(breaks + "Breaks: ~bob/debian/x", "no-right", isBob: true),
        Row(breaks + "Breaks: ~alice/debian/tools", "related-to-itself"),
        Row("transfer\nPpa: ~alice/debian/tools", "no-transfers"),
        Row("transfer\nPpa: ~alice/debian/tools\nSuites: sid", "no-suite"),
        Row("transfer\nPpa: ~alice/debian/none", "no-archive"),
        Row("transfer\nPpa: debian", "bad-value"),
        Row(rebuild + "Reason: libgreet2", "not-built"),
        Row(rebuild.replacing("hello", with: "*") + "Reason: libgreet2", "not-built"),
        Row(rebuild + "Reason: libgreet2", "no-right", isBob: true),
        Row(rebuild, "missing-field"),
        Row(rebuild + "Reason: a\n b", "bad-value"),
        Row(rebuild + "Reason: x\nArchitectures: all", "bad-value"),
        Row(rebuild.replacing("hello", with: "hello hello") + "Reason: x", "duplicate-word"),
        Row("take-down\nPpa: ~alice/debian/tools\nReason: x", "no-right"),
        Row("take-down\nPpa: ~alice/debian/tools", "missing-field", isAdmin: true),
        Row("take-down\nPpa: debian\nReason: x", "bad-value", isAdmin: true),
        Row("restore\nPpa: ~alice/debian/tools", "not-possible", isAdmin: true),
        Row("delete-ppa\nPpa: ~alice/debian/tools", "no-right", isBob: true),
        Row("delete-ppa\nPpa: ~alice/debian/none", "no-archive"),
        Row("delete-ppa\nPpa: ~alice/debian/tools"),
        Row("freeze-suite\nIn: ~alice/debian/tools\nSuites: bookworm"),
        Row("close-suite\nIn: ~alice/debian/tools\nSuites: bookworm", "no-right", isBob: true),
        Row("close-suite\nIn: ~alice/debian/tools\nSuites: bookworm", isBob: true, isAdmin: true),
        Row("open-suite\nIn: ~alice/debian/tools\nSuites: sid", "no-suite"),
        Row("open-suite\nIn: debian\nSuites: bookworm", "no-archive"),
        Row("revoke-key\nReason: lost\nKey: \(bobKey)", isBob: true),
        Row("revoke-key\nReason: lost\nKey: BBBB BBBB\(String(repeating: "b", count: 32))", isBob: true),
        Row("revoke-key\nReason: lost\nKey: BBBB", "bad-value", isBob: true),
        Row("revoke-key\nReason: lost\nKey: \(CommandFixture.key)", "no-right", isBob: true),
        Row("revoke-key\nReason: lost\nKey: \(String(repeating: "C", count: 40))", "no-right", isBob: true),
        Row("block-key\nReason: lost\nKey: \(bobKey)", "no-right", isBob: true),
        Row("block-key\nReason: lost\nKey: \(bobKey)", isAdmin: true),
        Row("block-key\nReason: lost\nKey: \(String(repeating: "C", count: 40))", "no-person", isAdmin: true),
        Row("unblock-key\nReason: lost\nKey: \(CommandFixture.key)", "no-right"),
        Row(copy + "To: ~bob/debian/x\nPackages: hello", isBob: true),
        Row(copy + "To: ~bob/debian/x\nPackages: *", isBob: true),
        Row(copy + "To: ~bob/debian/x\nPackages: hello", "no-right"),
        Row(copy + "To: ~bob/debian/x\nTo-Suite: sid\nPackages: hello", "no-suite", isBob: true),
        Row(copy + "To: ~bob/debian/none\nPackages: hello", "no-archive", isBob: true),
        Row(copy + "To: ~bob/debian/x\nPackages: hello, hello", "bad-value", isBob: true),
        Row(copy + "To: ~bob/debian/x\nPackages: hello\nBinaries: maybe", "bad-value", isBob: true),
        Row(copy + "To: ~bob/debian/x\nPackages: hello\nBinaries: yes", "not-built", isBob: true),
        Row(copy + "To: ~bob/debian/x\nPackages: bye", "not-in-suite", isBob: true),
    ]

    @Test(arguments: rows)
    func rules(_ row: Row) async throws {
        let fixture = try await Self.fixture()
        if row.isAdmin { try await fixture.makeAdmin(row.isBob ? "bob" : "alice") }
        let report = try await fixture.run(Self.action(row.text), signer: row.isBob ? Self.bobKey : CommandFixture.key)
        #expect((report.findings + report.results.flatMap(\.findings)).map(\.code) == row.codes)
        #expect(report.isDone == row.codes.isEmpty)
    }

    @Test func whatIsSaidOfAnArchiveHolds() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.run(Self.action(Self.change + "Description: new\nNew: yes\nAnnounce: alice@example.org"))
        _ = try await fixture.run(Self.action("freeze-suite\nIn: ~alice/debian/tools\nSuites: bookworm"))
        let tools = try #require(try await fixture.catalog.archive(ArchiveReference("~alice/debian/tools")!))
        #expect(tools.description == "new" && tools.hasNew && tools.announce == MailAddress("alice@example.org"))
        #expect(!tools.takesBinaries && tools.suites.map(\.state) == [.frozen])
    }

    @Test func whatIsTakenDownIsKeptAndComesBack() async throws {
        let fixture = try await Self.fixture()
        try await fixture.makeAdmin("bob")
        let ppa = "Ppa: ~alice/debian/tools\nReason: a complaint"
        let copy = "copy-packages\nFrom: ~alice/debian/tools\nFrom-Suite: bookworm\nTo: ~bob/debian/x\nPackages: hello"
        #expect(try await fixture.run(Self.action("take-down\n" + ppa), signer: Self.bobKey).isDone)
        let tools = try await fixture.catalog.archive(ArchiveReference("~alice/debian/tools")!)
        #expect(tools?.presence == .hidden && tools?.isEnabled == false)
        #expect(try await fixture.catalog.archiveSummaries(limit: 10).map(\.reference.description) == ["~bob/debian/x"])
        #expect(try await !fixture.catalog.suitesAwaitingPublication().map(\.archive).contains(tools!.reference))
        let refused = try await fixture.run(Self.action(copy), signer: Self.bobKey)
        #expect(refused.results.flatMap(\.findings).map(\.code) == ["no-archive"])
        #expect(try await fixture.run(Self.action("restore\n" + ppa), signer: Self.bobKey).isDone)
        #expect(try await fixture.catalog.archive(tools!.reference)?.isEnabled == true)
        #expect(try await fixture.catalog.builds(states: [.wanted]).count == 1)
        #expect(try await fixture.run(Self.action(copy), signer: Self.bobKey).isDone)
    }

    @Test func whatIsTakenDownIsForAdminsOnly() async throws {
        let fixture = try await Self.fixture()
        try await fixture.makeAdmin("bob")
        let ppa = "Ppa: ~alice/debian/tools\nReason: a complaint"
        #expect(try await fixture.run(Self.action("take-down\n" + ppa), signer: Self.bobKey).isDone)
        for text in [
            "delete-ppa\n" + ppa, "remove-packages\nPpa: ~alice/debian/tools\nPackages: hello",
            Self.change + "Description: new", "cancel-build\nBuild: 1\nReason: x", Self.grant,
            "set-uploaders\nIn: ~alice/debian/tools\nUploaders: Owner",
            "freeze-suite\nIn: ~alice/debian/tools\nSuites: bookworm",
        ] {
            let report = try await fixture.run(Self.action(text))
            #expect(report.results.flatMap(\.findings).map(\.code) == ["no-right"], "\(text)")
        }
        let late = try await fixture.catalog.archive(ArchiveReference("~alice/debian/tools")!)
        #expect(late?.presence == .hidden)
        #expect(try await fixture.run(Self.action("delete-ppa\n" + ppa), signer: Self.bobKey).isDone)
    }

    /// What an admin froze, or closed, its owner does not open.
    @Test func whatAnAdminFrozeAnAdminOpens() async throws {
        let fixture = try await Self.fixture()
        try await fixture.makeAdmin("bob")
        let suite = "-suite\nIn: ~alice/debian/tools\nSuites: bookworm"
        #expect(try await fixture.run(Self.action("freeze" + suite)).isDone)
        #expect(try await fixture.run(Self.action("open" + suite)).isDone)
        #expect(try await fixture.run(Self.action("freeze" + suite), signer: Self.bobKey).isDone)
        for act in ["open", "close", "freeze"] {
            let refused = try await fixture.run(Self.action(act + suite + "\nReason: again"))
            #expect(refused.results.flatMap(\.findings).map(\.code) == ["no-right"], "\(act)")
        }
        #expect(try await fixture.run(Self.action("open" + suite), signer: Self.bobKey).isDone)
        #expect(try await fixture.run(Self.action("close" + suite)).isDone)
    }

    /// A right for a component is one for what is published there, whatever its override says.
    @Test func aBuildIsOfTheComponentWhereItsSourceIs() async throws {
        let fixture = try await Self.fixture()
        let tools = try #require(try await fixture.catalog.archive(ArchiveReference("~alice/debian/tools")!))
        let contrib = ComponentName("contrib")!
        try await fixture.catalog.set(
            PackageOverride(component: contrib), of: PackageName("hello")!, .source, in: tools)
        let right = try await fixture.catalog.give(
            UploadRight(component: contrib), to: OwnerName("bob")!, in: tools)
        let cancel = Self.action("cancel-build\nBuild: 1\nReason: x")
        let refused = try await fixture.run(cancel, signer: Self.bobKey)
        #expect(refused.results.flatMap(\.findings).map(\.code) == ["no-right"], "it is published in main")
        try await fixture.catalog.withdraw(right: right, in: tools)
        try await fixture.catalog.give(UploadRight(component: .main), to: OwnerName("bob")!, in: tools)
        #expect(try await fixture.run(cancel + "\n", signer: Self.bobKey).isDone)
    }

    /// Each paragraph asks again who signed it.
    @Test func aKeyThatIsRevokedDoesNothingMoreInItsOwnText() async throws {
        let fixture = try await Self.fixture()
        let text =
            Self.action("revoke-key\nReason: lost\nKey: \(CommandFixture.key)")
            + "\nAction: create-ppa\nPpa: ~alice/debian/late\nSuites: bookworm\n"
        let report = try await fixture.run(text)
        #expect(report.results.map(\.isDone) == [true, false])
        #expect(report.results.last?.findings.map(\.code) == ["not-possible"])
        #expect(try await fixture.catalog.archive(ArchiveReference("~alice/debian/late")!) == nil)
    }

    @Test func whatIsDeletedKeepsItsNameAndItsHistory() async throws {
        let fixture = try await Self.fixture()
        #expect(try await fixture.run(Self.action("delete-ppa\nPpa: ~alice/debian/tools")).isDone)
        #expect(try await fixture.catalog.builds(states: [.wanted]).isEmpty)
        let again = try await fixture.run(CommandRunnerTests.create.replacing("debian/new", with: "debian/tools"))
        #expect(again.results.flatMap(\.findings).map(\.code) == ["archive-exists"])
        let tools = try #require(try await fixture.catalog.archive(ArchiveReference("~alice/debian/tools")!))
        #expect(try await fixture.catalog.history(of: PackageName("hello")!, in: tools).map(\.state) == [.deleted])
        try await fixture.makeAdmin("bob")
        let restore = try await fixture.run(
            Self.action("restore\nPpa: ~alice/debian/tools"), signer: Self.bobKey)
        #expect(restore.results.flatMap(\.findings).map(\.sentence) == ["~alice/debian/tools is deleted."])
    }

    @Test func aCancelledBuildIsWantedAgain() async throws {
        let fixture = try await Self.fixture()
        _ = try await fixture.run(Self.action("cancel-build\nBuild: 1\nReason: a slip"))
        let build = try #require(try await fixture.catalog.build(1))
        #expect(build.state == .cancelled && build.cause == "Cancelled by alice: a slip")
        _ = try await fixture.run(Self.action("retry-build\nBuild: 1"))
        #expect(try await fixture.catalog.build(1)?.state == .wanted)
    }

    /// A right is one until it is taken back, whoever else has one like it.
    @Test func aRightIsGivenOnceAndTakenBack() async throws {
        let fixture = try await Self.fixture()
        let tools = try #require(try await fixture.catalog.archive(ArchiveReference("~alice/debian/tools")!))
        for _ in 1...2 { _ = try await fixture.run(Self.action(Self.grant + "Sources: hello, bye")) }
        let rights = try await fixture.catalog.rights(in: tools).map(\.right)
        #expect(rights == [UploadRight(source: PackageName("hello")!), UploadRight(source: PackageName("bye")!)])
        let revoke = Self.grant.replacing("grant", with: "revoke")
        let other = try await fixture.run(Self.action(revoke + "Sources: hello\nSuites: bookworm"))
        #expect(!other.isDone, "what was not given is not taken back")
        #expect(try await fixture.run(Self.action(revoke + "Sources: hello")).isDone)
        #expect(try await fixture.catalog.rights(in: tools).map(\.right.source) == [PackageName("bye")!])
        #expect(try await fixture.run(Self.action(revoke)).isDone)
        #expect(try await fixture.catalog.rights(in: tools).isEmpty)
    }

    @Test func aLostKeyActsNoMoreAndWhatItSignedIsTold() async throws {
        let fixture = try await Self.fixture()
        let text = Self.action("revoke-key\nReason: lost\nKey: \(CommandFixture.key)")
        let report = try await fixture.run(text)
        #expect(
            report.results.flatMap(\.sentences).dropFirst() == [
                "It signed hello 1.0 for ~alice/debian/tools, bookworm: pending.",
                "It signed 0 texts of commands before this: slipway command log has them.",
            ])
        #expect(try await fixture.run(CommandRunnerTests.create).findings.map(\.code) == ["signer-blocked"])
        try await fixture.makeAdmin("bob")
        let unblock = Self.action("unblock-key\nReason: found\nKey: \(CommandFixture.key)")
        #expect(try await fixture.run(unblock, signer: Self.bobKey).isDone)
        #expect(try await fixture.run(CommandRunnerTests.create).isDone)
    }

    /// Its builds are another builder's then.
    @Test func aBuildersKeyIsBlockedLikeAnyOther() async throws {
        let fixture = try await Self.fixture()
        let key = try #require(Fingerprint(String(repeating: "D", count: 40)))
        try await fixture.catalog.setBuilder("builder", key: key)
        let ability = BuildAbility(architectures: [Architecture("amd64")!])
        _ = try await fixture.catalog.claimBuild(by: "w", key: key, able: ability, lease: 9, now: 2)
        try await fixture.makeAdmin("bob")
        let block = Self.action("block-key\nReason: stolen\nKey: \(key)")
        let report = try await fixture.run(block, signer: Self.bobKey)
        #expect(report.results.first?.sentences.first == "1 of its builds were under way, and are wanted again.")
        #expect(try await fixture.catalog.build(1)?.state == .wanted)
        #expect(try await fixture.catalog.claimBuild(by: "w", key: key, able: ability, lease: 9, now: 2) == nil)
        let other = try await fixture.catalog.claimBuild(by: "o", key: Self.bobKey, able: ability, lease: 9, now: 2)
        #expect(other?.record.id == 1)
        let another = try #require(Fingerprint(String(repeating: "E", count: 40)))
        try await fixture.catalog.setBuilder("builder", key: another)
        #expect(try await !fixture.catalog.isBlocked(another), "as slipway init gives it")
    }

    @Test func uploadersTakeThePlaceOfAllRights() async throws {
        let fixture = try await Self.fixture()
        let tools = try #require(try await fixture.catalog.archive(ArchiveReference("~alice/debian/tools")!))
        _ = try await fixture.run(Self.action(Self.grant + "Sources: hello"))
        let set = "set-uploaders\nIn: ~alice/debian/tools\nUploaders: "
        #expect(try await fixture.run(Self.action(set + "bob")).isDone)
        #expect(try await fixture.catalog.rights(in: tools).map(\.right) == [UploadRight()])
        #expect(try await fixture.run(Self.action(set + "owner")).isDone)
        #expect(try await fixture.catalog.rights(in: tools).isEmpty)
    }

    @Test func theHigherScoreIsBuiltFirst() async throws {
        let fixture = try await Self.fixture()
        try await fixture.makeAdmin("bob")
        let copy = "copy-packages\nFrom: ~alice/debian/tools\nFrom-Suite: bookworm\nTo: ~bob/debian/x\nPackages: *"
        _ = try await fixture.run(Self.action(copy), signer: Self.bobKey)
        _ = try await fixture.run(Self.action("rescore-build\nBuild: 2\nScore: 1"), signer: Self.bobKey)
        let ability = BuildAbility(architectures: [Architecture("amd64")!])
        let first = try await fixture.catalog.claimBuild(by: "w", able: ability, lease: 9, now: 2)
        #expect(first?.record.id == 2)
    }

    @Test func whoWasGivenASourceMayCopyIt() async throws {
        let fixture = try await Self.fixture()
        let copy = "copy-packages\nFrom: ~alice/debian/tools\nFrom-Suite: bookworm\nTo: ~bob/debian/x\nPackages: hello"
        let grant = "grant\nIn: ~bob/debian/x\nTo: alice\nReason: helps\n"
        _ = try await fixture.run(Self.action(grant + "Sources: bye"), signer: Self.bobKey)
        #expect(try await fixture.run(Self.action(copy)).results.flatMap(\.findings).map(\.code) == ["no-right"])
        _ = try await fixture.run(Self.action(grant + "Sources: hello"), signer: Self.bobKey)
        #expect(try await fixture.run(Self.action(copy)).isDone)
    }
}

extension CommandFixture {
    func makeAdmin(_ name: String) async throws {
        guard let person = try await catalog.person(named: OwnerName(name)!) else { return }
        try await catalog.setAdmin(true, person: person)
    }

    /// A source in alice's tools, with a wanted build for amd64; and bob's archive x.
    func accept(_ name: String, _ version: String, into archive: String = "~alice/debian/tools") async throws {
        let tools = try #require(try await catalog.archive(ArchiveReference(archive)!))
        let alice = try #require(try await catalog.person(named: OwnerName("alice")!))
        let bobs = NewArchive(
            ArchiveReference("~bob/debian/x")!, kind: .ppa, description: "", signingKey: Self.key,
            suites: [(name: tools.suites[0].name, architectures: nil)])
        if try await catalog.archive(bobs.reference) == nil { try await catalog.createArchive(bobs, now: 1) }
        var control = ControlParagraph()
        control["Source"] = name
        control["Architecture"] = "any"
        let sha256 = String(repeating: "1", count: 64)
        let source = AcceptedSource(
            archive: tools, suite: tools.suites[0], name: PackageName(name)!, version: PackageVersion(version)!,
            dsc: StoredFile(
                name: FileName("\(name)_\(version).dsc")!, size: 1, md5: "", sha1: "", sha256: sha256, sha512: ""),
            files: [], control: control, component: .main, section: "misc", priority: "optional", changes: "",
            signer: alice, signingKey: Self.key, signatureIdentity: "\(name) \(version)",
            builds: [PlannedBuild(architecture: Architecture("amd64")!, buildsAll: false)])
        let identity = UploadIdentity(session: "s", path: "\(name).changes", sha256: sha256)
        _ = try await catalog.accept(source, upload: identity, received: 1, now: 1) { number in
            let report = UploadReport(upload: number, changesName: "x", verdict: Verdict(.accepted))
            return Decision(verdict: Verdict(.accepted), report: report, letters: [], signer: alice)
        }
    }
}
