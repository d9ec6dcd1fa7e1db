internal import DurableFiles
internal import SystemPackage

/// The state of a suite that apt sees now, as far as the next one takes from it.
struct FormerSuite {
    private let folder: Folder
    /// Its `Release`.
    let release: String
    /// Its date, in Unix seconds.
    let date: Int64

    /// Nil when the suite was not published yet.
    init?(_ path: FilePath) throws(FileFailure) {
        do {
            folder = try Folder(opening: path)
            let file = try folder.openFile("Release")
            release = String(decoding: try file.readAll(limit: Self.longestRelease), as: UTF8.self)
            date = try file.status().modified
        } catch  where error.isMissing {
            return nil
        }
    }

    /// In bytes: some hundred entries for each of the components of the largest suite.
    private static let longestRelease = 16 << 20

    /// Links into `next` the indices that clients which have fetched the present `InRelease` ask for by hash, and those of
    /// earlier ones that have not been out of date for longer than `grace`.
    func keepIndices(in next: FilePath, now: Int64, grace: Duration) throws {
        for byHash in try byHashFolders() {
            for entry in try folder.folder(byHash).entries() where entry.type == .regular {
                let file = "\(byHash)/\(entry.name)"
                let isCurrent = release.contains(entry.name)
                guard try isCurrent || isYoung(file, now: now, grace: grace) else { continue }
                try keep(file, in: next, outdatedSince: isCurrent ? now : nil)
            }
        }
    }

    /// The time of the file becomes that at which it went out of date. It shares time and bytes with the present
    /// index, which nobody minds: it is about to go.
    private func keep(_ file: String, in next: FilePath, outdatedSince time: Int64?) throws(FileFailure) {
        let kept = next.appending(file)
        guard try Folder(opening: next).status(of: file) == nil else { return }  // current again, or still
        try Durably.makeFolders(kept.removingLastComponent(), sync: .later)
        try hardLink(folder.path.appending(file), to: kept)
        if let time { try setModificationTime(of: kept, to: time) }
    }

    /// `by-hash` of every component's folders of indices, also of one the next state does not have any more.
    private func byHashFolders() throws(FileFailure) -> [String] {
        var found: [String] = []
        for component in try folder.entries() where component.type == .directory {
            for indices in try folder.folder(component.name).entries() where indices.type == .directory {
                let byHash = "\(component.name)/\(indices.name)/\(IndexFolder.byHash)"
                if try folder.status(of: byHash) != nil { found.append(byHash) }
            }
        }
        return found
    }

    private func isYoung(_ file: String, now: Int64, grace: Duration) throws(FileFailure) -> Bool {
        guard let status = try folder.status(of: file) else { return false }
        return Duration.seconds(now - status.modified) < grace
    }
}
