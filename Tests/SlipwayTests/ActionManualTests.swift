import ArchiveModel
import Commands
import Foundation
import Testing

@testable import slipway

/// docs/commands.md and the code say the same, and the examples are right.
@Suite struct ActionManualTests {
    private static let top = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    private static let page = top.appending(path: "docs/commands.md")
    private static let examples = top.appending(path: "etc/commands")

    @Test func thePageHasThemAll() throws {
        let page = try String(contentsOf: Self.page, encoding: .utf8)
        #expect(
            page.contains(ActionManual.markdown(ActionForm.all)),
            "docs/commands.md: put the output of \"slipway command list --markdown\" in place of the actions")
        #expect(page.contains(ActionManual.header))
    }

    @Test func eachHasAnExampleToStartFrom() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.examples.path())
        #expect(Set(names) == Set(ActionForm.all.map { "\($0.name).commands" }))
        for form in ActionForm.all {
            let file = Self.examples.appending(path: "\(form.name).commands")
            #expect(
                try String(contentsOf: file, encoding: .utf8) == ActionManual.example([form]),
                "put the output of \"slipway command list --example \(form.name)\" in etc/commands/\(form.name).commands"
            )
        }
    }

    @Test(arguments: ActionForm.all.map(\.name))
    func theExampleIsRight(_ name: String) async throws {
        let form = try #require(ActionForm.named(name))
        let text = CommandPreview.addressed(form.exampleParagraph, to: "ppa.example.org")
        let report = try await CommandPreview(service: "ppa.example.org").report(on: text, title: "example")
        #expect(report.isDone, "\(report)")
    }
}
