internal import FTPProtocol

extension SFTPSession {
    mutating func carryOut(_ request: SFTPRequest) -> [Action] {
        switch request {
        case .initialize: [.send(.version)]
        case .open(let path, let isForWriting): open(path, isForWriting: isForWriting)
        case .write(let handle, let offset, let data): write(handle, offset, data)
        case .setHandleStatus(let handle, let size): setStatus(handle, size)
        case .setStatus: [fine()]
        case .close(let handle): close(handle)
        case .status(let path): status(path)
        case .handleStatus(let handle): handleStatus(handle)
        case .realPath(let path): realPath(path)
        case .openFolder(let path): ask(about: path, .openFolder)
        case .readFolder(let handle): readFolder(handle)
        case .makeFolder(let path): ask(about: path, .makeFolder)
        case .remove(let path): remove(path)
        case .rename(let from, let to): rename(from, to)
        case .notOffered: [.send(.status(number, .notOffered, "Not offered: this service only takes uploads."))]
        }
    }

    private mutating func open(_ path: String, isForWriting: Bool) -> [Action] {
        guard isForWriting else {
            return refuse("Nothing is given out here: this service only takes uploads.", .permissionDenied)
        }
        // With those that were given up or removed: what a session leaves on the disk has a limit.
        guard parts < limits.sessionFiles, openFiles.count < limits.openFiles else { return drop(.sessionFull) }
        do throws(FileMistake) {
            let place = try VirtualFile(path, in: .root)
            try limits.names.check(place)
            return begin(.ask(place.path), .asking(place.path, .store(place.name)))
        } catch {
            return refuse(error.sentenceForSFTP)
        }
    }

    private mutating func write(_ handle: [UInt8], _ offset: UInt64, _ data: [UInt8]) -> [Action] {
        guard case .file(let file) = handles[handle] else { return [badHandle] }
        if let mistake = file.mistake { return [.send(.status(number, .failure, mistake.sentence))] }
        // A file with a hole is not what the client has.
        guard offset <= file.size else { return spoil(handle, .notResumed) }
        let end = max(file.size, offset + UInt64(data.count))
        if let mistake = excess(of: file, growingTo: end) { return spoil(handle, mistake) }
        return begin(
            .serve(.write(handle: file.serverHandle, offset: offset, data: data)), .writing(handle, size: end))
    }

    /// Modes and times mean nothing here; a size cuts the file, as scp does at its end.
    private mutating func setStatus(_ handle: [UInt8], _ size: UInt64?) -> [Action] {
        guard case .file(let file) = handles[handle] else { return [badHandle] }
        guard let size, file.mistake == nil, size != file.size else { return [fine()] }
        guard size < file.size else { return spoil(handle, .shorterThanSaid) }
        return begin(.serve(.truncate(handle: file.serverHandle, size: size)), .writing(handle, size: size))
    }

    private func excess(of file: OpenFile, growingTo size: UInt64) -> SFTPRefusal? {
        let limit = file.place.name.completesUpload ? min(limits.textSize, limits.fileSize) : limits.fileSize
        guard size <= limit else { return .fileTooLarge(limit) }
        let others = openFiles.reduce(broughtBytes) { $0 + $1.size } - file.size
        return others + size <= limits.sessionSize ? nil : .sessionFull
    }

    /// Whatever comes for this file now, it is not kept.
    mutating func spoil(_ handle: [UInt8], _ mistake: SFTPRefusal) -> [Action] {
        guard case .file(var file) = handles[handle] else { return [badHandle] }
        file.mistake = mistake
        handles[handle] = .file(file)
        return drop(mistake)
    }

    private mutating func close(_ handle: [UInt8]) -> [Action] {
        switch handles.removeValue(forKey: handle) {
        case .folder: [fine()]
        case .file(let file): begin(.serve(.close(handle: file.serverHandle)), .closing(file))
        case nil: [badHandle]
        }
    }

    private mutating func status(_ path: String) -> [Action] {
        guard let place = try? VirtualFile(path, in: .root) else { return ask(about: path, .status) }
        if let size = files[place] { return [.send(.attributes(number, .init(name: "", size: size)))] }
        // Without a code of its own, so that paramiko hands the sentence on.
        if let refusal = refusals[place] { return [.send(.status(number, .failure, refusal))] }
        guard !place.name.looksLikeFile else { return [.send(.status(number, .noSuchFile, "There is no such file."))] }
        return ask(about: path, .status)
    }

    private func handleStatus(_ handle: [UInt8]) -> [Action] {
        switch handles[handle] {
        case .file(let file): [.send(.attributes(number, .init(name: "", size: file.size)))]
        case .folder: [.send(.attributes(number, .init(name: "", size: nil)))]
        case nil: [badHandle]
        }
    }

    private func realPath(_ text: String) -> [Action] {
        do throws(PathMistake) {
            return [.send(.names(number, [.init(name: try resolve(text), size: nil)]))]
        } catch {
            return [.send(.status(number, .noSuchFile, error.sentenceForSFTP))]
        }
    }

    /// The name of a file may hold what a folder's may not ("1.0~rc1").
    private func resolve(_ text: String) throws(PathMistake) -> String {
        guard let place = try? VirtualFile(text, in: .root) else { return try VirtualPath(resolving: text).absolute }
        return (place.path == .root ? "" : place.path.absolute) + "/\(place.name)"
    }

    private mutating func readFolder(_ handle: [UInt8]) -> [Action] {
        guard case .folder(let path, let isRead) = handles[handle] else { return [badHandle] }
        handles[handle] = .folder(path, isRead: true)
        guard !isRead else { return [.send(.status(number, .endOfFile, ""))] }
        return [.send(.names(number, entries(of: path)))]
    }

    /// What this session has brought. Others' uploads are nobody's business.
    private func entries(of path: VirtualPath) -> [SFTPReply.Entry] {
        let here = files.filter { $0.key.path == path }.map {
            SFTPReply.Entry(name: $0.key.name.description, size: $0.value)
        }
        let depth = path.components.count
        let beneath = files.keys.map(\.path.components).filter { $0.count > depth && $0.starts(with: path.components) }
        let folders = Set(beneath.map { $0[depth] }).union(["."]).map { SFTPReply.Entry(name: $0, size: nil) }
        return Array((here + folders).sorted { $0.name < $1.name }.prefix(Self.listLimit))
    }

    private mutating func remove(_ path: String) -> [Action] {
        guard let place = try? VirtualFile(path, in: .root), files[place] != nil else {
            return [.send(.status(number, .noSuchFile, "This session has no such file."))]
        }
        return begin(.remove(place), .removing(place))
    }

    /// Some clients give a file its name at the end only.
    private mutating func rename(_ from: String, _ to: String) -> [Action] {
        guard let source = try? VirtualFile(from, in: .root), files[source] != nil else {
            return [.send(.status(number, .noSuchFile, "This session has no such file."))]
        }
        do throws(FileMistake) {
            let target = try VirtualFile(to, in: .root)
            try limits.names.check(target)
            return begin(.ask(target.path), .asking(target.path, .move(source, to: target.name)))
        } catch {
            return refuse(error.sentenceForSFTP)
        }
    }

    private mutating func ask(about text: String, _ question: Question) -> [Action] {
        do throws(PathMistake) {
            let path = try VirtualPath.root.entering(text)
            return path == .root && question != .makeFolder
                ? answer(question, path, .partial) : begin(.ask(path), .asking(path, question))
        } catch {
            return refuse(error.sentenceForSFTP, .noSuchFile)
        }
    }

    var badHandle: Action { .send(.status(number, .failure, "Not a handle of this session.")) }

    /// Entries told of a folder: they have to fit into one packet.
    private static let listLimit = 500
}
