internal import ArchiveModel
internal import DebianControl

extension WantedSourceRebuild: Wish {
    public static let queue = WishQueue<WantedSourceRebuild>(
        table: "source_rebuild", letter: "rebuild", done: "rebuilt",
        reason: { _ in "you signed the commands that asked for it" }, read: { try $0.wantedSourceRebuild(row: $1) },
        isUnchanged: { _, _ in true }, plan: { try $0.plan($1, $2) },
        publish: { try $0.publish($1, $2, by: $3, now: $4) })
}

extension Connection {
    fileprivate func wantedSourceRebuild(row: ResultRow) throws -> WantedSourceRebuild {
        let (archive, suite) = try place(ofWish: row)
        let id = try row.integer("source")
        guard let source = try self.row("SELECT * FROM source WHERE id = :source", ["source": id]),
            let person = try person(row.integer("person"))
        else { throw CatalogFailure.noRow("source_rebuild") }
        let files = try files(ofSource: id)
        let dsc = try source.text("dsc_sha256")
        guard let control = files.first(where: { $0.sha256 == dsc && $0.name.description.hasSuffix(".dsc") }) else {
            throw CatalogFailure.noRow("the .dsc of a source")
        }
        return WantedSourceRebuild(
            id: try row.integer("id"), archive: archive, suite: suite,
            former: SourceVersion(
                try row.parsed("name") { PackageName($0) }, try source.parsed("version") { PackageVersion($0) }),
            version: try row.parsed("version") { PackageVersion($0) }, dsc: control,
            files: files.filter { $0 != control }, control: try ControlParagraph(parsing: source.text("control")),
            section: try source.text("section"), priority: try source.text("priority"),
            reason: try row.text("reason"), author: person.asAuthor, created: try row.integer("created"),
            history: try WishHistory(row: row), source: id, person: person.id,
            key: try row.parsed("key") { Fingerprint($0) }, command: try row.text("command"))
    }
}

extension Person {
    /// As a changelog has it (deb-changelog(5)): a name, and an address.
    fileprivate var asAuthor: String { "\(mail.name ?? name.text) <\(mail.address)>" }
}
