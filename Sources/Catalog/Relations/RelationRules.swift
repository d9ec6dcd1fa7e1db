internal import ArchiveModel

/// What keeps an archive's relations from being as its owner wants them. Asked in the transaction that sets them.
extension Connection {
    func problems(of order: RelationOrder) throws -> [Finding] {
        guard let archive = try archive(order.archive), try mayKnow(order.person, of: archive) else {
            return [order.noArchive(order.archive, field: "Ppa")]
        }
        guard try mayRelate(order.person, archive) else {
            return [
                Finding(
                    .noRight, "\(order.person.name) does not rule \(order.archive), or it was taken down.",
                    field: "Ppa", got: "\(order.archive)", remedy: "Ask its owner, or an admin.")
            ]
        }
        guard archive.kind == .ppa else { return [order.notAPPA(order.archive, field: "Ppa")] }
        guard order.others.count <= RelationOrder.othersLimit else {
            return [order.tooMany("These are \(order.others.count) archives.", limit: RelationOrder.othersLimit)]
        }
        let others = try order.others.map { (reference: $0, archive: try self.archive($0)) }
        let problems = others.compactMap { order.problem(of: $0.archive, $0.reference, beside: archive) }
        guard problems.isEmpty else { return problems }
        let ids = others.compactMap(\.archive?.id)
        return switch order.kind {
        case .depends: try dependencyProblems(of: order, archive.id, ids)
        case .breaks: try breakProblems(of: order, archive.id, ids)
        }
    }

    /// What was taken down is for strangers as if it never was.
    private func mayKnow(_ person: Person, of archive: Archive) throws -> Bool {
        switch archive.presence {
        case .shown: true
        case .hidden: try person.isAdmin || isOwner(person, of: archive)
        case .deleted: false
        }
    }

    /// What was taken down is for admins only.
    private func mayRelate(_ person: Person, _ archive: Archive) throws -> Bool {
        if person.isAdmin { return true }
        return try archive.presence == .shown && isOwner(person, of: archive)
    }

    private func dependencyProblems(
        of order: RelationOrder, _ archive: Int64, _ others: [Int64]
    ) throws -> [Finding] {
        let all = try others + needed(by: others)
        if all.contains(archive) {
            return [
                order.finding(
                    .dependencyCycle, "\(order.archive) is needed by what it would depend on.", nil,
                    "Leave out what depends on it, by itself or through others.")
            ]
        }
        guard all.count <= ArchiveRelations.neededLimit else {
            return [
                order.tooMany(
                    "With what these depend on, too many archives are needed.", limit: ArchiveRelations.neededLimit)
            ]
        }
        guard let pair = try brokenPair(in: [archive] + all) else { return [] }
        return [
            order.finding(
                .brokenCombination, "\(pair.one) breaks \(pair.other), and both would be used together.",
                "\(pair.other)", "Leave out one of the two, or what depends on it.")
        ]
    }

    private func breakProblems(of order: RelationOrder, _ archive: Int64, _ others: [Int64]) throws -> [Finding] {
        let needed = Set(try needed(by: [archive]))
        return zip(order.others, others).filter { needed.contains($1) }.map { other, _ in
            order.finding(
                .brokenCombination, "\(order.archive) needs \(other), by itself or through others.", "\(other)",
                "Change what it depends on first (set-dependencies).")
        }
    }

    /// Two of these, of which one breaks the other.
    func brokenPair(in archives: [Int64]) throws -> (one: ArchiveReference, other: ArchiveReference)? {
        let all = Set(archives)
        for one in archives {
            guard let other = try related(one, .breaks).first(where: all.contains) else { continue }
            return (try reference(ofArchive: one), try reference(ofArchive: other))
        }
        return nil
    }

    func reference(ofArchive id: Int64) throws -> ArchiveReference {
        guard let row = try row("SELECT reference FROM archive WHERE id = :id", ["id": id]) else {
            throw CatalogFailure.noRow("archive")
        }
        return try row.parsed("reference") { ArchiveReference($0) }
    }
}

extension RelationOrder {
    private var field: String { kind == .depends ? "Depends" : "Breaks" }

    fileprivate func problem(of other: Archive?, _ reference: ArchiveReference, beside archive: Archive) -> Finding? {
        guard let other, other.presence == .shown else { return noArchive(reference, field: field) }
        if other.id == archive.id {
            return finding(.relatedToItself, "\(reference) is the archive itself.", "\(reference)")
        }
        if other.kind != .ppa { return notAPPA(reference, field: field) }
        let distribution = archive.reference.distribution
        if reference.distribution != distribution {
            return finding(
                .otherDistribution, "\(reference) is not of \(distribution), as \(archive.reference) is.",
                "\(reference)")
        }
        guard kind == .depends, !archive.suites.contains(where: { other.suite($0.name) != nil }) else { return nil }
        return finding(
            .noSuite, "\(reference) has no suite that \(archive.reference) has.", "\(reference)",
            expected: archive.suites.map(\.name.text).joined(separator: " "))
    }

    fileprivate func noArchive(_ reference: ArchiveReference, field: String) -> Finding {
        Finding(.noArchive, "There is no archive \(reference).", field: field, got: "\(reference)")
    }

    fileprivate func notAPPA(_ reference: ArchiveReference, field: String) -> Finding {
        Finding(.notAPPA, "\(reference) is no PPA.", field: field, got: "\(reference)")
    }

    fileprivate func tooMany(_ sentence: String, limit: Int) -> Finding {
        finding(.tooManyRelations, sentence, nil, expected: "at most \(limit)")
    }

    fileprivate func finding(
        _ code: FindingCode, _ sentence: String, _ got: String?, _ remedy: String? = nil, expected: String? = nil
    ) -> Finding {
        Finding(code, sentence, field: field, expected: expected, got: got, remedy: remedy)
    }
}
