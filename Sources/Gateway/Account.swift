public import Confinement
internal import Glibc

/// A user and a group by number. They are looked up before the chroot, where there is no /etc/passwd any more.
public struct Account: Sendable, Equatable {
    let user: uid_t
    let group: gid_t

    /// `group` is the user's own when it is not given.
    public init(user: String, group: String? = nil) throws(WallFailure) {
        guard let entry = getpwnam(user)?.pointee else {
            throw WallFailure(
                step: "look up user \(user)", reason: "there is none; make it with systemd-sysusers or adduser")
        }
        guard entry.pw_uid != 0 else { throw WallFailure(step: "become \(user)", reason: "that is root") }
        self.user = entry.pw_uid
        guard let group else {
            self.group = entry.pw_gid
            return
        }
        guard let found = getgrnam(group)?.pointee.gr_gid else {
            throw WallFailure(step: "look up group \(group)", reason: "there is none")
        }
        self.group = found
    }

    /// Gives up root for good (as root, all three ids change): groups first, as they cannot be given up later.
    func become() throws(WallFailure) {
        try WallFailure.check("give up the groups", setgroups(0, nil))
        try WallFailure.check("take the group", setgid(group))
        try WallFailure.check("take the user", setuid(user))
    }
}
