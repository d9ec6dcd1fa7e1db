import ArchiveModel
import BaseMirror
import DebianControl
import Foundation
import Subprocess
import SystemPackage

/// A mirror in a folder, made with apt-ftparchive and signed with gpg, and the reader of it.
struct Mirror {
    let folder: FilePath
    let suite = SuiteName("bookworm")!

    static func with(_ body: (Mirror) async throws -> Void) async throws {
        let folder = FilePath("/tmp/slipway-mirror-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        let mirror = Mirror(folder: folder)
        do {
            try await mirror.run(
                """
                export GNUPGHOME=$PWD/gnupg; mkdir -m 700 gnupg
                for name in mirror stranger; do
                    gpg -q --batch --passphrase '' --quick-gen-key "$name@example.org" rsa2048 sign never 2>/dev/null
                done
                gpg --export mirror@example.org >mirror.gpg
                """)
            try await body(mirror)
        } catch {
            await mirror.remove()
            throw error
        }
        await mirror.remove()
    }

    private func remove() async {
        _ = try? await run("GNUPGHOME=$PWD/gnupg gpgconf --kill all; cd /; rm -rf '\(folder)'")
    }

    /// Puts these paragraphs into `main` and `contrib`, and signs.
    func publish(
        _ main: String, contrib: String = "", suite: String = "bookworm", signer: String = "mirror",
        compress: String = "xz -f", afterwards: String = ""
    ) async throws {
        try await run(
            """
            export GNUPGHOME=$PWD/gnupg; dists=debian/dists/\(suite); rm -rf $dists
            mkdir -p $dists/main/source $dists/contrib/source
            printf '%s' "$MAIN" >$dists/main/source/Sources; printf '%s' "$CONTRIB" >$dists/contrib/source/Sources
            for file in $dists/*/source/Sources; do cp $file $file.plain; \(compress) $file; mv $file.plain $file; done
            apt-ftparchive -o APT::FTPArchive::Release::Suite=\(suite) -o APT::FTPArchive::Release::Codename=\(suite) \
                -o APT::FTPArchive::Release::Components="main contrib" release $dists >Release
            gpg -q --batch --yes -u \(signer)@example.org --clearsign -o $dists/InRelease Release
            \(compress == "true" ? "" : "rm $dists/*/source/Sources")
            \(afterwards)
            """, ["MAIN": main, "CONTRIB": contrib])
    }

    /// apt's sources of it.
    var aptSources: String {
        """
        Types: deb
        URIs: file:\(folder)/debian
        Suites: bookworm
        Components: main
        Signed-By: \(folder)/mirror.gpg
        """
    }

    func sources(suites: String = "bookworm", more: String = "") async throws -> Set<BaseSource> {
        try await reading(suites: suites, more: more) { $0 } ?? []
    }

    /// - Parameter more: fields of the base's sources.
    func reading<Result>(
        suites: String = "bookworm", more: String = "", _ body: (Set<BaseSource>) async throws -> Result
    ) async throws -> Result? {
        try await BaseMirror(root: folder.appending("base")).reading(
            suite, in: DistributionName("debian")!,
            from: """
                Types: deb
                URIs: file:\(folder)/debian
                Suites: \(suites)
                Components: main contrib
                Signed-By: \(folder)/mirror.gpg
                \(more)
                """, body)
    }

    func run(_ script: String, _ words: [String: String] = [:]) async throws {
        let environment = words.reduce(into: [Environment.Key: String?]()) {
            $0[.init(stringLiteral: $1.key)] = $1.value
        }
        let result = try await Subprocess.run(
            .name("bash"), arguments: ["-ec", script], environment: .inherit.updating(environment),
            workingDirectory: folder, output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        guard result.terminationStatus.isSuccess else { throw ScriptFailure(result.standardError) }
    }

    struct ScriptFailure: Error {
        let words: String

        init(_ words: String) { self.words = words }
    }
}
