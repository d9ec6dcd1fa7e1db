import ArchiveModel
import DurableFiles
import SystemPackage
import Testing

@testable import SourceTree

/// Packages that are wrong, or rare and right, unpacked for real.
struct UnpackTests {
    static let good = [
        "native", "native-gz", "native-bz2", "native-lzma", "quilt", "quilt-component", "quilt-patched", "one-zero",
        "set-id", "link-inside",
    ]

    @Test(arguments: good)
    func aGoodPackageHasNoFindings(kind: String) async throws {
        #expect(try await findings(kind) == [])
    }

    static let bad: [(String, [String])] = [
        ("device", ["special-member"]), ("absolute", ["unsafe-member"]),
        ("dotdot", ["unsafe-member"]), ("hard-link-out", ["link-leaves-tree"]),
        ("through-link", ["link-leaves-tree", "member-behind-link"]), ("deep", ["too-deep"]),
        ("long-path", ["path-too-long"]), ("cut-off", ["tarball-damaged"]), ("no-tar", ["tarball-damaged"]),
        ("changelog-link", ["link-leaves-tree", "unpack-failed"]), ("changelog-link-inside", ["not-a-plain-file"]),
        ("changelog-missing", ["changelog-missing"]),
        ("changelog-words", ["changelog-unreadable"]), ("changelog-version", ["changelog-disagrees"]),
        ("changelog-source", ["changelog-disagrees"]), ("changelog-large", ["tree-file-too-large"]),
        ("control-missing", ["control-missing"]), ("control-words", ["control-unreadable"]),
        ("control-source", ["control-disagrees"]), ("patch-out", ["unpack-failed"]),
        ("patch-through-link", ["link-leaves-tree", "unpack-failed"]), ("patch-fails", ["unpack-failed"]),
    ]

    @Test(arguments: bad)
    func aBadPackageIsRefused(kind: String, codes: [String]) async throws {
        let findings = try await findings(kind)
        #expect(findings.map(\.code) == codes, "\(findings)")
        #expect(findings.contains { $0.severity == .error })
    }

    @Test(arguments: [
        ("link-absolute", "link-leaves-tree"), ("link-out", "link-leaves-tree"),
        ("copyright-missing", "copyright-missing"), ("pipe", "special-member"),
        ("changelog-suite", "changelog-disagrees"),
    ])
    func aDoubtfulPackageIsWarnedOf(kind: String, code: String) async throws {
        let findings = try await findings(kind)
        #expect(findings.map(\.code) == [code])
        #expect(findings.map(\.severity) == [.warning])
    }

    @Test func theWordsOfDpkgSourceAreInTheFinding() async throws {
        let finding = try #require(try await findings("patch-out").first)
        #expect(finding.sentence.contains("outside"), "\(finding)")
        #expect(!finding.sentence.contains("\n"))
    }

    @Test(arguments: [
        ("bomb", "unpacks-to-too-much"), ("diff-bomb", "unpacks-to-too-much"), ("many", "too-many-members"),
    ])
    func aBombIsFoundWithoutBeingUnpacked(kind: String, code: String) async throws {
        var limits = UnpackLimits()
        limits.bytes = 32 << 20
        limits.members = 100_000
        #expect(try await findings(kind, limits).map(\.code) == [code])
    }

    @Test func twoHundredThousandFilesAreTakenWithinTheLimits() async throws {
        #expect(try await findings("many") == [])
    }

    @Test func aPackageOfTooManyFilesIsNotUnpacked() async throws {
        var limits = UnpackLimits()
        limits.files = 1
        #expect(try await findings("quilt", limits).map(\.code) == ["too-many-source-files"])
    }

    @Test func whatTakesTooLongIsEnded() async throws {
        var limits = UnpackLimits()
        limits.seconds = 0
        #expect(try await findings("native", limits).map(\.code) == ["unpack-too-long"])
    }

    @Test func aFullDiskIsOurFault() async throws {
        var limits = UnpackLimits()
        limits.freeDisk = .max / 2
        await #expect {
            try await findings("native", limits)
        } throws: {
            ($0 as? UnpackFailure)?.isFullDisk == true
        }
    }

    /// xz would start a thread for each processor, and all of them together run out of the memory that is for one program.
    @Test func blocksOfXzAreUnpackedWithinTheLimitOfMemory() async throws {
        var limits = UnpackLimits()
        limits.memory = 256 << 20
        #expect(try await findings("blocks", limits) == [])
    }

    @Test func aProgramThatIsNotThereIsOurFault() async throws {
        let odd = try await OddSource("native")
        let bench = try Bench()
        let unpacker = try SourceUnpacker(program: "/nonexistent/slipway-unpack", scratch: bench.scratch)
        await #expect(throws: UnpackFailure.self) { try await unpacker.findings(in: odd.source) }
        #expect(try bench.leftovers == [])
        try odd.remove()
        try bench.remove()
    }

    private func findings(_ kind: String, _ limits: UnpackLimits = .standard) async throws -> [Finding] {
        let odd = try await OddSource(kind)
        let bench = try Bench(limits: limits)
        let result: Result<[Finding], any Error>
        do { result = .success(try await bench.unpacker.findings(in: odd.source)) } catch { result = .failure(error) }
        #expect(try bench.leftovers == [])
        #expect(outside.allSatisfy { (try? OwnedDescriptor(opening: $0)) == nil })
        try odd.remove()
        try bench.remove()
        return try result.get()
    }

    /// Where some of them try to write.
    private var outside: [FilePath] { ["/tmp/slipway-outside", "/tmp/outside", "/outside"] }
}
