internal import Catalog
internal import DurableFiles
internal import Glibc
internal import Subprocess
internal import SystemPackage

/// The scratch folder of one attempt. Nothing in it is needed after the attempt; a crash leaves it to `sweep`.
struct BuildFolder: Sendable {
    let path: FilePath
    let user: BuildUser

    /// The `.dsc` and its files.
    var source: FilePath { path.appending("source") }
    /// What sbuild made.
    var result: FilePath { path.appending("result") }
    /// The tarball. In this folder, as the user may not be allowed into the one it comes from.
    var chroot: FilePath { path.appending("chroot.tar.zst") }
    /// What the unpacked chroot's name starts with.
    var root: FilePath { path.appending("root") }
    /// Of the repositories that the build reads.
    var keys: FilePath { path.appending("keys") }
    var configuration: FilePath { path.appending("sbuild.conf") }
    private var home: FilePath { path.appending("home") }
    private var temporary: FilePath { path.appending("tmp") }
    private var process: FilePath { path.appending("process") }

    /// Makes it below `work`, which is made when it is missing.
    init(in work: FilePath, name: String, user: BuildUser) throws {
        try Self.prepare(work)
        self.user = user
        path = work.appending("\(name)-\(UInt64.random(in: 0 ... .max))")
        for folder in [path, source, result, keys, home, temporary] {
            try Folder(opening: folder.removingLastComponent()).makeFolder(
                folder.lastComponent!.string, permissions: .publicFolder)
            try user.own(folder)
        }
    }

    private init(path: FilePath, user: BuildUser) {
        self.path = path
        self.user = user
    }

    /// `work` may lie in a folder that everybody writes to: it has to be ours.
    private static func prepare(_ work: FilePath) throws {
        try Durably.makeFolders(work, permissions: .publicFolder)
        var status = stat()
        guard work.withPlatformString({ lstat($0, &status) }) == 0, status.st_uid == geteuid(),
            status.st_mode & S_IFMT == S_IFDIR
        else { throw BuilderFault("\(work) is not the service's own folder.", remedy: "Remove it, or choose another.") }
        try OpenPath.check(work, purpose: "used for chroots")
    }

    var environment: [Environment.Key: String] {
        user.environment(home: home, temporary: temporary)
            .merging(["SBUILD_CONFIG": configuration.string]) { $1 }
    }

    /// Gives the tarball a name in this folder: a hard link, which needs no room, or else a copy.
    func bring(_ tarball: FilePath) throws {
        let linked = tarball.withPlatformString { old in chroot.withPlatformString { Glibc.link(old, $0) } }
        guard linked != 0 else { return }
        let source = try Folder(opening: tarball.removingLastComponent())
            .openFile(tarball.lastComponent?.string ?? "")
        let copy = try Folder(opening: path).createFile("chroot.tar.zst", permissions: .worldReadable)
        try source.forEachPiece { piece throws(FileFailure) in try copy.write(piece) }
        try copy.close()
    }

    /// Notes which process works here, so that a successor can end it.
    func note(_ running: ProcessIdentity) throws {
        let text = "\(running.number) \(running.start)\n"
        try Durably.write(Array(text.utf8), to: process, sync: .later)
    }

    private var running: ProcessIdentity? {
        let text = try? Folder(opening: path).openFile("process").readAll(limit: 100)
        let words = String(decoding: text ?? [], as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 2, let number = pid_t(words[0]), let start = UInt64(words[1]) else { return nil }
        return ProcessIdentity(number: number, start: start)
    }

    /// Removes it with everything beneath.
    func remove() async throws {
        if geteuid() != 0 { try await removeChroots() }
        try Durably.removeTree(path)
    }

    /// What the users of a chroot made is not ours to remove, but theirs: mmdebstrap lends us their ids for that.
    private func removeChroots() async throws {
        // A crash may have come before all folders were made.
        func names(in folder: FilePath) -> [FilePath] {
            ((try? Folder(opening: folder).entries()) ?? []).map { folder.appending($0.name) }
        }
        let chroots =
            names(in: path).filter { $0.lastComponent?.string.hasPrefix("root.") == true } + names(in: temporary)
        guard !chroots.isEmpty else { return }
        // It may not remove the chroots' own names, which are in folders of ours, and ends with an error for that.
        let removal = user.configuration(
            "/usr/bin/mmdebstrap", ["--unshare-helper", "rm", "-rf", "--one-file-system"] + chroots.map(\.string),
            environment: environment, in: path, grace: .seconds(1))
        _ = try await Subprocess.run(removal, output: .discarded, error: .discarded)
    }

    /// Removes what attempts of this worker left that a crash cut off, and ends what still runs there.
    static func sweep(_ work: FilePath, names: String, user: BuildUser) async throws {
        guard let folder = try? Folder(opening: work) else { return }
        for entry in try folder.entries() where entry.name.hasPrefix(names) {
            let left = BuildFolder(path: work.appending(entry.name), user: user)
            if let running = left.running {
                let tree = running.isAlive ? [running] + running.descendants : []
                tree.forEach { $0.kill() }
            }
            try await left.remove()
        }
    }
}
