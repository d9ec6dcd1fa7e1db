import ArchiveModel
import DebianControl
import Testing

@testable import Catalog
@testable import Intake

/// What only an archive, a suite, a key or a limit of its own can refuse.
@Suite struct RareInputTests {
    private func codes(of draft: Draft = Draft(), in world: World) async throws -> Set<String> {
        let record = try await world.send(draft, session: "rare")
        #expect(record.verdict.outcome == .rejected)
        return record.codes
    }

    @Test func aBlockedKeyIsRefusedAndItsPersonTold() async throws {
        let world = try await World()
        let key = try #require(try await TestKeys.shared.value.fingerprints[.bob])
        try await world.catalog.setBlocked(true, key: key)
        var draft = Draft()
        draft.signer = .bob
        #expect(try await codes(of: draft, in: world) == ["blocked-key"])
        #expect(try await world.letters().map(\.recipient.address) == ["bob@example.org"])
    }

    @Test func aDisabledArchiveTakesNothing() async throws {
        let world = try await World()
        try await world.catalog.write { try $0.execute("UPDATE archive SET is_enabled = 0") }
        #expect(try await codes(in: world) == ["archive-disabled"])
    }

    @Test func anArchiveOfRebuildsTakesNothing() async throws {
        let world = try await World()
        try await world.catalog.write {
            try $0.execute("UPDATE archive SET kind = 'rebuild' WHERE kind = 'ppa'")
        }
        #expect(try await codes(in: world) == ["archive-takes-no-uploads"])
    }

    @Test func aClosedSuiteTakesNothing() async throws {
        let world = try await World()
        try await world.catalog.write { try $0.execute("UPDATE suite SET is_open = 0 WHERE name = 'bookworm'") }
        #expect(try await codes(in: world) == ["suite-closed"])
        var other = Draft()
        other.distribution = "trixie"
        #expect(try await world.send(other, session: "open").verdict.outcome == .accepted)
    }

    @Test func moreFilesThanTheLimitAreNotEvenRead() async throws {
        let world = try await World(configure: { $0.filesPerUpload = 2 })
        #expect(try await codes(in: world) == ["too-many-files"])
    }

    /// Each one that is missing is looked for in every earlier session, and again with everything that comes to the upload's path.
    @Test func moreFilesOfADscThanTheLimitAreNotLookedFor() async throws {
        let world = try await World(configure: { $0.filesPerUpload = 20 })
        let more = (1...20).map { ("hello_2.10.orig-c\($0).tar.xz", Array("\($0)".utf8)) }
        let lists = Draft.lists(Dictionary(uniqueKeysWithValues: more)) { _ in "" }.split(separator: "\n")
        var draft = Draft()
        draft.editDsc = { text in
            ["Checksums-Sha1:", "Checksums-Sha256:", "Checksums-Sha512:", "Files:"].reduce(text) { text, field in
                let rows = lists.drop { $0 != field }.dropFirst().prefix { $0.hasPrefix(" ") }
                return BadInput.replace(field, ([field] + rows.map(String.init)).joined(separator: "\n"))(text)
            }
        }
        #expect(try await codes(of: draft, in: world) == ["too-many-files"])
    }

    @Test func aDscThatIsTooLargeIsNotRead() async throws {
        let world = try await World()
        var draft = Draft()
        draft.alterDsc = { $0 + [UInt8](repeating: 0x0A, count: ControlLimits.standard.bytes) }
        #expect(try await codes(of: draft, in: world) == ["file-too-large"])
    }

    @Test func nobodyReadsThousandsOfFindings() async throws {
        let world = try await World(configure: { $0.findingsShown = 2 })
        var draft = Draft()
        draft.distribution = "bookworm trixie"
        draft.editChanges = { text in
            let nobody = BadInput.replace("Maintainer: Alice <alice@example.org>", "Maintainer: Alice")(text)
            return BadInput.replace("Format: 1.8", "Format: 3.0")(nobody)
        }
        let record = try await world.send(draft, session: "rare")
        #expect(record.verdict.findings.count == 3)
        #expect(record.codes.contains("more-findings"))
    }

    /// Two archives may have two upstreams of one name; apt users would have to choose.
    @Test func aTarballThatThePrimaryArchiveHasOtherwiseIsToldOf() async throws {
        let world = try await World()
        let primary = try await world.archive(World.primary)
        try await world.catalog.give(UploadRight(), to: OwnerName("alice")!, in: primary)
        #expect(try await world.send(Draft(), session: "primary", path: "debian").verdict.outcome == .accepted)
        var draft = Draft()
        (draft.version, draft.orig) = ("2.10-4", "another upstream tarball\n")
        let record = try await world.send(draft, session: "ppa")
        #expect(record.codes == ["file-differs-from-primary"], "\(record.verdict.findings)")
        #expect(record.verdict.outcome == .accepted)
    }
}

/// Words that nobody depends on: told, and taken.
@Suite struct UnknownWordTests {
    @Test(arguments: [
        ("urgency", "unknown-urgency"), ("section", "unknown-section"), ("priority", "unknown-priority"),
    ])
    func isToldAndTaken(what: String, code: String) async throws {
        let world = try await World()
        var draft = Draft()
        switch what {
        case "urgency": draft.urgency = "urgent"
        case "section": draft.section = "contrib/develop"
        default: draft.priority = "extraordinary"
        }
        let record = try await world.send(draft)
        #expect(record.codes == [code])
        #expect(record.verdict.outcome == .accepted)
        #expect(record.verdict.findings.allSatisfy { $0.severity == .warning })
    }

    @Test(arguments: ["high", "HIGH", "low (nobody waits for it)", "critical"])
    func anUrgencyOfPolicyIsTaken(_ urgency: String) async throws {
        let world = try await World()
        var draft = Draft()
        draft.urgency = urgency
        #expect(try await world.send(draft).codes == [])
    }
}
