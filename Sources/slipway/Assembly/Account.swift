internal import Glibc

/// A system user, as the password database has it.
struct Account: Sendable, Equatable {
    let name: String
    let user: uid_t
    let group: gid_t
    let home: String

    /// - Throws: `Refusal` that says how to make the user.
    init(named name: String) throws {
        guard let entry = getpwnam(name) else {
            throw Refusal(.config, "There is no system user \(name). Make it with: adduser --system --group \(name)")
        }
        self.name = name
        user = entry.pointee.pw_uid
        group = entry.pointee.pw_gid
        home = String(cString: entry.pointee.pw_dir)
    }

    static var isRoot: Bool { geteuid() == 0 }

    /// The service's user when root runs us, and nobody otherwise: files then are our own.
    static func service(_ settings: Settings) throws -> Account? {
        isRoot ? try Account(named: settings.users.service) : nil
    }

    /// The number of the user of SFTP sessions, when sessions of it are nobody else's: neither the service's, who runs this, nor the
    /// gateway's.
    static func provingDoor(_ settings: Settings) -> uid_t? {
        guard let door = getpwnam(settings.users.sftp)?.pointee.pw_uid, door != geteuid(), door != 0,
            door != getpwnam(settings.users.gateway)?.pointee.pw_uid
        else { return nil }
        return door
    }

    static func gateway(_ settings: Settings) throws -> Account? {
        isRoot ? try Account(named: settings.users.gateway) : nil
    }
}
