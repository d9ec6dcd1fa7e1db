public import ArchiveModel
internal import DebianControl

/// What somebody has to be to have something done. Asked when a text is judged, and again in the transaction that does it: rights,
/// teams and archives may be others by then.
public enum Standing: Sendable {
    case admin
    /// The owner, or of the owning team.
    case member(of: OwnerName)
    /// The archive's owner, or of the owning team, while it is shown, and nobody keeps them from it; or an admin. Of a primary
    /// archive an admin.
    case ruler(of: ArchiveReference)
    /// Whoever may upload the build's source to where it is built, with this key, while the archive is shown; or an admin.
    case uploader(ofBuild: Int64, key: Fingerprint)
    /// Who may order this about an upload that waits. Who signed it may give it up or put it off; what an archive takes is its
    /// owner's to say, and in a suite that an admin froze an admin's.
    case decider(of: Int64, UploadAct)
}

extension Catalog {
    public func has(_ person: Person, _ standing: Standing) async throws -> Bool {
        try await read { try $0.has($0.current(person), standing) }
    }

    /// The person is the owner, or of the owning team.
    public func mayAct(_ person: Person, for owner: OwnerName) async throws -> Bool {
        try await has(person, .member(of: owner))
    }
}

extension CommandEffect {
    /// The same, done only for a person of this standing.
    public func by(_ person: Person, as standing: Standing) -> CommandEffect {
        CommandEffect { [apply] connection, now in
            guard try connection.has(connection.current(person), standing) else {
                throw Conflict("\(person.name) may not do this any more.")
            }
            return try apply(connection, now)
        }
    }
}

extension Connection {
    /// As the catalog has the person now.
    func current(_ person: Person) throws -> Person {
        guard let now = try self.person(person.id) else { throw Conflict("There is no person \(person.name).") }
        return now
    }

    func has(_ person: Person, _ standing: Standing) throws -> Bool {
        switch standing {
        case .admin: person.isAdmin
        case .member(let owner): try isMember(person, of: owner)
        case .ruler(let reference): try person.isAdmin || isOwner(person, ofShown: reference)
        case .uploader(let build, let key): try person.isAdmin || mayUpload(person, key, build: build)
        case .decider(let upload, let act): try person.isAdmin || decides(person, upload, act)
        }
    }

    private func isMember(_ person: Person, of owner: OwnerName) throws -> Bool {
        try row(
            """
            SELECT 1 AS yes FROM owner o WHERE o.name = :owner AND (o.id = :person OR EXISTS (
                SELECT 1 FROM team_member m WHERE m.team = o.id AND m.person = :person))
            """, ["owner": owner, "person": person.id]) != nil
    }

    private func isOwner(_ person: Person, ofShown reference: ArchiveReference) throws -> Bool {
        guard let archive = try archive(reference), archive.presence == .shown,
            try barKeeping(person, from: archive) == nil
        else { return false }
        return try isOwner(person, of: archive)
    }

    private func mayUpload(_ person: Person, _ key: Fingerprint, build id: Int64) throws -> Bool {
        guard let build = try build(id), let archive = try archive(build.archive), archive.presence == .shown,
            try barKeeping(person, from: archive) == nil
        else { return false }
        switch try uploadRights(of: person, key: key, to: archive) {
        case .all: return true
        case .given(let rights):
            let component = try component(ofBuild: id)
            return rights.contains {
                $0.covers(source: build.package, suite: build.suite, architecture: .source, component: component)
            }
        }
    }

    /// Where its source was last published for it.
    private func component(ofBuild build: Int64) throws -> ComponentName {
        try row(
            """
            SELECT p.component FROM build b
            JOIN source_publication p ON p.source = b.source AND p.archive_suite = b.archive_suite
            WHERE b.id = :build ORDER BY p.id DESC LIMIT 1
            """, ["build": build])?.parsed("component") { ComponentName($0) } ?? .main
    }

    private func decides(_ person: Person, _ upload: Int64, _ act: UploadAct) throws -> Bool {
        guard let row = try row("SELECT * FROM upload WHERE id = :id", ["id": upload]) else { return false }
        let verdict = try UploadRecord(row: row).verdict
        switch act {
        case .cancel, .reschedule: return try row.optionalInteger("signer") == person.id
        case .admit, .refuse:
            guard let reference = verdict.archive, try isOwner(person, ofShown: reference) else { return false }
            guard case .admit = act, let suite = verdict.suite else { return true }
            return try archive(reference)?.suite(suite)?.onlyAdminsOpen != true
        }
    }
}
