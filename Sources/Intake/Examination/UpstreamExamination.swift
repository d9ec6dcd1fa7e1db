internal import ArchiveModel
internal import DebianControl
internal import DurableFiles
internal import OpenPGP

/// Upstream's signatures of its tarballs, by the keys that the package ships. What is wrong with one is a warning: the uploader
/// signed the tarball, too, and often cannot mend what upstream did.
struct UpstreamExamination: Sendable {
    let files: [NeededFile]
    let open: @Sendable (NeededFile) throws -> OwnedDescriptor

    /// Throws failures of ours. That gpg cannot do something with a stranger's keys is not one.
    func findings(by keys: [UInt8], _ upstream: UpstreamSignatures) async throws -> [Finding] {
        let signed = try signedFiles(limit: upstream.limits.signature)
        guard !signed.isEmpty else { return [] }
        do {
            return try await upstream.mistakes(in: signed, keys: keys).map { finding($0.file, $0.sentence) }
        } catch let failure as OpenPGPFailure {
            return signed.map { finding($0.name, "It could not be checked: \(failure.description.printable).") }
        }
    }

    private func signedFiles(limit: Int) throws -> [UpstreamFile] {
        try files.filter { $0.kind == .upstreamSignature }.compactMap { signature in
            let name = String(signature.name.description.dropLast(".asc".count))
            guard let tarball = files.first(where: { $0.name.description == name }) else { return nil }
            // What is longer holds nothing that gpg would be asked about.
            let bytes = signature.entry.size > limit ? [] : try open(signature).readAll(limit: limit)
            return UpstreamFile(name: signature.name.description, signature: bytes) { try open(tarball) }
        }
    }

    private func finding(_ file: String, _ sentence: String) -> Finding {
        Finding(
            .upstreamSignatureWrong, sentence, severity: .warning, file: file,
            remedy: "Take tarball and signature from upstream anew (uscan), or mend debian/upstream/signing-key.asc.")
    }
}
