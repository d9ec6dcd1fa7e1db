/// The tables of subordinate ids, subuid(5): `name:first:count` lines.
enum SubordinateIDs {
    /// What a chroot needs: an id for each of its users, up to `nobody`.
    static let needed = 65536

    /// Whether the user, by name or number, has a range that is large enough.
    static func hasRange(in table: String, for name: String, _ id: UInt32) -> Bool {
        table.split(separator: "\n").contains { line in
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 3, let count = Int(parts[2]) else { return false }
            return (parts[0] == name || parts[0] == "\(id)") && count >= needed
        }
    }
}
