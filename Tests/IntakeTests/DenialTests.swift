import ArchiveModel
import Catalog
import DebianControl
import Testing

@testable import Intake

/// What may not be uploaded, whoever has the right.
@Suite struct DenialTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let denial: UploadDenial
        /// Of alice's upload of hello 2.10-3 to bookworm of her PPA.
        let isRefused: Bool

        init(_ what: String, _ denial: UploadDenial?, refused isRefused: Bool) {
            (testDescription, self.denial, self.isRefused) = (what, denial!, isRefused)
        }
    }

    private static let hello = PackageName("hello")!

    static let rows = [
        Row("its source", UploadDenial(source: hello, reason: "No."), refused: true),
        Row("another source", UploadDenial(source: PackageName("bye")!, reason: "No."), refused: false),
        Row(
            "its version", UploadDenial(source: hello, version: PackageVersion("2.10-3")!, reason: "No."), refused: true
        ),
        Row(
            "its version, written otherwise",
            UploadDenial(source: hello, version: PackageVersion("0:2.010-3")!, reason: "No."), refused: true),
        Row(
            "another version", UploadDenial(source: hello, version: PackageVersion("2.10-4")!, reason: "No."),
            refused: false),
        Row("its suite", UploadDenial(source: hello, suite: SuiteName("bookworm")!, reason: "No."), refused: true),
        Row("another suite", UploadDenial(source: hello, suite: SuiteName("trixie")!, reason: "No."), refused: false),
        Row(
            "another key", UploadDenial(key: Fingerprint(String(repeating: "C", count: 40))!, reason: "No."),
            refused: false),
    ]

    @Test(arguments: rows)
    func aDenialIsAboutWhatItSays(_ row: Row) async throws {
        let world = try await World()
        try await world.catalog.add(row.denial, in: try await world.archive())
        #expect(try await world.send(Draft()).codes == (row.isRefused ? ["denied"] : []))
    }

    @Test func aKeyMayBeDenied() async throws {
        let world = try await World()
        let key = try #require(try await TestKeys.shared.value.fingerprints[.alice])
        let number = try await world.catalog.add(UploadDenial(key: key, reason: "Retired.")!, in: nil)
        let record = try await world.send(Draft())
        #expect(record.codes == ["denied"])
        #expect(record.verdict.findings.first?.sentence.hasSuffix(": Retired.") == true)
        try await world.catalog.remove(denial: number)
        var next = Draft()
        next.version = "2.10-4"
        #expect(try await world.send(next, session: "s2").verdict.outcome == .accepted)
        await #expect(throws: Conflict.self) { try await world.catalog.remove(denial: number) }
    }

    @Test func oneOfAnotherArchiveIsNothingHere() async throws {
        let world = try await World()
        let denial = UploadDenial(source: Self.hello, reason: "No.")!
        try await world.catalog.add(denial, in: try await world.archive(World.primary))
        #expect(try await world.send(Draft()).verdict.outcome == .accepted)
        try await world.catalog.add(denial, in: nil)
        #expect(try await world.catalog.denials().map(\.archive) == [World.primary, nil])
    }

    @Test func oneAboutEverythingIsNone() {
        #expect(UploadDenial(reason: "No.") == nil)
        #expect(UploadDenial(suite: SuiteName("bookworm")!, reason: "No.") == nil)
        #expect(
            UploadDenial(
                version: PackageVersion("1")!, key: Fingerprint(String(repeating: "C", count: 40)), reason: "No.")
                == nil)
    }
}
