internal import ArchiveModel
internal import Catalog
internal import DebianControl

/// `/~alice/debian/tools`: how to use an archive, and what is in it.
struct ArchivePage: Encodable {
    struct Suite: Encodable {
        let name: String
        let architectures: String
    }

    struct Package: Encodable {
        struct Build: Encodable {
            let number: Int64
            let architecture: String
            let state: String
        }

        let name: String
        let version: String
        /// A mirror or a rebuild that it is from; nil of what people upload.
        let origin: String?
        let suite: String
        let state: String
        let accepted: Moment
        let builds: [Build]
    }

    struct Upload: Encodable {
        let number: Int64
        let title: String
        let outcome: String
        let decided: Moment
    }

    struct Related: Encodable {
        let reference: String
        /// Neither taken down nor deleted.
        let isShown: Bool
    }

    let host: String
    let reference: String
    let kind: String
    let description: String
    let isEnabled: Bool
    /// Where apt finds it.
    let address: String
    /// Where its apt source is, with the key in it.
    let sources: String
    /// What that file is called in `/etc/apt/sources.list.d`, and the archive in `dput.cf`.
    let nickname: String
    /// Of the signing key, in groups of four digits.
    let fingerprint: String
    let uploadHost: String
    /// In its pool.
    let bytes: Int64
    /// What the pool may have; `nil` is no limit.
    let quota: Int64?
    /// The same for people.
    let room: String
    let isNearlyFull: Bool
    /// What holds in it and not in every archive, in sentences.
    let rules: [String]
    let suites: [Suite]
    /// Archives that it needs, by itself or through others.
    let needs: [Related]
    let hasNeeds: Bool
    /// Archives that it is not to be used together with.
    let breaks: [Related]
    let hasBreaks: Bool
    let packages: [Package]
    /// The last package shown, when there are more.
    let next: String?
    let uploads: [Upload]
    let hasWaiting: Bool
    /// What waits in NEW, oldest first.
    let waiting: [Upload]
    /// Of an external archive, who answers for it.
    let responsible: String?
    let takesBinaries: Bool
    let buildsByItself: Bool
    /// What was changed by commands, newest first.
    let commands: [CommandsLine]
}

extension ArchivePage {
    init(
        _ archive: Archive, packages: [PackageSummary], uploads: [UploadRecord], waiting: [UploadRecord],
        commands: [DoneCommands], relations: ArchiveRelations, configuration: WebConfiguration
    ) {
        let reference = archive.reference.description
        let limit = configuration.quotas.limit(of: archive)
        let needs = relations.needed.map { Related(reference: "\($0.reference)", isShown: $0.presence == .shown) }
        let breaks = relations.breaks.filter(\.isShown).map { Related(reference: "\($0.reference)", isShown: true) }
        self.init(
            host: configuration.host, reference: reference, kind: archive.kind.rawValue,
            description: PublicText.hidingAddresses(archive.description), isEnabled: archive.isEnabled,
            address: configuration.addresses.address(of: archive.reference, archive.kind),
            sources: configuration.addresses.address(of: archive.reference, archive.kind) + ".sources",
            nickname: Self.nickname(reference),
            fingerprint: Self.grouped(archive.signingKey), uploadHost: configuration.uploadHost,
            bytes: archive.bytes, quota: limit?.bytes, room: Self.room(archive, limit),
            isNearlyFull: limit?.isNearlyReached(by: archive.bytes) ?? false, rules: archive.rules,
            suites: archive.suites.map(Suite.init), needs: needs, hasNeeds: !needs.isEmpty, breaks: breaks,
            hasBreaks: !breaks.isEmpty, packages: packages.map(Package.init),
            next: Self.next(packages, limit: configuration.rowsPerPage), uploads: uploads.map(Upload.init),
            hasWaiting: !waiting.isEmpty, waiting: waiting.prefix(configuration.uploadsShown).map(Upload.init),
            responsible: archive.kind == .external ? archive.reference.owner?.text : nil,
            takesBinaries: archive.takesBinaries, buildsByItself: archive.buildsByItself,
            commands: commands.map(CommandsLine.init))
    }

    private static func room(_ archive: Archive, _ limit: PoolLimit?) -> String {
        archive.bytes.inBytes + (limit.map { " of \($0.bytes.inBytes)" } ?? "")
    }

    private static func nickname(_ reference: String) -> String {
        reference.filter { $0 != "~" }.replacing("/", with: "-")
    }

    private static func grouped(_ fingerprint: Fingerprint) -> String {
        stride(from: 0, to: fingerprint.text.count, by: 4)
            .map { fingerprint.text.dropFirst($0).prefix(4) }.joined(separator: " ")
    }

    private static func next(_ packages: [PackageSummary], limit: Int) -> String? {
        Set(packages.map(\.name)).count == limit ? packages.last?.name.description : nil
    }
}

extension ArchivePage.Suite {
    init(_ suite: ArchiveSuite) {
        self.init(
            name: suite.name.text, architectures: suite.architectures.map(\.description).joined(separator: " "))
    }
}

extension ArchivePage.Package {
    init(_ package: PackageSummary) {
        self.init(
            name: package.name.description, version: package.version.description, origin: package.origin,
            suite: package.suite.text, state: package.state.rawValue, accepted: Moment(package.created),
            builds: package.builds.map {
                Build(number: $0.id, architecture: $0.architecture.description, state: $0.state.rawValue)
            })
    }
}

extension ArchivePage.Upload {
    init(_ upload: UploadRecord) {
        self.init(
            number: upload.id, title: upload.title, outcome: upload.verdict.outcome.rawValue,
            decided: Moment(upload.decided))
    }
}

extension UploadRecord {
    /// `hello 2.10-3`, or the file's name when that is all that is known.
    var title: String { verdict.version == nil ? report.changesName : verdict.subject ?? report.changesName }
}
