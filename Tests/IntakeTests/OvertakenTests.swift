import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// What happens in the catalog between the judgement on an upload, which may take minutes, and its acceptance.
@Suite struct OvertakenTests {
    /// By whose word hello comes, and how.
    enum Kind: CaseIterable, Sendable {
        case source
        /// Without their source, which is there.
        case packages
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Of what is judged anew.
        let codes: Set<String>
        let outcome: Verdict.Outcome
        /// Before bob's upload to alice's archive comes, to which he may upload.
        var prepare: @Sendable (World) async throws -> Void = { _ in }
        let change: @Sendable (World) async throws -> Void

        init(
            _ what: String, _ codes: Set<String>, _ outcome: Verdict.Outcome = .rejected,
            prepare: @escaping @Sendable (World) async throws -> Void = { _ in },
            _ change: @escaping @Sendable (World) async throws -> Void
        ) {
            (testDescription, self.codes, self.outcome, self.prepare, self.change) = (
                what, codes, outcome, prepare, change
            )
        }
    }

    static let rows = [
        Row("the suite was closed", ["suite-closed"]) { try await $0.setBookworm(.closed) },
        Row("the suite was frozen", [], .held) { try await $0.setBookworm(.frozen) },
        Row("the archive was taken down", ["archive-disabled"]) {
            _ = try await $0.catalog.setShown(false, archive: World.tools, now: $0.now)
        },
        Row("the right was taken back", ["no-right"]) { try await $0.withdrawRights() },
        Row("the right became a smaller one", ["no-right"]) { world in
            try await world.withdrawRights()
            let bye = UploadRight(source: PackageName("bye")!)
            try await world.catalog.give(bye, to: OwnerName("bob")!, in: try await world.archive())
        },
        Row(
            "the team lost its member", ["no-right"],
            prepare: { world in
                try await world.withdrawRights()
                let team = OwnerName("friends")!
                try await world.catalog.addTeam(team, now: 1)
                try await world.catalog.add(try await world.bob, toTeam: team)
                try await world.catalog.give(UploadRight(), to: team, in: try await world.archive())
            },
            { try await $0.catalog.remove(try await $0.bob, fromTeam: OwnerName("friends")!) }),
        Row("the key was blocked", ["blocked-key"]) { world in
            for key in try await world.catalog.keys(of: try await world.bob) {
                try await world.catalog.setBlocked(true, key: key)
            }
        },
        Row("the signer was blocked", ["blocked-person"]) {
            try await $0.catalog.setBlocked(true, person: try await $0.bob)
        },
        Row("the source was denied", ["denied"]) {
            try await $0.catalog.add(UploadDenial(source: PackageName("hello")!, reason: "No.")!, in: nil)
        },
        Row("the key was denied", ["denied"]) { world in
            let key = try await world.catalog.keys(of: try await world.bob).first
            try await world.catalog.add(UploadDenial(key: key, reason: "No.")!, in: try await world.archive())
        },
        Row("the quota became smaller", ["quota-exceeded"]) {
            try await $0.catalog.setQuota(.bytes(1), of: try await $0.archive())
        },
    ]

    /// The finding is the one that judging gives, the verdict the uploader's, and nothing is taken.
    @Test(arguments: rows, Kind.allCases)
    func whatIsTakenIsAskedAgain(_ row: Row, _ kind: Kind) async throws {
        let world = try await World()
        try await world.catalog.setTakesBinaries(true, of: try await world.archive())
        try await world.catalog.give(UploadRight(), to: OwnerName("bob")!, in: try await world.archive())
        if kind == .packages { try await world.send(Draft(), session: "source") }
        try await row.prepare(world)
        let files = try await Self.files(kind)
        let before = try await world.history().count
        let record = try await world.overtaken(files) { try await row.change(world) }
        #expect(record.verdict.outcome == row.outcome, "\(record.verdict.findings)")
        #expect(record.codes == row.codes, "\(record.verdict.findings)")
        #expect(try await world.history().count == before)
        #expect(try await world.letters().last?.recipient == MailAddress(Who.bob.address))
    }

    private static func files(_ kind: Kind) async throws -> [String: [UInt8]] {
        switch kind {
        case .source:
            var draft = Draft()
            (draft.signer, draft.dscSigner) = (.bob, .bob)
            return try await draft.files()
        case .packages:
            var draft = BuiltDraft()
            draft.signer = .bob
            return try await draft.files()
        }
    }

    @Test func theSignerOfTheDscIsAskedForAsWell() async throws {
        let world = try await World()
        var draft = Draft()
        draft.dscSigner = .bob
        let record = try await world.overtaken(try await draft.files()) {
            try await world.catalog.setBlocked(true, person: try await world.bob)
        }
        #expect(record.codes == ["blocked-person"])
    }

    @Test func packagesAreNotTakenWhereNoneAreTakenAnyMore() async throws {
        let world = try await World()
        try await world.catalog.setTakesBinaries(true, of: try await world.archive())
        try await world.send(Draft(), session: "source")
        var draft = BuiltDraft()
        draft.signer = .alice
        let record = try await world.overtaken(try await draft.files()) {
            try await world.catalog.setTakesBinaries(false, of: try await world.archive())
        }
        #expect(record.codes.contains("not-source-only"))
    }

    @Test func whatIsNewByNowWaits() async throws {
        let world = try await World()
        let record = try await world.overtaken(try await Draft().files()) {
            try await world.catalog.setNew(true, of: try await world.archive())
        }
        #expect(record.verdict.outcome == .held)
    }

    /// Bob may still upload it, but not past NEW.
    @Test func whoMayNotSkipNewAnyMoreWaits() async throws {
        let world = try await World()
        try await world.catalog.setNew(true, of: try await world.archive())
        try await world.catalog.give(
            UploadRight(skipsNew: true), to: OwnerName("bob")!, in: try await world.archive())
        let record = try await world.overtaken(try await Self.files(.source)) {
            try await world.withdrawRights()
            try await world.catalog.give(UploadRight(), to: OwnerName("bob")!, in: try await world.archive())
        }
        #expect(record.verdict.outcome == .held)
    }

    /// The other way round it comes in.
    @Test func aRightThatIsGivenTwiceMattersNothing() async throws {
        let world = try await World()
        try await world.catalog.give(UploadRight(), to: OwnerName("bob")!, in: try await world.archive())
        let examined = try await world.examined(try await Self.files(.source))
        try await world.catalog.give(UploadRight(), to: OwnerName("bob")!, in: try await world.archive())
        #expect(try await examined.settle().verdict.outcome == .accepted)
    }

    /// What waited is judged and asked like what has just come.
    enum Wait: CaseIterable, Sendable { case files, day, new }

    @Test(arguments: Wait.allCases)
    func whatWaitedIsAskedAgain(_ wait: Wait) async throws {
        let world = try await World()
        let path = wait == .day ? "\(World.path)/DELAYED/3-day" : World.path
        if wait == .new { try await world.catalog.setNew(true, of: try await world.archive()) }
        var draft = Draft()
        draft.includesOrig = wait != .files
        let held = try await world.send(draft, path: path)
        #expect(held.verdict.outcome == .held)
        switch wait {
        case .files: try world.put([draft.origName: Array(draft.orig.utf8)], session: "s2")
        case .day: world.pass(seconds: 4 * 86_400)
        case .new: _ = try await world.catalog.order(.admit(), upload: held.id, now: world.now)
        }
        let record = try await world.overtaken([:], session: "s1") { try await world.setBookworm(.closed) }
        #expect(record.id == held.id && record.codes == ["suite-closed"])
        #expect(try await world.history().isEmpty)
    }

    /// The owner said yes before an admin froze the suite: now it is the admin's to say.
    @Test func anOwnersWordIsNoneWhereAnAdminFroze() async throws {
        let world = try await World()
        let alice = try #require(try await world.catalog.person(named: OwnerName("alice")!))
        try await world.setBookworm(.frozen, byAdmin: false)
        let held = try await world.send(Draft())
        try await world.admit(held, by: alice)
        try await world.setBookworm(.frozen)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.held])
        _ = try await world.catalog.order(.admit(), upload: held.id, now: world.now)
        #expect(try await world.service.process().map(\.verdict.outcome) == [.accepted])
    }
}

/// An upload that is judged, and nothing done yet.
struct ExaminedUpload {
    let judge: Judge
    let examined: Examined
    let received: ReceivedText

    func settle() async throws -> UploadRecord { try await judge.settle(examined, received) }
}

extension World {
    fileprivate var bob: Person {
        get async throws { try #require(try await catalog.person(named: OwnerName("bob")!)) }
    }

    fileprivate func setBookworm(_ state: SuiteState, byAdmin: Bool = true) async throws {
        let suite = try #require(try await archive().suite(SuiteName("bookworm")!))
        try await catalog.setState(state, of: suite, byAdmin: byAdmin)
    }

    fileprivate func withdrawRights() async throws {
        let archive = try await archive()
        for right in try await catalog.rights(in: archive) { try await catalog.withdraw(right: right.id, in: archive) }
    }

    /// As the signed command does.
    fileprivate func admit(_ upload: UploadRecord, by person: Person) async throws {
        let effect = CommandEffect.order(.admit(), uploads: [upload.id], by: person)
        let order = CommandOrder(
            signature: "admit", signingKey: try #require(try await catalog.keys(of: person).first), signer: person,
            origin: "test", title: "test", text: "", received: now, isDryRun: false, findings: [],
            steps: [CommandStep(paragraph: "", effect: effect, findings: [])])
        #expect(try await catalog.carryOut(order, now: now) { _ in [] }.isDone)
    }

    /// Judges the one upload of a session, puts its files there before when there are any, and does nothing yet.
    func examined(_ files: [String: [UInt8]], session: String = "s1") async throws -> ExaminedUpload {
        if !files.isEmpty { try put(files, session: session) }
        let judge = service.sessions.judge
        let folder = try #require(try service.sessions.spool.session(FileName(session)!))
        let path = try #require(try folder.contents().uploads.first)
        var received = try await judge.read(path, in: folder)
        received.orders = try await catalog.orders(about: received.identity)
        let examined = try await judge.examination.examine(received)
        #expect(examined.verdict.outcome == .accepted, "\(examined.verdict.findings)")
        return ExaminedUpload(judge: judge, examined: examined, received: received)
    }

    /// What becomes of it when something happens in between.
    func overtaken(
        _ files: [String: [UInt8]], session: String = "s1", by change: () async throws -> Void
    ) async throws -> UploadRecord {
        let upload = try await examined(files, session: session)
        try await change()
        await #expect(throws: Conflict.self) { try await upload.settle() }
        return try await upload.judge.judge(upload.received.path, in: upload.received.session)
    }
}
