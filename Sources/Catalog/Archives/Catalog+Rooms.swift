public import ArchiveModel

extension Catalog {
    /// Which archives take the room, by the sums that stand beside them: no file is looked at.
    public func rooms(quotas: QuotaRule) async throws -> DigestReport.Rooms {
        try await read { try $0.rooms(quotas: quotas) }
    }
}

extension Connection {
    func rooms(quotas: QuotaRule) throws -> DigestReport.Rooms {
        let above: [String: any SQLArgument] = ["rule": quotas.ofPPAs, "percent": DigestReport.Rooms.namedAbove]
        let full = try row("SELECT count(*) AS number \(Self.nearlyFull)", above)?.integer("number") ?? 0
        let named = try rows(
            "SELECT reference, bytes, room \(Self.nearlyFull) ORDER BY 1.0 * bytes / room DESC, reference LIMIT :named",
            above.merging(["named": DigestReport.Rooms.namedNearlyFull]) { $1 }
        ).map(DigestReport.ArchiveRoom.init(row:))
        let largest = try rows(
            "SELECT reference, bytes, room \(Self.withRoom) ORDER BY bytes DESC, reference LIMIT :named",
            ["rule": quotas.ofPPAs, "named": DigestReport.Rooms.namedLargest]
        ).map(DigestReport.ArchiveRoom.init(row:))
        return DigestReport.Rooms(nearlyFull: named, moreNearlyFull: full - Int64(named.count), largest: largest)
    }

    /// `room` as `Archive.quota(ofPPAs:)` has it: NULL is no limit.
    private static let withRoom = """
        FROM (SELECT reference, bytes, CASE WHEN quota > 0 THEN quota
                WHEN quota IS NULL AND kind IN ('ppa', 'external') THEN :rule END AS room
            FROM archive WHERE presence <> 'deleted' AND bytes > 0) r
        """

    private static let nearlyFull = "\(withRoom) WHERE room > 0 AND 100.0 * bytes > 1.0 * room * :percent"
}

extension DigestReport.ArchiveRoom {
    fileprivate init(row: ResultRow) throws {
        self.init(
            archive: try row.parsed("reference") { ArchiveReference($0) }, used: try row.integer("bytes"),
            limit: try row.optionalInteger("room"))
    }
}
