import ArchiveModel
import Catalog
import Maintenance
import Testing

/// What one round does about the bases.
@Suite struct MaintenanceRoundTests {
    private func outcomes(_ report: MaintenanceReport) -> [String: String] {
        report.bases.reduce(into: [:]) { words, base in
            words[base.suite.name.text] =
                switch base.outcome {
                case .read(let change): "\(change.sources) sources"
                case .busy: "busy"
                case .fault(let fault): fault
                }
        }
    }

    @Test func oneBaseThatIsDownKeepsTheOthersGoing() async throws {
        let fixture = try await MaintenanceFixture()
        let round = MaintenanceRound(catalog: fixture.catalog, now: { MaintenanceFixture.now }) { suite, bringIn in
            guard suite.name.text != "bookworm" else { throw BaseIsDown() }
            return try await bringIn(MaintenanceFixture.base)
        }
        let report = try await round.run()
        #expect(outcomes(report) == ["bookworm": "The mirror does not answer.", "trixie": "1 sources"])
        let digest = try await fixture.catalog.digestOfLastDay(now: MaintenanceFixture.now, disks: [])
        #expect(
            digest.failures == ["The base of debian/bookworm cannot be read: The mirror does not answer."])
    }

    /// That is no fault of the base.
    @Test func whileAnotherProcessReadsNothingIsWrittenDown() async throws {
        let fixture = try await MaintenanceFixture()
        let round = MaintenanceRound(catalog: fixture.catalog, now: { MaintenanceFixture.now }) { _, _ in nil }
        #expect(outcomes(try await round.run()) == ["bookworm": "busy", "trixie": "busy"])
        let digest = try await fixture.catalog.digestOfLastDay(now: MaintenanceFixture.now, disks: [])
        #expect(digest.failures == [])
    }
}
