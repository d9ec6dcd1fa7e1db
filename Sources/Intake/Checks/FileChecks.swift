internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// Whether the files are the ones that are listed, and take no other file's name.
enum FileChecks {
    static func areNotTooMany(_ evidence: Evidence) -> [Finding] {
        let (count, limit) = (
            evidence.changes.fileCount(with: evidence.dsc.control), evidence.limits.filesPerUpload
        )
        guard count > limit else { return [] }
        return [
            Finding(
                .tooManyFiles, "\(count) files are listed, those of the .dsc included; at most \(limit) are taken.",
                file: evidence.path.name.description, expected: "\(limit)", got: "\(count)")
        ]
    }

    static func haveTheirSize(_ evidence: Evidence) -> [Finding] { evidence.files.flatMap(wrongSize) }

    static func haveTheirDigests(_ evidence: Evidence) -> [Finding] { evidence.files.flatMap(wrongDigests) }

    /// A file once published in an archive never changes its bytes.
    static func replaceNothing(_ evidence: Evidence) -> [Finding] {
        guard let archive = evidence.arrival.destination.archive?.archive else { return [] }
        return evidence.files.compactMap { file in
            guard let known = file.known, let wanted = file.entry.sha256, known.sha256 != wanted else { return nil }
            return Finding(
                .fileDiffersFromPublished, "\(archive.reference) has a \(file.name) with other bytes.",
                file: file.name.description, field: "Checksums-Sha256", expected: known.sha256, got: wanted,
                remedy: remedy(for: file.kind))
        }
    }

    static func agreeWithThePrimaryArchive(_ evidence: Evidence) -> [Finding] {
        guard let primary = evidence.arrival.destination.archive?.primary else { return [] }
        return evidence.files.compactMap { file in
            guard let known = file.knownInPrimary, file.entry.sha256 != known.sha256 else { return nil }
            return Finding(
                .fileDiffersFromPrimary, "\(primary.reference) has a \(file.name) with other bytes.",
                severity: .warning, file: file.name.description, field: "Checksums-Sha256", expected: known.sha256,
                got: file.entry.sha256)
        }
    }

    private static func remedy(for kind: UploadFileKind) -> String {
        switch kind {
        case .orig, .origComponent, .upstreamSignature:
            "Build with the archive's own tarball (apt-get source, or uscan), or raise the upstream version."
        default: "Raise the version (dch -i) and build again."
        }
    }

    static func wrongSize(_ file: NeededFile) -> [Finding] {
        guard let content = file.content, content.size != file.entry.size else { return [] }
        return [
            Finding(
                .wrongSize, "It has \(content.size) bytes; \(file.listings[0].lister) lists \(file.entry.size).",
                file: file.name.description, field: "Files", expected: "\(file.entry.size)", got: "\(content.size)",
                remedy: content.size < file.entry.size
                    ? "Upload it again, in binary mode: a part is missing." : "Upload the file that was signed.")
        ]
    }

    /// Only of files of the right size: of others every digest is wrong.
    static func wrongDigests(_ file: NeededFile) -> [Finding] {
        guard let content = file.content, content.size == file.entry.size else { return [] }
        return file.listings.flatMap { listing in
            DigestAlgorithm.allCases.compactMap { algorithm -> Finding? in
                guard let listed = listing.entry[algorithm] else { return nil }
                let got = content[algorithm]
                guard listed != got else { return nil }
                return Finding(
                    .wrongDigest, "Its \(algorithm.title) is not the one that \(listing.lister) lists.",
                    file: file.name.description, field: algorithm.title, expected: listed, got: got,
                    remedy:
                        "Upload the file that was signed, in binary mode; if it was changed since, build and sign again."
                )
            }
        }
    }
}

extension CatalogFile {
    subscript(_ algorithm: DigestAlgorithm) -> String {
        switch algorithm {
        case .md5: md5
        case .sha1: sha1
        case .sha256: sha256
        case .sha512: sha512
        }
    }
}

extension DigestAlgorithm {
    var title: String {
        switch self {
        case .md5: "MD5"
        case .sha1: "SHA-1"
        case .sha256: "SHA-256"
        case .sha512: "SHA-512"
        }
    }
}
