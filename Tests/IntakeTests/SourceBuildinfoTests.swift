import ArchiveModel
import Catalog
import PackageFiles
import Testing

@testable import Intake

/// The `.buildinfo` that comes with a source: what is wrong with it is told, and refuses nothing.
@Suite struct SourceBuildinfoTests {
    private static func send(_ text: String, signed: Bool = false) async throws -> UploadRecord {
        var draft = Draft()
        let bytes = Array(text.utf8)
        draft.more["hello_2.10-3_source.buildinfo"] =
            signed ? try await TestKeys.shared.value.clearsign(bytes, by: .alice) : bytes
        return try await World().send(draft)
    }

    private static func text(of tarball: String) -> String {
        let digest = Digester.sha256(Array(tarball.utf8))
        return """
            Format: 1.0
            Source: hello
            Architecture: source
            Version: 2.10-3
            Checksums-Sha256:
             \(digest) \(tarball.utf8.count) hello_2.10-3.debian.tar.xz

            """
    }

    @Test(arguments: [
        (Draft().debian, false, []), (Draft().debian, true, []), ("other", false, ["digests-disagree"]),
        ("other", true, ["digests-disagree"]),
    ])
    func itsDigestsAreCompared(tarball: String, signed: Bool, codes: [String]) async throws {
        let record = try await Self.send(Self.text(of: tarball), signed: signed)
        #expect(record.verdict.findings.map(\.code) == codes)
        #expect(record.verdict.outcome == .accepted)
    }

    @Test(arguments: [
        ("nonsense", "syntax-error"), ("Format: 1.0\n", "missing-field"),
        ("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nFormat: 1.0\n", "signature-cut-off"),
    ])
    func thatItCannotBeReadIsToldOnly(text: String, code: String) async throws {
        let record = try await Self.send(text)
        #expect(record.codes == [code], "\(record.verdict.findings)")
        #expect(record.verdict.outcome == .accepted)
    }
}
