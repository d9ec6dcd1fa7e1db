internal import DebianControl
internal import DurableFiles
internal import PackageFiles
internal import SystemPackage

/// A folder of indices of a suite: `main/binary-amd64`.
///
/// Every stored file has two names, its own and its SHA-256 below `by-hash`: apt asks for the second, which stays when the
/// suite has moved on between its request for `InRelease` and this one.
struct IndexFolder {
    static let byHash = "by-hash/SHA256"

    private let path: FilePath
    /// As `Release` lists the folder.
    private let name: String

    init(_ path: FilePath, listedAs name: String) throws(FileFailure) {
        self.path = path
        self.name = name
        try Durably.makeFolders(path.appending(Self.byHash), sync: .later)
    }

    /// Writes the index in each compression. `Release` lists it uncompressed too, as apt checks what it has unpacked;
    /// as a file that is not needed.
    func write(_ index: String, _ text: IndexText) throws -> [ReleaseFile.Entry] {
        let segments = text.segments
        var entries = [entry(index, Array(segments.joined()))]
        for compression in Compression.allCases {
            let file = index + compression.fileExtension
            let bytes = try compression.compressSegments(segments)
            let listed = entry(file, bytes)
            try store(bytes, as: file, sha256: listed.sha256)
            entries.append(listed)
        }
        return entries
    }

    private func store(_ bytes: [UInt8], as file: String, sha256: String) throws(FileFailure) {
        try Durably.write(bytes, to: path.appending(file), sync: .later)
        try hardLink(path.appending(file), to: path.appending("\(Self.byHash)/\(sha256)"))
    }

    private func entry(_ file: String, _ bytes: [UInt8]) -> ReleaseFile.Entry {
        ReleaseFile.Entry(path: "\(name)/\(file)", size: Int64(bytes.count), sha256: Digester.sha256(bytes))
    }
}
