internal import ArchiveModel
internal import DebianControl
internal import DurableFiles
internal import Synchronization

/// The earlier sessions to an upload's path, in which its missing files may be: listed once for all of them, when the first is looked for.
///
/// One that moves on meanwhile is found where it went, as sessions go through the stages in one direction; of one that lands meanwhile
/// the judgement hears otherwise (`Latecomers`).
final class EarlierSessions: Sendable {
    private let spool: Spool
    private let path: UploadPath
    private let own: FileName
    private let limit: Int
    private let listed = Mutex<[Listed]?>(nil)

    private struct Listed: Sendable {
        let name: FileName
        let stage: Spool.Stage
    }

    /// - Parameters:
    ///   - path: of the upload.
    ///   - own: its session.
    ///   - limit: how many of each stage are looked into, the newest.
    init(in spool: Spool, to path: UploadPath, besides own: FileName, limit: Int) {
        (self.spool, self.path, self.own, self.limit) = (spool, path, own, limit)
    }

    /// What `look` finds in the first session in which it finds something. Waits for the disk.
    func first<Found>(_ look: (SessionFolder) throws -> Found?) throws -> Found? {
        for session in try sessions() {
            guard let folder = try spool.session(session.name, from: session.stage) else { continue }
            if let found = try look(folder) { return found }
        }
        return nil
    }

    private func sessions() throws -> [Listed] {
        try listed.withLock { listed in
            if let listed { return listed }
            let fresh = try [.landed, .held, .kept].flatMap(list)
            listed = fresh
            return fresh
        }
    }

    private func list(_ stage: Spool.Stage) throws -> [Listed] {
        try spool.sessions(in: stage).suffix(limit).reversed()
            .filter { try $0 != own && leadsToPath($0, stage) }.map { Listed(name: $0, stage: stage) }
    }

    /// What was handed over gets no folders any more.
    private func leadsToPath(_ session: FileName, _ stage: Spool.Stage) throws -> Bool {
        guard let found = try spool.session(session, from: stage) else { return false }
        guard path.directory != .root else { return true }
        do throws(FileFailure) {
            return try found.folder.status(of: path.directory.description) != nil
        } catch {
            guard error.isNoPlainFile else { throw error }
            return false
        }
    }
}
