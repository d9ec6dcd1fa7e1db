public import ArchiveModel

/// A team and who is of it, in order of name.
public struct Team: Sendable, Hashable {
    public let name: OwnerName
    public let members: [OwnerName]
}

extension Catalog {
    /// - Throws: `Conflict` when the name is taken.
    public func addTeam(_ name: OwnerName, now: Int64) async throws {
        try await write { connection in
            guard try connection.row("SELECT id FROM owner WHERE name = :name", ["name": name]) == nil else {
                throw Conflict("There is a person or team \(name) already.")
            }
            try connection.execute(
                "INSERT INTO owner (name, sort, created) VALUES (:name, 'team', :now)", ["name": name, "now": now])
        }
    }

    public func teams() async throws -> [Team] {
        try await read { connection in
            try connection.rows("SELECT id, name FROM owner WHERE sort = 'team' ORDER BY name").map { row in
                let members = try connection.rows(
                    "SELECT o.name FROM team_member m JOIN owner o ON o.id = m.person WHERE m.team = :team ORDER BY o.name",
                    ["team": try row.integer("id")])
                return Team(
                    name: try row.parsed("name") { OwnerName($0) },
                    members: try members.map { try $0.parsed("name") { OwnerName($0) } })
            }
        }
    }

    /// - Throws: `Conflict` when there is no such team.
    public func add(_ person: Person, toTeam team: OwnerName) async throws {
        try await write { connection in
            try connection.execute(
                "INSERT INTO team_member (team, person) VALUES (:team, :person) ON CONFLICT (team, person) DO NOTHING",
                ["team": try connection.team(team), "person": person.id])
        }
    }

    /// What they did for the team stays.
    /// - Throws: `Conflict` when there is no such team.
    public func remove(_ person: Person, fromTeam team: OwnerName) async throws {
        try await write { connection in
            try connection.execute(
                "DELETE FROM team_member WHERE team = :team AND person = :person",
                ["team": try connection.team(team), "person": person.id])
        }
    }
}

extension Connection {
    fileprivate func team(_ name: OwnerName) throws -> Int64 {
        guard let row = try row("SELECT id FROM owner WHERE name = :name AND sort = 'team'", ["name": name]) else {
            throw Conflict("There is no team \(name).")
        }
        return try row.integer("id")
    }
}
