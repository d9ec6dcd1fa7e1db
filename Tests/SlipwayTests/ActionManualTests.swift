import ArchiveModel
import Commands
import Foundation
import Testing

@testable import slipway

/// docs/commands.md and the code say the same, and the examples are right.
@Suite struct ActionManualTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../docs/commands.md")

    @Test func thePageHasThemAll() throws {
        let page = try String(contentsOf: Self.page, encoding: .utf8)
        #expect(
            page.contains(ActionManual.markdown(ActionForm.all)),
            "docs/commands.md: put the output of \"slipway command list --markdown\" in place of the actions")
        #expect(page.contains(ActionManual.header))
    }

    @Test(arguments: ActionForm.all.map(\.name))
    func theExampleIsRight(_ name: String) async throws {
        let form = try #require(ActionForm.named(name))
        let text = CommandPreview.addressed(form.exampleParagraph, to: "ppa.example.org")
        let report = try await CommandPreview(service: "ppa.example.org").report(on: text, title: "example")
        #expect(report.isDone, "\(report)")
    }
}
