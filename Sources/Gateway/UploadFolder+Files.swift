internal import DurableFiles
internal import FTPProtocol
internal import Glibc
internal import Synchronization
internal import SystemPackage

/// What a client may do with the files of its session. All of it blocks; for a disk thread.
extension UploadFolder {
    enum Found {
        case file(FileFacts), folder([FileFacts]), nothing
    }

    /// A name that is both, which cannot last, is the file's.
    func look(_ subject: Subject) throws -> Found {
        try state.withLock { state in
            guard let folder = state.folder else { return .nothing }
            if let file = subject.file, let facts = try Self.facts(of: file, in: folder, state) { return .file(facts) }
            guard let path = subject.folder, let entries = try Self.entries(of: path, in: folder, state) else {
                return .nothing
            }
            return .folder(entries)
        }
    }

    private static func facts(of file: VirtualFile, in folder: Folder, _ state: State) throws -> FileFacts? {
        guard let status = try folder.status(of: state.parts[file] ?? file.place) else { return nil }
        return status.type == .regular ? FileFacts(file.name.description, status) : nil
    }

    private static func entries(of path: VirtualPath, in folder: Folder, _ state: State) throws -> [FileFacts]? {
        guard try path == .root || folder.status(of: path.description)?.type == .directory else { return nil }
        let place = path == .root ? folder : try folder.folder(path.description)
        let whole = try place.entries().filter { !$0.name.hasPrefix(".") }
        let broken = state.parts.filter { $0.key.path == path }
        let hidden = Set(broken.keys.map(\.name.description))
        let files = try whole.filter { !hidden.contains($0.name) }.compactMap { entry in
            try place.status(of: entry.name).map { FileFacts(entry.name, $0) }
        }
        let parts = try broken.compactMap { file, part in
            try folder.status(of: part).map { FileFacts(file.name.description, $0) }
        }
        return (files + parts).sorted { $0.name < $1.name }
    }

    func change(_ change: FTPSession.Change) throws {
        try state.withLock { state in
            switch change {
            case .removeFolder(let path):
                state.made = [:]
                try Self.removeFolder(path, in: state.folder)
            case .remove(let file): try Self.remove(file, &state)
            case .rename(let old, let new): try rename(old, to: new, &state)
            case .setTime(let file, let time):
                guard let folder = state.folder else { throw StoreFailure.absent }
                try Self.demand {
                    try folder.setModificationTime(of: state.parts[file] ?? file.place, seconds: time.seconds)
                }
            }
        }
    }

    private static func removeFolder(_ path: VirtualPath, in folder: Folder?) throws {
        guard path != .root else { throw StoreFailure.notEmpty }
        do throws(FileFailure) {
            try folder?.removeFolder(path.description)
        } catch {
            guard !error.isMissing else { return }
            throw error.reason == .system(.directoryNotEmpty) ? StoreFailure.notEmpty : error
        }
    }

    private static func remove(_ file: VirtualFile, _ state: inout State) throws {
        guard let folder = state.folder else { throw StoreFailure.absent }
        state.hasRemoved = true
        let part = state.parts.removeValue(forKey: file)
        if let part { try folder.remove(part) }
        do throws(FileFailure) {
            try folder.remove(file.place)
        } catch {
            guard !error.isMissing else {
                if part == nil { throw StoreFailure.absent }
                return
            }
            throw error
        }
    }

    /// A part goes on as the part of the new name; whatever stands there is then replaced when it is whole.
    private func rename(_ old: VirtualFile, to new: VirtualFile, _ state: inout State) throws {
        guard let folder = state.folder else { throw StoreFailure.absent }
        guard old != new else { return }
        if let part = state.parts.removeValue(forKey: old) {
            if let replaced = state.parts.updateValue(part, forKey: new) { try folder.remove(replaced) }
            return
        }
        if old.path != new.path { try countOneMore(&state) }
        try folder.makeFolders(new.path)
        try Self.demand { try folder.move(old.place, to: new.place, replacing: true) }
        state.isDurable = false
        // What was broken off under that name is continued no more: the name is that of a whole file now.
        if let broken = state.parts.removeValue(forKey: new) { try folder.remove(broken) }
    }

    private static func demand(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as FileFailure {
            throw error.isMissing ? StoreFailure.absent : error
        }
    }
}

extension FileFacts {
    fileprivate init(_ name: String, _ status: Stat) {
        self.init(
            name: name, size: status.size, modified: FTPTime(seconds: Int64(status.st_mtim.tv_sec)),
            isFolder: status.type == .directory)
    }
}
