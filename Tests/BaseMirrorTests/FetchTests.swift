import ArchiveModel
import BaseMirror
import DebianControl
import DurableFiles
import Testing

/// A real apt fetches from a mirror.
@Suite struct FetchTests {
    private func names(_ files: [FetchedFile]) -> [String] { files.map(\.name.description).sorted() }

    @Test(arguments: [
        ([], []), (["amd64"], ["hello-data_2.10_all.deb", "hello_2.10_amd64.deb"]),
        (
            ["amd64", "i386"], ["hello-data_2.10_all.deb", "hello_2.10+b1_i386.deb", "hello_2.10_amd64.deb"]
        ),
    ])
    func aSourceComesWithThePackagesOfItsVersion(architectures: [String], packages: [String]) async throws {
        try await Mirror.with { mirror in
            try await mirror.publishPackages()
            let fetched = try await mirror.fetch("2.10", architectures)
            #expect(names(fetched.source) == ["hello_2.10.dsc", "hello_2.10.tar.xz"])
            #expect(names(fetched.packages) == packages)
            for file in fetched.source + fetched.packages {
                #expect(try OwnedDescriptor(opening: file.place).readAll(limit: 1 << 20).count == Int(file.size))
            }
        }
    }

    @Test func whatIsNotThereOrTooMuchIsNotFetched() async throws {
        try await Mirror.with { mirror in
            try await mirror.publishPackages()
            await #expect(throws: NotInBase.self) { _ = try await mirror.fetch("2.11") }
            await #expect(throws: NotInBase.self) { _ = try await mirror.fetch(limit: 100) }
        }
    }

    @Test(arguments: [
        "echo >>pool/hello_2.10.dsc", "rm pool/hello_2.10.tar.xz", "echo >>pool/hello_2.10_amd64.deb",
        "sed -i s/devel/games/ dists/bookworm/main/source/Sources",
    ])
    func whatTheIndexDoesNotVouchForIsRefused(fault: String) async throws {
        try await Mirror.with { mirror in
            try await mirror.publishPackages(afterwards: fault)
            await #expect(throws: BaseMirrorFault.self) { _ = try await mirror.fetch("2.10", ["amd64"]) }
        }
    }

    /// The machine may trust what nobody signed: what is fetched has to be signed.
    @Test func whatTheMachineTrustsIsNotEnough() async throws {
        try await Mirror.with { mirror in
            try await mirror.publishPackages(
                afterwards: "mv ../Release dists/bookworm/Release; rm dists/bookworm/InRelease")
            await #expect(throws: BaseMirrorFault.self) { _ = try await mirror.fetch(more: "Trusted: yes") }
        }
    }
}
