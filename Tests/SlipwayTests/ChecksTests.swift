import Foundation
import Testing

@testable import slipway

/// docs/checks.md and the code say the same.
@Suite struct ChecksTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../docs/checks.md")

    @Test func thePageHasThemAll() throws {
        let page = try String(contentsOf: Self.page, encoding: .utf8)
        #expect(
            page.contains(KnownCheck.table(KnownCheck.all)),
            "docs/checks.md: put the output of \"slipway checks --markdown\" in place of the table")
    }

    /// Programs and translations go by the code.
    @Test func eachCodeIsOneCheck() {
        let codes = KnownCheck.all.map(\.code)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 == "-" || $0.isNumber || ("a"..."z") ~= $0 } })
    }

    @Test func aRuleIsASentence() {
        for check in KnownCheck.all {
            #expect(check.rule.hasSuffix(".") && check.rule.first?.isUppercase == true && !check.rule.contains("|"))
        }
    }

    @Test func anUnknownCodeIsSaid() {
        #expect(throws: Refusal.self) { try KnownCheck.named("no-such") }
    }
}
