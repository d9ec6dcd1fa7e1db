internal import ArchiveModel

/// Whether somebody rules an archive, in the transaction of what they change: a look before may be out of date.
extension Connection {
    /// Admins rule all; others what is theirs, or their team's, as long as it is not taken down.
    /// - Throws: `Conflict` when the person does not, or is blocked by now.
    func guardRules(_ person: Person, _ archive: Archive) throws {
        guard let now = try self.person(person.id), !now.isBlocked else { throw Conflict("\(person.name) is blocked.") }
        if let bar = try barKeeping(now, from: archive) {
            throw Conflict("\(bar.person) is kept from external archives.")
        }
        guard try has(now, .ruler(of: archive.reference)) else {
            throw Conflict("\(person.name) does not rule \(archive.reference).")
        }
    }

    /// Nil for a team.
    func person(_ id: Int64) throws -> Person? {
        try row("\(Person.select) WHERE o.id = :id AND o.sort = 'person'", ["id": id]).map(Person.init(row:))
    }
}
