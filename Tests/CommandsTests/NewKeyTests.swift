import ArchiveModel
import Catalog
import Commands
import Synchronization
import Testing

/// Signing keys of PPAs: none is left that signs nothing, and nobody makes any number of them.
@Suite struct NewKeyTests {
    /// The keys there are, and how many were ever made.
    private final class Keyring: Sendable {
        private let state = Mutex((made: 0, keys: Set<Fingerprint>()))

        var made: Int { state.withLock { $0.made } }
        var keys: Set<Fingerprint> { state.withLock { $0.keys } }

        func make() throws -> Fingerprint {
            try state.withLock { state in
                state.made += 1
                let digits = String(state.made, radix: 16, uppercase: true)
                let text = String(repeating: "0", count: 40 - digits.count) + digits
                let key = try #require(Fingerprint(text))
                state.keys.insert(key)
                return key
            }
        }

        func drop(_ key: Fingerprint) { state.withLock { _ = $0.keys.remove(key) } }
    }

    private static func fixture(_ keyring: Keyring, ppasEach: Int64? = 100) async throws -> CommandFixture {
        try await CommandFixture(
            makeKey: { _ in try keyring.make() }, dropKey: { keyring.drop($0) }, ppasEach: ppasEach)
    }

    private static func text(_ names: [String]) -> String {
        "Archive: ppa.example.org\n"
            + names.map { "\nAction: create-ppa\nPpa: ~alice/debian/\($0)\nSuites: bookworm\n" }.joined()
    }

    @Test func manyParagraphsOfOneNameMakeOneKey() async throws {
        let keyring = Keyring()
        let fixture = try await Self.fixture(keyring)
        let report = try await fixture.run(Self.text(Array(repeating: "new", count: 40)))
        #expect(report.results.filter(\.isDone).count == 1)
        #expect(keyring.made == 1)
        let new = try #require(try await fixture.catalog.archive(ArchiveReference("~alice/debian/new")!))
        #expect(keyring.keys == [new.signingKey])
    }

    @Test func whatCannotBeMadeLeavesNoKey() async throws {
        let keyring = Keyring()
        let fixture = try await Self.fixture(keyring, ppasEach: 3)
        let report = try await fixture.run(Self.text((1...10).map { "new\($0)" }))
        #expect(report.results.filter(\.isDone).count == 2, "alice has one")
        #expect(keyring.keys.count == 2)
    }

    @Test func nobodyHasMoreThanTheyMay() async throws {
        let keyring = Keyring()
        let fixture = try await Self.fixture(keyring, ppasEach: 1)
        let refused = try await fixture.run(Self.text(["new"]))
        #expect(refused.results.flatMap(\.findings).map(\.code) == ["too-many-archives"])
        let delete = "Archive: ppa.example.org\n\nAction: delete-ppa\nPpa: ~alice/debian/tools\n"
        #expect(try await fixture.run(delete).isDone)
        #expect(try await !fixture.run(Self.text(["new"])).isDone, "one that was deleted counts for a day")
        #expect(keyring.made == 0)
        try await fixture.makeAdmin("alice")
        #expect(try await fixture.run(Self.text(["new"])).isDone)
    }
}
