internal import ArchiveModel
internal import DebianControl

extension WantedImport: Wish {
    public static let queue = WishQueue<WantedImport>(
        table: "import", letter: "import", done: "imported",
        reason: { $0.isUpdate ? "you signed the former version" : "you signed the commands that asked for it" },
        read: { try $0.wantedImport(row: $1) }, isUnchanged: { try AskedImport(row: $1) == $0.asked },
        plan: { try $0.plan($1, $2) }, publish: { try $0.publish($1, $2, by: $3, now: $4) })

    public var title: String { "\(source.name) \(source.version)" }
}

extension Connection {
    fileprivate func wantedImport(row: ResultRow) throws -> WantedImport {
        let (archive, suite) = try place(ofWish: row)
        let base = try self.row(
            "SELECT d.name AS distribution, s.* FROM suite s JOIN distribution d ON d.id = s.distribution WHERE s.id = :base",
            ["base": try row.integer("base")])
        guard let base else { throw CatalogFailure.noRow("suite") }
        let asked = try AskedImport(row: row)
        return WantedImport(
            id: try row.integer("id"), archive: archive, suite: suite, base: try SuiteDescription(row: base),
            component: try component(inBase: row),
            source: SourceVersion(
                try row.parsed("name") { PackageName($0) }, try row.parsed("version") { PackageVersion($0) }),
            only: asked.only, withBinaries: asked.withBinaries, isUpdate: try row.flag("is_update"),
            history: try WishHistory(row: row), person: try row.integer("person"),
            key: try row.parsed("key") { Fingerprint($0) })
    }

    /// `main` when the base has it no more.
    private func component(inBase row: ResultRow) throws -> ComponentName {
        let known = try self.row(
            """
            SELECT component FROM base_source WHERE suite = :base AND name = :name AND version = :version
            ORDER BY component LIMIT 1
            """,
            [
                "base": try row.integer("base"), "name": try row.text("name"), "version": try row.text("version"),
            ])
        return try known?.parsed("component") { ComponentName($0) } ?? .main
    }
}
