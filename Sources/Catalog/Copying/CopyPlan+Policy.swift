internal import ArchiveModel
internal import DebianControl

/// What people and the archives' rules say to a copy, as they say it to an upload: rights, denials, the order of suites.
/// Asked with the plan, and so in the transaction that makes the copy: what is copied may have come a moment ago.
extension Connection {
    /// A copy needs the right that an upload of the same would need.
    func rightProblems(of plan: CopyPlan) throws -> [Finding] {
        let copy = plan.copy
        guard case .given(let rights) = try uploadRights(of: copy.person, key: copy.key, to: plan.archive) else {
            return []
        }
        let refused = plan.sources.filter { !$0.isThere && !plan.isCovered($0, by: rights) }
        guard !refused.isEmpty || rights.isEmpty else { return [] }
        return [copy.person.mayNotUpload(refused.map(\.name), to: copy.to, copy.toSuite)]
    }

    func denialProblems(of source: CopiedSource, in plan: CopyPlan) throws -> [Finding] {
        let key = plan.copy.key
        return try denials(source: source.name, key: key, in: plan.archive).filter {
            $0.covers(source.version, suite: plan.to.name)
        }.map { denial in
            let what = denial.what(signedBy: key)
            return finding(
                .denied, "\(what) may not be uploaded to \(plan.archive.reference): \(denial.reason)".printable, source,
                "Ask the admin of this service.")
        }
    }

    /// As the distribution's description orders its suites.
    func orderProblems(of source: CopiedSource, in plan: CopyPlan) throws -> [Finding] {
        guard source.there == nil else { return [] }
        let order = try order(of: plan.to)
        let notNewer = try order.newerThan.compactMap { other -> Finding? in
            guard let newest = try versions(of: source, in: other, plan).max(), source.version <= newest else {
                return nil
            }
            return finding(
                .versionNotNewer,
                "\(other) has \(source.name) \(newest); versions in \(plan.to.name) are higher.", source)
        }
        let notOlder = try order.olderThan.compactMap { other -> Finding? in
            guard let oldest = try versions(of: source, in: other, plan).min(), source.version >= oldest else {
                return nil
            }
            return finding(
                .versionNotOlder, "\(other) has \(source.name) \(oldest); versions in \(plan.to.name) are lower.",
                source)
        }
        return notNewer + notOlder
    }

    private func order(of suite: ArchiveSuite) throws -> SuiteOrder {
        let row = try row(
            """
            SELECT s.newer_than, s.older_than FROM archive_suite a JOIN suite s ON s.id = a.suite WHERE a.id = :suite
            """, ["suite": suite.id])
        return try row.map(SuiteOrder.init(row:)) ?? SuiteOrder()  // of an archive that is still to be made
    }

    private func versions(
        of source: CopiedSource, in suite: SuiteName, _ plan: CopyPlan
    ) throws -> [PackageVersion] {
        guard let suite = plan.archive.suite(suite) else { return [] }
        return try rows(
            """
            SELECT s.version FROM source_publication p JOIN source s ON s.id = p.source
            WHERE p.archive_suite = :suite AND p.state IN ('pending', 'published') AND s.name = :name
            """, ["suite": suite.id, "name": source.name]
        ).map { try $0.parsed("version") { PackageVersion($0) } }
    }
}

extension CopyPlan {
    fileprivate func isCovered(_ source: CopiedSource, by rights: [UploadRight]) -> Bool {
        ([.source] + source.architecturesMade).allSatisfy { architecture in
            rights.contains { right in
                right.covers(
                    source: source.name, suite: to.name, architecture: architecture, component: source.component)
            }
        }
    }
}

extension Person {
    /// - Parameter names: of sources; none for anything at all.
    func mayNotUpload(_ names: [PackageName], to archive: ArchiveReference, _ suite: SuiteName) -> Finding {
        let what = names.prefix(20).map(\.description).joined(separator: ", ")
        return Finding(
            .noRight, "\(name) may not upload \(what.isEmpty ? "anything" : what) to \(archive), \(suite).",
            field: "To", got: "\(archive)",
            remedy: "Copy to an archive of your own, or ask the owner of this one for the right.")
    }
}
