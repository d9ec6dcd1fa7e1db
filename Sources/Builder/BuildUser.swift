internal import DurableFiles
internal import Glibc
internal import Subprocess
internal import SystemPackage

/// The unprivileged user that sbuild and mmdebstrap run as.
struct BuildUser: Sendable, Equatable {
    let name: String
    let id: uid_t
    let group: gid_t

    /// The user of this process; or, when that is root, the one of this name.
    /// - Throws: `BuilderFault` when it would be root, is not there, or has no range of subordinate ids.
    static func resolve(_ name: String?) throws -> BuildUser {
        let user = try named(name)
        guard user.id != 0 else {
            throw BuilderFault(
                "sbuild does not run as root: a build that breaks out of its chroot would own the machine.",
                remedy: "Run the service as a user of its own, or name one as the build user.")
        }
        guard geteuid() == 0 || geteuid() == user.id else {
            throw BuilderFault("Only root can run builds as \(user.name).", remedy: "Leave the build user out.")
        }
        for table: FilePath in ["/etc/subuid", "/etc/subgid"] { try user.checkRange(in: table) }
        return user
    }

    private static func named(_ name: String?) throws -> BuildUser {
        let size = 64 << 10
        return try withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            let status =
                name.map { getpwnam_r($0, &entry, buffer.baseAddress!, size, &found) }
                ?? getpwuid_r(geteuid(), &entry, buffer.baseAddress!, size, &found)
            guard status == 0, found != nil else {
                throw BuilderFault(
                    "There is no user \(name ?? "of this process").",
                    remedy: "Make one: useradd --system --create-home \(name ?? "slipway").")
            }
            return BuildUser(name: String(cString: entry.pw_name), id: entry.pw_uid, group: entry.pw_gid)
        }
    }

    private func checkRange(in table: FilePath) throws {
        let text = try? OwnedDescriptor.text(of: table)
        guard !SubordinateIDs.hasRange(in: text ?? "", for: name, id) else { return }
        throw BuilderFault(
            "The user \(name) has no range of 65536 ids in \(table), which an unprivileged chroot needs.",
            remedy: "Give it one: usermod --add-subuids 300000-365535 --add-subgids 300000-365535 \(name).")
    }

    /// A program that runs as this user, in a process group of its own.
    ///
    /// Where we are root, setpriv(1) makes the step: between fork and exec of a process with threads, setuid(2) of glibc
    /// may wait for ever for threads that only the parent has.
    func configuration(
        _ program: FilePath, _ arguments: [String], environment: [Environment.Key: String], in folder: FilePath,
        grace: Duration
    ) -> Configuration {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: grace)
        ]
        let step = ["--reuid", "\(id)", "--regid", "\(group)", "--clear-groups", "--", program.string]
        return Configuration(
            executable: .path(geteuid() == id ? program : "/usr/bin/setpriv"),
            arguments: Arguments((geteuid() == id ? [] : step) + arguments), environment: .custom(environment),
            workingDirectory: folder, platformOptions: options)
    }

    /// Gives a folder of ours to this user.
    func own(_ path: FilePath) throws {
        guard geteuid() != id else { return }
        guard path.withPlatformString({ lchown($0, id, group) }) == 0 else {
            throw FileFailure("give away", path, .system(Errno(rawValue: errno)))
        }
    }

    /// What a child of ours finds in its environment: nothing of the service's.
    func environment(home: FilePath, temporary: FilePath) -> [Environment.Key: String] {
        [
            "HOME": home.string, "TMPDIR": temporary.string, "USER": name, "LOGNAME": name, "LC_ALL": "C.UTF-8",
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        ]
    }
}

extension OwnedDescriptor {
    /// A small file of the system's.
    fileprivate static func text(of path: FilePath) throws -> String {
        let folder = try Folder(opening: path.removingLastComponent())
        return String(
            decoding: try folder.openFile(path.lastComponent?.string ?? "").readAll(limit: 1 << 20), as: UTF8.self)
    }
}
