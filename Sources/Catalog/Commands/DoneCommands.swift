public import ArchiveModel

/// A text of commands as an archive's page lists it.
public struct DoneCommands: Sendable, Hashable {
    /// Unix seconds.
    public let received: Int64
    public let signer: OwnerName?
    /// The upload that brought it; nil of texts of older versions.
    public let upload: Int64?
    public let report: CommandReport
}

extension DoneCommands {
    static let select = """
        SELECT l.received, l.report, o.name, u.id AS upload FROM command_log l LEFT JOIN owner o ON o.id = l.signer
        LEFT JOIN upload u ON u.session = l.session AND u.path = l.path AND u.sha256 = l.sha256
        """

    init(row: ResultRow) throws {
        received = try row.integer("received")
        signer = try row.optionalParsed("name") { OwnerName($0) }
        upload = try row.optionalInteger("upload")
        report = try JSONText.decode(CommandReport.self, try row.text("report"))
    }
}
