internal import ArchiveModel
internal import DebianControl

/// What is filled when it is made is looked at before it is there.
extension Connection {
    /// The archive as it would be, with nothing in it. Suites that the distribution has not are left out.
    func draft(
        of wanted: PackageImport, _ suites: [SuiteName], _ settings: ArchiveSettings
    ) throws -> Archive {
        let known = try suites.compactMap { name in
            try row(
                """
                SELECT s.* FROM suite s JOIN distribution d ON d.id = s.distribution
                WHERE d.name = :distribution AND s.name = :suite
                """, ["distribution": wanted.to.distribution, "suite": name]
            ).map { try ArchiveSuite(draft: $0, settings.architectures) }
        }
        return Archive(draft: wanted.to, settings, suites: known, key: wanted.key)
    }
}

extension ArchiveSuite {
    /// - Parameter row: of `suite`.
    fileprivate init(draft row: ResultRow, _ architectures: [Architecture]?) throws {
        self.init(
            id: 0, name: try row.parsed("name") { SuiteName($0) },
            architectures: try architectures ?? row.words("architectures") { Architecture($0) },
            state: try row.flag("is_open") ? .open : .closed, onlyAdminsOpen: false, isWithdrawn: false,
            baseSources: try row.text("base_sources"))
    }
}

extension Archive {
    /// With the number 0, which no row has.
    fileprivate init(
        draft reference: ArchiveReference, _ settings: ArchiveSettings, suites: [ArchiveSuite], key: Fingerprint
    ) {
        self.init(
            id: 0, reference: reference, kind: .ppa, description: settings.description ?? "", signingKey: key,
            presence: .shown, presenceSince: 0, isEnabled: true, hasNew: settings.hasNew ?? false,
            takesBinaries: settings.takesBinaries ?? false, components: settings.components ?? [.main],
            quota: .standard, bytes: 0, announce: nil, newerInBase: settings.newerInBase ?? .tell,
            versionRules: VersionRules(
                newerThan: settings.newerThan?.suite, olderThan: settings.olderThan?.suite,
                needName: settings.needsName ?? false),
            buildsByItself: settings.buildsByItself ?? true, isForEveryone: false,
            rebuilds: settings.rebuilds ?? .binary, suites: suites)
    }
}

extension ArchiveSettings.Bound {
    fileprivate var suite: SuiteName? {
        if case .suite(let suite) = self { suite } else { nil }
    }
}
