internal import ArchiveModel
internal import DebianControl

/// What the rows of all queues have.
extension Connection {
    /// What a wish is for.
    func place(ofWish row: ResultRow) throws -> (archive: Archive, suite: ArchiveSuite) {
        let id = try row.integer("archive_suite")
        let found = try self.row(
            "SELECT a.reference FROM archive_suite t JOIN archive a ON a.id = t.archive WHERE t.id = :id", ["id": id])
        guard let found, let archive = try archive(found.parsed("reference") { ArchiveReference($0) }),
            let suite = archive.suites.first(where: { $0.id == id })
        else { throw CatalogFailure.noRow("archive_suite") }
        return (archive, suite)
    }

    /// Where a wish goes and for whom, if that is still so.
    /// - Parameters:
    ///   - person: who asked for it.
    ///   - isAsked: whether that person and the key that signed it have to be good still.
    ///   - copy: the copy whose rules it goes by.
    /// - Throws: `WishOvertaken` when the archive was taken down: what it wants waits with it.
    func plan(
        _ wanted: some Wish, by person: Int64, _ key: Fingerprint, isAsked: Bool = true,
        as copy: (Person) -> PackageCopy
    ) throws -> Result<CopyPlan, WishRefusal> {
        let present = try archive(wanted.archive.reference)
        if present?.presence == .hidden {
            throw WishOvertaken(description: "\(wanted.archive.reference) was taken down.")
        }
        guard let archive = present, archive.presence == .shown, let suite = archive.suite(wanted.suite.name) else {
            return .failure(WishRefusal("\(wanted.archive.reference) is not there any more."))
        }
        guard let person = try self.person(person), try !isAsked || stillActs(person, with: key) else {
            return .failure(WishRefusal("Who asked for it is blocked, or the key that signed it."))
        }
        return .success(
            CopyPlan(
                copy: copy(person), archive: archive, to: suite,
                isDecider: try person.isAdmin || isOwner(person, of: archive)))
    }

    /// The key is the person's, and nobody has blocked either.
    private func stillActs(_ person: Person, with key: Fingerprint) throws -> Bool {
        guard case .person(let holder, isKeyBlocked: false)? = try signer(key) else { return false }
        return holder.id == person.id && !person.isBlocked
    }

    /// How many of the archive wait.
    func waitingWishes<Wanted: Wish>(_ kind: Wanted.Type, in archive: Archive) throws -> Int {
        let row = try row(
            """
            SELECT count(*) AS waiting FROM \(Wanted.queue.table) i JOIN archive_suite t ON t.id = i.archive_suite
            WHERE t.archive = :archive AND i.state = 'wanted'
            """, ["archive": archive.id])
        return Int(try row?.integer("waiting") ?? 0)
    }

    /// How many wait for the suite.
    func waitingWishes<Wanted: Wish>(_ kind: Wanted.Type, for suite: ArchiveSuite) throws -> Int {
        let row = try row(
            "SELECT count(*) AS waiting FROM \(Wanted.queue.table) WHERE archive_suite = :suite AND state = 'wanted'",
            ["suite": suite.id])
        return Int(try row?.integer("waiting") ?? 0)
    }

    /// A new row is of the batch it names, or begins one.
    /// - Returns: its batch.
    func batch<Wanted: Wish>(_ batch: Int64?, ofNew id: Int64, _ kind: Wanted.Type) throws -> Int64 {
        if let batch { return batch }
        try execute("UPDATE \(Wanted.queue.table) SET batch = :id WHERE id = :id", ["id": id])
        return id
    }
}

extension Result where Success == CopyPlan, Failure == WishRefusal {
    /// What also stands against it.
    func refused(for problems: (CopyPlan) throws -> [Finding]) throws -> Self {
        guard case .success(let plan) = self, let refusal = WishRefusal(try problems(plan)) else { return self }
        return .failure(refusal)
    }
}
