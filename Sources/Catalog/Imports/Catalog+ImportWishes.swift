internal import ArchiveModel
internal import DebianControl

/// What is wanted of mirrors: looked at when it is wanted, and once more, with all that an upload would be refused for, when it is there.
extension Connection {
    /// All that is known before a byte is fetched.
    /// - Parameter isToBeMade: nobody's right is asked of an archive that is not there yet.
    func problems(
        of plan: ImportPlan, _ wanted: PackageImport, _ archive: Archive, isToBeMade: Bool = false
    ) throws -> [Finding] {
        guard !plan.wishes.isEmpty else { return [] }
        let waiting = try waitingWishes(WantedImport.self, in: archive)
        guard waiting + plan.wishes.count <= PackageImport.waitingLimit else {
            return [
                Finding(
                    .tooMuchWaits,
                    "\(waiting) sources wait to be fetched for \(archive.reference), and these are \(plan.wishes.count).",
                    field: "Packages", expected: "at most \(PackageImport.waitingLimit)",
                    remedy: "Import some now, and the others when these are there.")
            ]
        }
        return try Dictionary(grouping: plan.wishes, by: \.suite).sorted { $0.key.name < $1.key.name }.flatMap {
            suite, wishes in
            try problems(of: wishes, to: suite, wanted, archive, isToBeMade)
        }
    }

    private func problems(
        of wishes: [ImportPlan.Wish], to suite: ArchiveSuite, _ wanted: PackageImport, _ archive: Archive,
        _ isToBeMade: Bool
    ) throws -> [Finding] {
        guard let first = wishes.first else { return [] }
        var plan = CopyPlan(
            copy: wanted.copy(from: first.baseName, to: suite.name), archive: archive, to: suite,
            isDecider: try isToBeMade || wanted.person.isAdmin || isOwner(wanted.person, of: archive))
        plan.sources = try wishes.map { wish in
            var source = CopiedSource(wish.source)
            source.component = try component(of: source, in: archive)
            return source
        }
        return try (isToBeMade ? [] : rightProblems(of: plan)) + plan.suiteProblems
            + plan.sources.flatMap { source in
                try denialProblems(of: source, in: plan) + orderProblems(of: source, in: plan)
                    + versionRuleProblems(of: source, in: plan)
            }
    }

    /// - Returns: what is wanted, in sentences.
    func want(_ wishes: [ImportPlan.Wish], _ wanted: PackageImport, now: Int64) throws -> [String] {
        var batch: Int64?
        return try wishes.map { wish in
            let outcome = try want(
                wish, withBinaries: wanted.withBinaries, by: wanted.person.id, wanted.key, isUpdate: false,
                batch: batch, now: now)
            if case .wanted(let one) = outcome { batch = one }
            return wish.sentence(outcome, for: wanted.to)
        }
    }

    /// Once, however often it is asked for.
    /// - Parameter batch: the first of those that are told of together; nil when this is it.
    func want(
        _ wish: ImportPlan.Wish, withBinaries: Bool, by person: Int64, _ key: Fingerprint, isUpdate: Bool,
        batch: Int64?, now: Int64
    ) throws -> ImportAnswer {
        let asked = AskedImport(only: wish.only, withBinaries: withBinaries)
        let made = try row(
            """
            INSERT INTO import (batch, archive_suite, base, name, version, architectures, with_binaries, person, key,
                is_update, state, next_attempt, created)
            VALUES (:batch, :suite, :base, :name, :version, :architectures, :binaries, :person, :key, :update, 'wanted',
                :now, :now)
            ON CONFLICT (archive_suite, name, version) WHERE state = 'wanted' DO NOTHING RETURNING id
            """,
            [
                "batch": batch, "suite": wish.suite.id, "base": wish.base, "name": wish.source.name,
                "version": wish.source.version, "binaries": withBinaries, "person": person, "key": key,
                "architectures": asked.words, "update": isUpdate, "now": now,
            ])
        guard let id = try made?.integer("id") else { return try join(wish, asking: asked, by: person) }
        return .wanted(batch: try self.batch(batch, ofNew: id, WantedImport.self))
    }
}

extension PackageImport {
    /// As if the base were an archive here: rules are asked of copies.
    func copy(from suite: SuiteName, to name: SuiteName) -> PackageCopy {
        PackageCopy(
            from: .primary(to.distribution), suite, to: to, name, packages: [], withBinaries: withBinaries, by: person,
            key, quotas: quotas)
    }
}

extension CopiedSource {
    /// One of which nothing is known yet but its version.
    init(_ source: SourceVersion) {
        self.init(
            id: 0, name: source.name, version: source.version, isLive: true, isHere: true, section: "misc",
            priority: "optional",
            dscSHA256: "", architectures: [], packages: [])
    }
}
