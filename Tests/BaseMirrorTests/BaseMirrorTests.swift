import ArchiveModel
import DebianControl
import Testing

@testable import BaseMirror

/// A real apt reads a mirror.
struct BaseMirrorTests {
    private func source(
        _ name: String, _ version: String, _ component: String = "main", isExtra: Bool = false
    ) throws -> BaseSource {
        BaseSource(
            try #require(PackageName(name)), try #require(PackageVersion(version)),
            component: try #require(ComponentName(component)), isExtra: isExtra)
    }

    private static let hello =
        "Package: hello\nBinary: hello\nVersion: 1:2.10-3\nPackage-List:\n hello deb devel optional\n"

    /// A mirror without compression is not copied by apt, but linked to.
    @Test(arguments: ["xz -f", "gzip -nf", "true"])
    func readsSourcesOfAllComponents(compress: String) async throws {
        try await Mirror.with { mirror in
            try await mirror.publish(
                "\(Self.hello)\nPackage: old\nVersion: 1\nExtra-Source-Only: yes\n\nPackage: broken\n",
                contrib: "Version: 2.0~rc1\nPackage: play", compress: compress)
            #expect(
                try await mirror.sources() == [
                    source("hello", "1:2.10-3"), source("old", "1", isExtra: true),
                    source("play", "2.0~rc1", "contrib"),
                ])
        }
    }

    @Test func updatesBelongToTheSuiteAndChangesAreSeen() async throws {
        try await Mirror.with { mirror in
            try await mirror.publish(Self.hello)
            try await mirror.publish("Package: hello\nVersion: 1:2.10-4\n", suite: "bookworm-updates")
            let suites = "bookworm bookworm-updates"
            #expect(
                try await mirror.sources(suites: suites) == [source("hello", "1:2.10-3"), source("hello", "1:2.10-4")])
            try await mirror.publish("Package: hello\nVersion: 1:3\n")
            #expect(try await mirror.sources(suites: suites) == [source("hello", "1:3"), source("hello", "1:2.10-4")])
        }
    }

    @Test(arguments: [
        ("stranger", "", "NO_PUBKEY"),
        ("mirror", "echo >>$dists/main/source/Sources.xz", "Hash Sum mismatch"),
        ("mirror", "sed -i 's/^Suite: .*/Suite: sid/' $dists/InRelease", "BADSIG"),
        ("mirror", "rm $dists/main/source/Sources.xz", "Sources"),
        (
            "mirror",
            "sed -i /contrib.source/d Release; gpg -q --batch --yes -u mirror@example.org --clearsign -o $dists/InRelease Release",
            "Skipping"
        ),
        ("mirror", "rm $dists/InRelease", "Release"),
    ])
    func aMirrorThatCannotBeTrustedIsRefusedAsAWhole(signer: String, fault: String, words: String) async throws {
        try await Mirror.with { mirror in
            try await mirror.publish(Self.hello, signer: signer, afterwards: fault)
            let refusal = await #expect(throws: BaseMirrorFault.self) { _ = try await mirror.sources() }
            #expect(refusal?.description.contains(words) == true, "\(refusal?.description ?? "")")
        }
    }

    /// The machine may trust what nobody signed: a base has to be signed.
    @Test(arguments: ["Trusted: yes", "Allow-Insecure: yes\nTrusted: yes", "Allow-Weak: yes\ntrusted: yes"])
    func whatTheMachineTrustsIsNotEnough(option: String) async throws {
        try await Mirror.with { mirror in
            try await mirror.publish(Self.hello, signer: "stranger")
            await #expect(throws: BaseMirrorFault.self) { try await mirror.sources(more: option) }
        }
    }

    /// Two would bring in, one after the other, what they have read in another order.
    @Test func oneProcessReadsAtATime() async throws {
        try await Mirror.with { mirror in
            try await mirror.publish(Self.hello)
            let inner = try await mirror.reading { _ in try await mirror.reading { $0.count } }
            #expect(inner == .some(nil), "nobody else, until the first has brought it in")
            #expect(try await mirror.reading { $0.count } == 1)
        }
    }

    @Test func aSuiteThatNothingServesIsTold() async throws {
        try await Mirror.with { mirror in
            await #expect(throws: BaseMirrorFault.self) { try await mirror.sources(suites: "") }
        }
    }
}
