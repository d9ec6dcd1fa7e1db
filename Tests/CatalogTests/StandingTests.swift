import ArchiveModel
import Catalog
import Testing

/// What was judged before may be otherwise when it is done.
@Suite struct StandingTests {
    /// Each of these was right when it was judged.
    private static func effects(_ fixture: CatalogFixture) -> [CommandEffect] {
        let (alice, tools) = (fixture.alice, fixture.archive.reference)
        var settings = ArchiveSettings()
        settings.description = "late"
        let effects: [CommandEffect] = [
            .change(tools, settings, by: alice),
            .setState(.closed, of: [fixture.suite.name], in: tools, by: alice),
            .grant([UploadRight()], to: alice.name, in: tools, by: alice),
            .setUploaders(.these([.owner(alice.name)]), in: tools, by: alice),
        ]
        return effects.map { $0.by(alice, as: .ruler(of: tools)) }
            + [
                CommandEffect.cancelBuild(1, cause: "late").by(
                    alice, as: .uploader(ofBuild: 1, key: CatalogFixture.aliceKey))
            ]
    }

    @Test func whatIsTakenDownMeanwhileIsForAdminsOnly() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        let effects = Self.effects(fixture)
        _ = try await fixture.carryOut(fixture.order([.takeDown(fixture.archive.reference)], signature: "down"))
        let before = try await fixture.catalog.archive(fixture.archive.reference)
        for (number, effect) in effects.enumerated() {
            let report = try await fixture.carryOut(fixture.order([effect], signature: "late \(number)"))
            #expect(report.results.map(\.isDone) == [false], "\(number)")
        }
        #expect(try await fixture.catalog.archive(fixture.archive.reference) == before)
        #expect(try await fixture.catalog.build(1)?.state == .wanted)
        try await fixture.catalog.setAdmin(true, person: fixture.alice)
        for (number, effect) in effects.enumerated() {
            let report = try await fixture.carryOut(fixture.order([effect], signature: "admin \(number)"))
            #expect(report.results.map(\.isDone) == [true], "\(number)")
        }
    }

    /// The worker goes on for a while, and what it makes is not taken; it is built again when the archive is restored.
    @Test func aBuildUnderWayWaitsUntilItsArchiveIsRestored() async throws {
        let fixture = try await CatalogFixture()
        try await fixture.accept(fixture.source("hello", "1.0"))
        let ability = BuildAbility(architectures: [CatalogFixture.amd64])
        _ = try await fixture.catalog.claimBuild(by: "w", able: ability, lease: 100, now: 2)
        let tools = fixture.archive.reference
        _ = try await fixture.catalog.setShown(false, archive: tools, now: 3)
        #expect(try await !fixture.catalog.extendBuildLease(1, by: "w", until: 200, now: 3))
        await #expect(throws: Conflict.self) { try await fixture.accept(["hello"], "1.0", build: 1) }
        #expect(try await fixture.catalog.claimBuild(by: "w", able: ability, lease: 100, now: 4) == nil)
        _ = try await fixture.catalog.setShown(true, archive: tools, now: 5)
        let again = try await fixture.catalog.claimBuild(by: "w", able: ability, lease: 100, now: 6)
        #expect(again?.record.id == 1 && again?.record.attempts == 1)
    }

    /// Who is kept from external archives between the look and the deed does nothing in theirs.
    @Test func whoIsBarredMeanwhileChangesNothing() async throws {
        let fixture = try await CatalogFixture()
        let drivers = ArchiveReference("~alice/debian/drivers")!
        let archive = try await fixture.catalog.createArchive(
            NewArchive(
                drivers, kind: .external, description: "", signingKey: CatalogFixture.aliceKey,
                suites: [(name: fixture.suite.name, architectures: nil)]), now: 1)
        let source = fixture.source("hello", "1.0", in: archive)
        try await fixture.accept(source)
        _ = try await fixture.catalog.setBarred(true, fixture.alice.name, reason: "x", now: 2)
        let (alice, key) = (fixture.alice, CatalogFixture.aliceKey)
        let effects = [
            CommandEffect.cancelBuild(1, cause: "late").by(alice, as: .uploader(ofBuild: 1, key: key)),
            CommandEffect.delete(drivers, by: alice).by(alice, as: .ruler(of: drivers)),
        ]
        for (number, effect) in effects.enumerated() {
            let report = try await fixture.carryOut(fixture.order([effect], signature: "late \(number)"))
            #expect(report.results.map(\.isDone) == [false], "\(number)")
        }
        #expect(try await fixture.catalog.archive(drivers)?.presence == .shown)
    }

    /// Of a signer that is blocked between the look at the signature and the transaction.
    @Test func whoIsBlockedMeanwhileDoesNothing() async throws {
        let fixture = try await CatalogFixture()
        let nothing = PackageRemoval(archive: fixture.archive.reference, suites: nil, packages: [])
        let order = fixture.order([.removePackages(nothing)], signature: "x")
        try await fixture.catalog.setBlocked(true, person: fixture.alice)
        #expect(try await !fixture.carryOut(order).isDone)
        await #expect(throws: Conflict.self) { try await fixture.accept(fixture.source("hello", "1.0")) }
    }
}
