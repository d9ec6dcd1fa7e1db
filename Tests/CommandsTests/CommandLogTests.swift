import ArchiveModel
import Catalog
import Testing

/// What is kept of texts of commands, and which pages list them.
@Suite struct CommandLogTests {
    private static let tools = ArchiveReference("~alice/debian/tools")!

    private static func action(_ fields: String) -> String { "Archive: ppa.example.org\n\nAction: \(fields)\n" }

    private static func place(_ session: String) -> CommandPlace {
        CommandPlace(
            upload: UploadIdentity(session: session, path: "a.commands", sha256: String(repeating: "0", count: 64)),
            client: ClientAddress("192.0.2.7"))
    }

    @Test func itSaysFromWhereTheyCame() async throws {
        let fixture = try await CommandFixture()
        let report = try await fixture.run(
            Self.action("change-ppa\nPpa: \(Self.tools)\nDescription: new"), place: Self.place("s1"))
        let logged = try #require(try await fixture.catalog.loggedCommands(limit: 1).first)
        #expect(logged.client?.description == "192.0.2.7")
        #expect(try await fixture.catalog.commandReport(of: Self.place("s1").upload) == report)
        #expect(try await fixture.catalog.commandReport(of: Self.place("s2").upload) == nil)
    }

    /// Only what was done: what somebody asks for in vain stands on nobody's page.
    @Test func anArchiveListsWhatWasDone() async throws {
        let fixture = try await CommandFixture()
        let archive = try #require(try await fixture.catalog.archive(Self.tools))
        let change = Self.action("change-ppa\nPpa: \(Self.tools)\nDescription: new")
        _ = try await fixture.run(change, signer: ArchiveCommandTests.bobKey)
        _ = try await fixture.run("Dry-Run: yes\n" + change)
        #expect(try await fixture.catalog.commands(changing: archive, limit: 9) == [])
        _ = try await fixture.run(change)
        let listed = try await fixture.catalog.commands(changing: archive, limit: 9)
        #expect(listed.map(\.signer?.text) == ["alice"])
        #expect(try await fixture.catalog.commands(by: OwnerName("alice")!, limit: 9) == listed)
        #expect(try await fixture.catalog.commands(by: OwnerName("bob")!, limit: 9) == [])
    }

    @Test(arguments: [
        ("192.0.2.1", true), ("::1", true), ("::ffff:192.0.2.1", true), ("", false), ("1", false), ("a b", false),
        ("192.0.2.1\n", false), (String(repeating: "1", count: 46), false),
    ])
    func anAddressIsAnAddress(_ text: String, _ isOne: Bool) { #expect((ClientAddress(text) != nil) == isOne) }
}
