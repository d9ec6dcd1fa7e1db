public import ArchiveModel
public import DebianControl

/// Sources to take out of an archive, with the binaries made from them.
public struct PackageRemoval: Sendable {
    public struct Package: Sendable, Hashable {
        public let name: PackageName
        /// `nil`: whatever version is there.
        public let version: PackageVersion?

        public init(name: PackageName, version: PackageVersion?) {
            self.name = name
            self.version = version
        }
    }

    public let archive: ArchiveReference
    /// `nil`: every suite of the archive.
    public let suites: [SuiteName]?
    public let packages: [Package]

    public init(archive: ArchiveReference, suites: [SuiteName]?, packages: [Package]) {
        self.archive = archive
        self.suites = suites
        self.packages = packages
    }
}

extension Connection {
    /// Takes the packages out; apt sees it with the next publication. All or nothing.
    /// - Returns: a sentence for each package and suite.
    /// - Throws: `Conflict` when a package is in none of the suites, and when the archive is not shown.
    func remove(_ removal: PackageRemoval, now: Int64) throws -> [String] {
        let archive = try known(removal.archive)
        guard archive.presence == .shown else {
            throw Conflict("\(archive.reference) is \(archive.presence.rawValue).")
        }
        let suites = archive.suites.filter { removal.suites?.contains($0.name) ?? true }
        return try removal.packages.flatMap { package in
            let sentences = try suites.flatMap { try remove(package, from: $0, now: now) }
            guard !sentences.isEmpty else {
                let place = suites.map(\.name.text).joined(separator: ", ")
                let version = package.version.map { " \($0)" } ?? ""
                throw Conflict("\(package.name)\(version) is not in \(removal.archive), \(place).")
            }
            return sentences
        }
    }

    private func remove(
        _ package: PackageRemoval.Package, from suite: ArchiveSuite, now: Int64
    ) throws -> [String] {
        let live = try rows(
            """
            SELECT s.id, s.version FROM source_publication p JOIN source s ON s.id = p.source
            WHERE p.archive_suite = :suite AND p.state IN ('pending', 'published') AND s.name = :name
                AND (:version IS NULL OR s.version = :version) ORDER BY s.version_key
            """, ["suite": suite.id, "name": package.name, "version": package.version])
        for row in live { try remove(source: try row.integer("id"), from: suite.id, now: now) }
        if !live.isEmpty { try markChanged(suite.id) }
        return try live.map { "\(package.name) \(try $0.text("version")) is out of \(suite.name), with its binaries." }
    }

    private func remove(source: Int64, from suite: Int64, now: Int64) throws {
        let place: [String: any SQLArgument] = ["suite": suite, "source": source, "now": now]
        try execute(
            """
            UPDATE source_publication SET state = 'deleted', ended = :now
            WHERE archive_suite = :suite AND source = :source AND state IN ('pending', 'published')
            """, place)
        try execute(
            """
            UPDATE binary_publication SET state = 'deleted', ended = :now
            WHERE archive_suite = :suite AND state IN ('pending', 'published')
                AND binary IN (SELECT id FROM binary WHERE source = :source)
            """, place)
        try execute(
            """
            UPDATE build SET state = 'cancelled', lease_until = NULL, ended = :now, cause = 'The source was removed.'
            WHERE archive_suite = :suite AND source = :source AND state IN ('wanted', 'building', 'uploading')
            """, place)
    }
}
