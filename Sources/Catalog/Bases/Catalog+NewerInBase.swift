public import ArchiveModel
internal import DebianControl

extension Catalog {
    /// What is done in this archive about sources that the base has in newer versions.
    public func setNewerInBase(_ action: NewerInBaseAction, of archive: Archive) async throws {
        try await write { connection in
            try connection.execute(
                "UPDATE archive SET newer_in_base = :action WHERE id = :archive",
                ["action": action.rawValue, "archive": archive.id])
        }
    }

    /// Looks for sources of PPAs that their bases have in newer versions, and does what each PPA wants about those that it
    /// was not told of yet. A PPA's letters, removals and the note of them are one transaction.
    /// - Parameter quotas: for what is copied from the service's own archives.
    /// - Returns: what was told.
    /// - Throws: what went wrong with the last PPA that something went wrong with; the others had their turn.
    public func settleNewerInBase(quotas: QuotaRule = QuotaRule(), now: Int64) async throws -> [NewerInBase] {
        let archives = try await read { try $0.archivesBehindBase() }
        var (told, failure): ([NewerInBase], (any Error)?) = ([], nil)
        for archive in archives {
            do {
                let one = try await write { try $0.settleNewerInBase(archive, quotas, now: now) }
                if let one { told.append(one) }
            } catch let cancellation as CancellationError {
                throw cancellation
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return told
    }
}

extension Connection {
    fileprivate func settleNewerInBase(
        _ reference: ArchiveReference, _ quotas: QuotaRule, now: Int64
    ) throws -> NewerInBase? {
        guard let archive = try archive(reference) else { return nil }
        let packages = try sourcesBehindBase(in: archive)
        let action = try action(of: archive) ?? .tell
        let news = try packages.compactMap { try settle($0, of: archive, action, quotas, now: now) }
        if action == .update { try update(packages.filter { !$0.isOwn }, of: archive, now: now) }
        guard let first = news.first else { return nil }
        let letter = NewerInBase(archive: reference, action: action, packages: news.map(\.package))
        try queue(letters(letter, note: first.note, to: archive, now: now), now: now)
        return letter
    }

    /// - Returns: what is to be told of it, and the note of that; nil when it was told before and is still so.
    private func settle(
        _ package: BehindBase, of archive: Archive, _ action: NewerInBaseAction, _ quotas: QuotaRule, now: Int64
    ) throws -> (note: Int64, package: NewerInBase.Package)? {
        var told = package.package
        if action == .delete { try remove(package, from: archive, now: now) }
        if action == .update, package.isOwn { told.copying = try copyUpdate(package, of: archive, quotas, now: now) }
        let isRefused = told.copying?.isRefusal == true
        let note = try note(package, isSettled: !isRefused, now: now)
        return package.told != nil && (action == .tell || isRefused) ? nil : (note, told)
    }

    private func action(of archive: Archive) throws -> NewerInBaseAction? {
        try row("SELECT newer_in_base FROM archive WHERE id = :archive", ["archive": archive.id])?
            .parsed("newer_in_base") { NewerInBaseAction(rawValue: $0) }
    }

    private func note(_ package: BehindBase, isSettled: Bool, now: Int64) throws -> Int64 {
        try insert(
            """
            INSERT INTO base_told (archive_suite, source, version, told, is_settled)
            VALUES (:place, :source, :version, :now, :settled)
            ON CONFLICT (archive_suite, source, version) DO UPDATE SET is_settled = excluded.is_settled RETURNING id
            """,
            [
                "place": package.place, "source": package.source, "version": package.baseVersion, "now": now,
                "settled": isSettled,
            ])
    }

    private func remove(_ package: BehindBase, from archive: Archive, now: Int64) throws {
        _ = try remove(
            PackageRemoval(
                archive: archive.reference, suites: [package.suite],
                packages: [.init(name: package.name, version: package.version)]), now: now)
    }

    /// The base's versions are wanted, with their packages where the former ones had the base's.
    private func update(_ packages: [BehindBase], of archive: Archive, now: Int64) throws {
        var batches: [Int64: Int64] = [:]
        for package in packages {
            guard let suite = archive.suite(package.suite) else { continue }
            let wish = ImportPlan.Wish(
                suite: suite, base: package.base, baseName: package.suite,
                source: SourceVersion(package.name, package.baseVersion), only: nil)
            let outcome = try want(
                wish, withBinaries: package.hasBasePackages, by: package.signer, package.key, isUpdate: true,
                batch: batches[package.signer], now: now)
            if case .wanted(let batch) = outcome { batches[package.signer] = batch }
        }
    }

    /// What the service's own archive has is there at once, by the rules of copies; nobody's right and no NEW is asked, as for
    /// what is imported.
    private func copyUpdate(
        _ package: BehindBase, of archive: Archive, _ quotas: QuotaRule, now: Int64
    ) throws -> NewerInBase.Copying {
        guard let person = try person(package.signer) else { return .refused("Nobody signed the former version.") }
        let copy = PackageCopy(
            from: .primary(archive.reference.distribution), package.suite, to: archive.reference, package.suite,
            packages: [.init(name: package.name, version: package.baseVersion)],
            withBinaries: package.hasBasePackages, by: person, package.key, quotas: quotas)
        do {
            return try inSavepoint(keeping: true) {
                let plan = try plan(copy, isArchivesOwnWish: true)
                if let finding = plan.findings.first { throw Conflict(finding.sentence) }
                _ = try carryOut(plan, now: now)
                return .done
            }
        } catch let conflict as Conflict {
            return .refused(conflict.description)
        }
    }

    private func letters(_ told: NewerInBase, note: Int64, to archive: Archive, now: Int64) throws -> [Letter] {
        try keepers(ofArchive: archive.id).map { keeper in
            Letter(
                to: keeper.mail, identity: "newer-in-base-\(note)-\(now)-\(keeper.id)", content: .newerInBase(told),
                reason: "\(archive.reference) is yours to look after")
        }
    }
}
