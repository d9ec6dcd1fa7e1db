internal import Glibc

/// Gives up root for good.
enum Privileges {
    /// Becomes the account with its one group; nothing when there is none (we are not root).
    static func drop(to account: Account?) throws {
        guard let account else { return }
        var group = account.group
        guard setgroups(1, &group) == 0, setgid(account.group) == 0, setuid(account.user) == 0, setuid(0) != 0 else {
            throw Refusal(.noPermission, "Cannot become \(account.name): \(String(cString: strerror(errno)))")
        }
        setenv("HOME", account.home, 1)
        setenv("USER", account.name, 1)
        setenv("LOGNAME", account.name, 1)
    }
}
