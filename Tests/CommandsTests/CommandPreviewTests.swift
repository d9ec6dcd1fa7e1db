import ArchiveModel
import Catalog
import Commands
import Testing

/// What a text would come to, told before it is signed.
@Suite struct CommandPreviewTests {
    @Test func theFormIsJudgedWithoutACatalog() async throws {
        let text = "Archive: ppa.example.org\n\nAction: create-pppa\n\nAction: cancel\nUplod: 1\n"
        let report = try await CommandPreview(service: nil).report(on: text, title: "x")
        #expect(
            report.results.flatMap(\.findings).map(\.remedy) == [
                "Did you mean create-ppa?", "Mend it, sign the text anew and send it.", "Did you mean Upload?",
            ])
        #expect(!report.isDone)
    }

    @Test func whatTheArchiveRefusesIsSaidOfAPerson() async throws {
        let fixture = try await CommandFixture()
        let preview = CommandPreview(service: "ppa.example.org", catalog: fixture.catalog)
        let alice = try #require(try await fixture.catalog.person(named: OwnerName("alice")!))
        let text = CommandRunnerTests.create.replacing("debian/new", with: "debian/tools")
        #expect(try await preview.report(on: text, title: "x").isDone, "without a person the archive is not looked at")
        let report = try await preview.report(on: text, title: "x", by: (alice, CommandFixture.key))
        #expect(report.results.flatMap(\.findings).map(\.code) == ["archive-exists"])
        #expect(try await fixture.catalog.loggedCommands(limit: 10).isEmpty)
    }

    @Test(arguments: [
        ("Action: cancel\nUpload: 1\n", "Archive: here\n\nAction: cancel\nUpload: 1\n"),
        ("\n\nUploader: x\n\nAction: cancel\n", "Archive: here\nUploader: x\n\nAction: cancel\n"),
        ("Archive: there\n\nAction: cancel\n", "Archive: there\n\nAction: cancel\n"),
        ("Commands: rm a.dsc\n", "Commands: rm a.dsc\n"),
    ])
    func aHeaderIsWrittenWhereThereIsNone(text: String, addressed: String) {
        #expect(CommandPreview.addressed(text, to: "here") == addressed)
    }

    @Test func theLogHasWhoWithWhichKeyAndWhatCameOfIt() async throws {
        let fixture = try await CommandFixture()
        _ = try await fixture.run(CommandRunnerTests.create)
        let entry = try #require(try await fixture.catalog.loggedCommands(limit: 10).first)
        #expect(entry.signer == OwnerName("alice") && entry.key == CommandFixture.key && entry.origin == "session")
        #expect(entry.report.isDone && entry.text == CommandRunnerTests.create)
        #expect(try await fixture.catalog.loggedCommand(entry.id) == entry)
        let bob = try #require(try await fixture.catalog.person(named: OwnerName("bob")!))
        #expect(try await fixture.catalog.loggedCommands(of: bob, limit: 10).isEmpty)
    }
}
