internal import ArchiveModel
internal import DebianControl

/// What is copied, read from the catalog.
extension Connection {
    /// - Parameters:
    ///   - draft: the archive that is copied to, where it is still to be made.
    ///   - isArchivesOwnWish: it is by a rule of the archive, or fills it when it is made: no right and no NEW is asked.
    /// - Throws: `Conflict` when an archive is not shown, or has no such suite.
    func plan(
        _ copy: PackageCopy, into draft: Archive? = nil, isArchivesOwnWish: Bool = false
    ) throws -> CopyPlan {
        let (_, from) = try place(copy.from, copy.fromSuite)
        let (archive, to) = try place(draft ?? archive(copy.to), copy.to, copy.toSuite)
        let isDecider = try draft != nil || current(copy.person).isAdmin || isOwner(copy.person, of: archive)
        var plan = CopyPlan(copy: copy, archive: archive, to: to, isDecider: isDecider)
        let packages = try copy.packages ?? liveNames(in: from).map { .init(name: $0, version: nil) }
        var count = packages.count
        for package in packages {
            guard count <= copy.limit else {
                plan.findings = [Self.tooMany(copy)]
                return plan
            }
            guard var source = try source(package, in: from) else {
                plan.findings.append(Self.notThere(package, in: copy))
                continue
            }
            source.only = copy.only[source.name]
            try complete(&source, from: from, in: plan)
            plan.findings += try problems(of: source, in: plan, isNewAsked: !isArchivesOwnWish)
            plan.sources.append(source)
            count += source.binaries.count
        }
        plan.findings = try (isArchivesOwnWish ? [] : rightProblems(of: plan)) + plan.findings + problems(of: plan)
        return plan
    }

    private static func tooMany(_ copy: PackageCopy) -> Finding {
        Finding(
            .tooMuchAtOnce, "These are more than \(copy.limit) sources and packages.", field: "Packages",
            expected: "at most \(copy.limit)", remedy: "Copy some now, and the others with another text.")
    }

    private func place(_ reference: ArchiveReference, _ name: SuiteName) throws -> (Archive, ArchiveSuite) {
        try place(archive(reference), reference, name)
    }

    private func place(
        _ archive: Archive?, _ reference: ArchiveReference, _ name: SuiteName
    ) throws -> (Archive, ArchiveSuite) {
        guard let archive, archive.presence == .shown else {
            throw Conflict("There is no archive \(reference).")
        }
        guard let suite = archive.suite(name) else { throw Conflict("\(reference) has no suite \(name).") }
        return (archive, suite)
    }

    private func liveNames(in suite: ArchiveSuite) throws -> [PackageName] {
        try rows(
            """
            SELECT DISTINCT s.name FROM source_publication p JOIN source s ON s.id = p.source
            WHERE p.archive_suite = :suite AND p.state IN ('pending', 'published') ORDER BY s.name
            """, ["suite": suite.id]
        ).map { try $0.parsed("name") { PackageName($0) } }
    }

    /// Without a version what is there; with one also what was there.
    private func source(_ package: PackageRemoval.Package, in suite: ArchiveSuite) throws -> CopiedSource? {
        try row(
            """
            SELECT s.*, p.state IN ('pending', 'published') AS is_live
            FROM source_publication p JOIN source s ON s.id = p.source
            WHERE p.archive_suite = :suite AND s.name = :name
                AND (s.version = :version OR (:version IS NULL AND p.state IN ('pending', 'published')))
            ORDER BY is_live DESC, s.version_key DESC, p.id DESC LIMIT 1
            """, ["suite": suite.id, "name": package.name, "version": package.version]
        ).map(CopiedSource.init(row:))
    }

    private static func notThere(_ package: PackageRemoval.Package, in copy: PackageCopy) -> Finding {
        let title = package.version.map { "\(package.name) \($0) is not and never was" } ?? "\(package.name) is not"
        return Finding(
            .notInSuite, "\(title) in \(copy.from), \(copy.fromSuite).", field: "Packages", got: "\(package.name)",
            remedy: package.version == nil ? "What was there is named with its version: hello (= 1.0)." : nil)
    }

    private func complete(_ source: inout CopiedSource, from: ArchiveSuite, in plan: CopyPlan) throws {
        source.component = try component(of: source, in: plan.archive)
        source.files = try files(of: source)
        source.there = try place(of: source, in: plan.to)
        guard plan.copy.withBinaries else { return }
        source.binaries = try binaries(of: source, in: from, plan).filter { try !isThere($0, as: source, in: plan.to) }
    }

    /// The same source in the suite, where that has it.
    func place(of source: CopiedSource, in suite: ArchiveSuite) throws -> Int64? {
        try row(
            """
            SELECT s.id FROM source_publication p JOIN source s ON s.id = p.source
            WHERE p.archive_suite = :suite AND s.name = :name AND s.dsc_sha256 = :dsc
                AND p.state IN ('pending', 'published')
            """, ["suite": suite.id, "name": source.name, "dsc": source.dscSHA256])?.integer("id")
    }

    /// As an upload of it would be published.
    func component(of source: CopiedSource, in archive: Archive) throws -> ComponentName {
        let ours = try row(
            "SELECT component FROM override WHERE archive = :archive AND kind = 'source' AND name = :name",
            ["archive": archive.id, "name": source.name])
        return archive.component(
            ofSection: source.section, override: try ours?.optionalParsed("component") { ComponentName($0) })
    }

    private func files(of source: CopiedSource) throws -> [StoredFile] { try files(ofSource: source.id) }

    /// The `.dsc`, and what it lists.
    func files(ofSource source: Int64) throws -> [StoredFile] {
        try rows(
            """
            SELECT s.dsc_name AS name, f.* FROM source s JOIN file f ON f.sha256 = s.dsc_sha256
            WHERE s.id = :id AND s.is_here = 1
            UNION ALL
            SELECT n.name, f.* FROM source_file n JOIN file f ON f.sha256 = n.sha256 WHERE n.source = :id
            """, ["id": source]
        ).map(StoredFile.init(row:))
    }

    /// For the suite's architectures, and for all. Of a source that has ended, all that it had.
    private func binaries(
        of source: CopiedSource, in suite: ArchiveSuite, _ plan: CopyPlan
    ) throws -> [CopiedBinary] {
        try rows(
            """
            SELECT b.id AS binary, b.name AS package, b.architecture, b.section, b.control, b.build, b.origin,
                b.file_name AS name, f.*
            FROM binary b JOIN file f ON f.sha256 = b.sha256
            WHERE b.source = :source AND EXISTS (
                SELECT 1 FROM binary_publication p WHERE p.binary = b.id AND p.archive_suite = :suite
                    AND (p.state IN ('pending', 'published') OR NOT :live))
            ORDER BY b.id
            """, ["source": source.id, "suite": suite.id, "live": source.isLive]
        ).map(CopiedBinary.init(row:)).filter {
            $0.architecture.isAll || plan.architectures(of: source).contains($0.architecture)
        }
    }

    func isThere(_ binary: CopiedBinary, as source: CopiedSource, in suite: ArchiveSuite) throws -> Bool {
        guard let there = source.there else { return false }
        return try row(
            """
            SELECT 1 AS yes FROM binary b JOIN binary_publication p ON p.binary = b.id
            WHERE b.source = :source AND b.file_name = :file AND p.archive_suite = :suite
                AND p.state IN ('pending', 'published')
            """, ["source": there, "file": binary.file.name, "suite": suite.id]) != nil
    }
}

extension CopyPlan {
    /// Those of the suite that are wanted of a source.
    func architectures(of source: CopiedSource) -> [Architecture] {
        to.architectures.filter { source.only?.contains($0) ?? true }
    }
}
