internal import DebianControl
internal import DurableFiles
internal import Glibc
internal import SystemPackage

/// The folders in which sessions lie, one after the other; a session goes from each to the next by one rename, or is
/// removed. docs/upload-life.md has the table.
struct Spool: Sendable {
    enum Stage: String, CaseIterable, Sendable {
        /// The gateway still writes.
        case incoming
        /// Handed over.
        case landed
        /// An upload of it waits: for files, or for us.
        case held
        /// Everything is decided; files that were rejected, or belong to nothing, stay for a while.
        case kept
    }

    private let jail: Folder
    private let state: Folder

    /// Makes the folders that are missing.
    init(jail: FilePath, state: FilePath) throws {
        for stage in [Stage.incoming, .landed] { try Durably.makeFolders(jail.appending(stage.rawValue)) }
        for stage in [Stage.held, .kept] {
            try Durably.makeFolders(state.appending(stage.rawValue), permissions: .ownerReadWriteExecute)
        }
        self.jail = try Folder(opening: jail)
        self.state = try Folder(opening: state)
    }

    /// The session's folder, wherever it is by now. The stages are asked in the order sessions go through them, so one
    /// that moves on meanwhile is not missed.
    /// - Parameter first: where it was last seen.
    func session(_ name: FileName, from first: Stage = .incoming) throws -> SessionFolder? {
        for stage in Stage.allCases.drop(while: { $0 != first }) {
            if let found = try session(name, in: stage) { return found }
        }
        return nil
    }

    func session(_ name: FileName, in stage: Stage) throws -> SessionFolder? {
        do throws(FileFailure) {
            return SessionFolder(name: name, stage: stage, folder: try root(of: stage).folder("\(stage)/\(name)"))
        } catch {
            guard error.isMissing || error.reason == .system(.notDirectory) else { throw error }
            return nil
        }
    }

    /// The names of a stage's sessions, in order of name.
    func sessions(in stage: Stage) throws -> [FileName] {
        try root(of: stage).folder(stage.rawValue).entries().compactMap { entry in
            entry.type == .directory ? FileName(entry.name) : nil
        }
    }

    /// When the session came to its stage, in seconds since 1970: a rename changes the inode, which sets its ctime.
    func arrival(of name: FileName, in stage: Stage) throws -> Int64? {
        try root(of: stage).status(of: "\(stage)/\(name)").map { Int64($0.rawValue.st_ctim.tv_sec) }
    }

    /// Moves the session on, durably. One that somebody else moved is no failure.
    func move(_ session: SessionFolder, to stage: Stage) throws {
        guard session.stage != stage else { return }
        do throws(FileFailure) {
            try root(of: session.stage).move(
                "\(session.stage)/\(session.name)", to: root(of: stage), as: "\(stage)/\(session.name)")
            try root(of: stage).folder(stage.rawValue).sync()
            try root(of: session.stage).folder(session.stage.rawValue).sync()
        } catch {
            guard error.isMissing else { throw error }
        }
    }

    func remove(_ name: FileName, from stage: Stage) throws {
        try root(of: stage).removeTree("\(stage)/\(name)")
    }

    private func root(of stage: Stage) -> Folder {
        switch stage {
        case .incoming, .landed: jail
        case .held, .kept: state
        }
    }
}
