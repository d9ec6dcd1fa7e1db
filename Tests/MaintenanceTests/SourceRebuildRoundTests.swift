import ArchiveModel
import Catalog
import DebianControl
import DurableFiles
import Foundation
import Maintenance
import PackageFiles
import SourceTree
import Subprocess
import SystemPackage
import Testing

/// From a wish in the catalog to a new version of a source, by the dpkg-source of this machine.
@Suite struct SourceRebuildRoundTests {
    @Test(arguments: [
        ("native", "1.0", ["odd_1.0+build1.tar.xz"]),
        ("quilt-patched", "1.0-1", ["odd_1.0-1+build1.debian.tar.xz", "odd_1.0.orig.tar.xz"]),
        ("one-zero", "1.0-1", ["odd_1.0-1+build1.diff.gz", "odd_1.0.orig.tar.gz"]),
    ])
    func aNewVersionIsMadeAndPublished(_ kind: String, former: String, names: [String]) async throws {
        let place = try await RebuildPlace(kind)
        defer { place.remove() }
        let before = try await place.files()
        try await place.want()
        let results = try await place.round.run()
        let version = "\(former)+build1"
        #expect(
            results.map(\.ending) == [
                .ended(.done("odd \(version) is in ~alice/debian/tools, bookworm; to be built: amd64."))
            ])
        let after = try await place.files()
        #expect(Set(after.keys) == Set(names + ["odd_\(version).dsc"]))
        for (name, sha256) in before where name.contains(".orig.") { #expect(after[name] == sha256) }
        let changelog = try await place.unpacked("debian/changelog")
        #expect(
            changelog.hasPrefix(
                """
                odd (\(version)) bookworm; urgency=medium

                  * No-change rebuild.
                  * for libgreet2, später

                 -- alice <alice@example.org>  Tue, 14 Nov 2023 22:13:20 +0000

                odd (\(former)) bookworm; urgency=medium
                """), "\(changelog)")
        #expect(try await place.round.run().isEmpty)
        #expect(try await place.fixture.catalog.letters(limit: 9).map(\.recipient) == ["alice@example.org"])
        try await place.want("again")
        #expect(try await place.round.run().count == 1)
        #expect(try await place.files().keys.contains("odd_\(former)+build2.dsc"))
    }

    /// Two services at a time that do not see each other's lock, or one that died before its transaction: the same bytes,
    /// published once.
    @Test func whoMakesTheSameMakesTheSameBytes() async throws {
        let place = try await RebuildPlace("quilt")
        defer { place.remove() }
        let other = try RebuildPlace.round(place.fixture, place.folder.appending("other"))
        let stored = try place.fixture.store.names().count
        try await place.want()
        async let first = place.round.run()
        async let second = other.run()
        let endings = try await (first + second).map(\.ending)
        let made = WishEnding.ended(
            .done("odd 1.0-1+build1 is in ~alice/debian/tools, bookworm; to be built: amd64."))
        #expect(endings.filter { $0 == made }.count == 1, "\(endings)")
        #expect(endings.allSatisfy { $0 == made || $0 == .ended(.withdrawn) })
        #expect(try place.fixture.store.names().count == stored + 2, "a .dsc and a tarball")
        #expect(try await place.fixture.catalog.letters(limit: 9).count == 1)
    }

    @Test func aFaultOfOursIsTriedAgainAndThenGivenUp() async throws {
        let place = try await RebuildPlace("native")
        defer { place.remove() }
        try await place.want()
        let catalog = place.fixture.catalog
        let broken = try RebuildPlace.round(place.fixture, place.folder, program: "no-such-program", attempts: 2)
        let first = try await broken.run()
        guard case .postponed? = first.first?.ending else {
            Issue.record("\(first)")
            return
        }
        #expect(try await broken.run().isEmpty, "it is not due")
        let due = try await catalog.nextWish(WantedSourceRebuild.self, now: MaintenanceFixture.now + 60)
        #expect(due?.history.attempts == 1)
        let later = try RebuildPlace.round(
            place.fixture, place.folder, program: "no-such-program", attempts: 2, now: MaintenanceFixture.now + 60)
        guard case .ended(.refused(let words))? = try await later.run().first?.ending else {
            Issue.record("it was not given up")
            return
        }
        #expect(words.hasPrefix("It was tried 2 times."), "\(words)")
        #expect(try await catalog.letters(limit: 9).map(\.recipient) == ["alice@example.org"])
        try await place.want("again")
        #expect(try await place.round.run().count == 1)
        #expect(try await place.files().keys.contains("odd_1.0+build1.dsc"), "nothing used its number")
    }

    @Test func whatDpkgSourceCannotMakeIsGivenUpWithItsWords() async throws {
        let place = try await RebuildPlace("patch-fails")
        defer { place.remove() }
        let before = try await place.files()
        try await place.want()
        guard case .ended(.refused(let words))? = try await place.round.run().first?.ending else {
            Issue.record("it was made")
            return
        }
        #expect(words.contains("dpkg-source failed:"), "\(words)")
        #expect(try await place.files() == before)
        #expect(try await place.fixture.catalog.letters(limit: 9).map(\.recipient) == ["alice@example.org"])
    }

    /// Nobody waits for the sweep of the store.
    @Test func whatIsRefusedWhenItIsMadeLeavesNothingInTheStore() async throws {
        let place = try await RebuildPlace("native")
        defer { place.remove() }
        let before = try place.fixture.store.names()
        try await place.want()
        let denial = try #require(UploadDenial(source: PackageName("odd")!, reason: "a complaint"))
        try await place.fixture.catalog.add(denial, in: nil)
        guard case .ended(.refused(let words))? = try await place.round.run().first?.ending else {
            Issue.record("it was published")
            return
        }
        #expect(words.contains("a complaint"), "it was made")
        #expect(try place.fixture.store.names() == before)
    }

    /// It was packed more tightly than dpkg-source packs it: what the archive has no room for is known before it is stored.
    @Test func whatBecomesLargerThanTheRoomIsNotStored() async throws {
        let place = try await RebuildPlace("native-tight")
        defer { place.remove() }
        let before = try place.fixture.store.names()
        let archive = try #require(try await place.fixture.catalog.archive(MaintenanceFixture.tools))
        var quotas = QuotaRule()
        quotas.ofPPAs = archive.bytes + (768 << 10)
        try await place.want()
        let round = try RebuildPlace.round(place.fixture, place.folder, quotas: quotas)
        guard case .ended(.refused(let words))? = try await round.run().first?.ending else {
            Issue.record("it was published")
            return
        }
        #expect(words.contains("has no room for 1 MiB"), "\(words)")
        #expect(try place.fixture.store.names() == before)
    }
}
