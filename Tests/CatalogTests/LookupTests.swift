import Testing

@testable import Catalog

/// What is asked for each upload, or by each sweep, reads an index of the few rows that it is about: a catalog of a hundred
/// thousand uploads is as quick as an empty one.
@Suite struct LookupTests {
    struct Row: CustomTestStringConvertible {
        let what: String
        let sql: String
        let index: String
        var testDescription: String { what }
    }

    @Test(arguments: [
        Row(what: "letters that are due", sql: Connection.dueLetters, index: "mail_waiting "),
        Row(what: "strangers to forget", sql: Connection.ignoredToForget, index: "upload_ignored"),
        Row(
            what: "letters of one that wait",
            sql: "SELECT id FROM mail WHERE state = 'queued' AND recipient = :r AND identity LIKE 'collected-%'",
            index: "mail_waiting_by_recipient"),
        Row(
            what: "what waits of all",
            sql: "SELECT max(held_bytes) FROM upload WHERE outcome = 'held' GROUP BY session",
            index: "upload_held_by_session"),
        Row(what: "sessions that wait", sql: Connection.sessionsThatWait, index: "upload_due"),
        Row(
            what: "what a key has signed", sql: "SELECT id FROM source WHERE signing_key = :key",
            index: "source_by_signing_key"),
        Row(
            what: "what a key has commanded", sql: "SELECT count(*) FROM command_log WHERE signing_key = :key",
            index: "command_log_by_signing_key"),
        Row(
            what: "rights of somebody", sql: Connection.rightsGiven,
            index: "upload_right_by_archive (archive=? AND owner=?)"),
        Row(what: "teams of somebody", sql: Connection.rightsGiven, index: "team_member_by_person"),
        Row(what: "denials of a source", sql: Connection.denialsAbout, index: "upload_denial_by_source"),
    ])
    func isByAnIndex(_ row: Row) async throws {
        let catalog = try await CatalogFixture().catalog
        let sql = ":now :limit :time :key :archive :person :source :r".split(separator: " ").reduce(row.sql) {
            $0.replacing($1, with: "1")
        }
        let steps = try await catalog.read { connection in
            try connection.rows("EXPLAIN QUERY PLAN \(sql)").map { try $0.text("detail") }
        }
        #expect(steps.contains { "\($0) ".contains(row.index) }, "\(steps)")
        let scans = steps.filter { $0.hasPrefix("SCAN") && !$0.contains("INDEX") && !$0.contains("CONSTANT") }
        #expect(scans.isEmpty)
    }
}
