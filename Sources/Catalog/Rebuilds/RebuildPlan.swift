internal import ArchiveModel
internal import DebianControl

/// What a rebuild comes to as things stand.
struct RebuildPlan {
    struct Source {
        let id: Int64
        let name: PackageName
        let version: PackageVersion
        let component: ComponentName
    }

    struct Build {
        let suite: ArchiveSuite
        let source: Source
        let architecture: Architecture
        /// The N of `VERSION+bN`.
        let number: Int64
    }

    let rebuild: PackageRebuild
    let archive: Archive?
    var isAdmin = false
    /// The person decides what waits there: its owner, or an admin.
    var isDecider = false
    var builds: [Build] = []
    /// Sources to be made once more, where the archive says so.
    var wishes: [SourceRebuildWish] = []
    /// Of all that the suites have, how many have no packages to build once more.
    var leftOut = 0
    var findings: [Finding] = []
}

extension Connection {
    func plan(_ rebuild: PackageRebuild) throws -> RebuildPlan {
        let archive = try archive(rebuild.archive).flatMap { $0.presence == .shown ? $0 : nil }
        var plan = RebuildPlan(rebuild: rebuild, archive: archive)
        guard let archive else {
            plan.findings.append(rebuild.noArchive)
            return plan
        }
        plan.isAdmin = try current(rebuild.person).isAdmin
        plan.isDecider = try plan.isAdmin || isOwner(rebuild.person, of: archive)
        let suites = try suites(of: &plan, archive)
        let rights = try uploadRights(of: rebuild.person, key: rebuild.key, to: archive)
        guard plan.findings.isEmpty else { return plan }
        // Numbers are given as they are added: who goes from one release to the next gets the higher one.
        let order = try releaseOrder(of: archive.reference.distribution)
        for suite in order.oldestFirst(suites) { try add(suite, of: archive, rights, &plan) }
        plan.finish(waiting: try waitingWishes(WantedSourceRebuild.self, in: archive))
        return plan
    }

    private func suites(of plan: inout RebuildPlan, _ archive: Archive) throws -> [ArchiveSuite] {
        if !archive.isEnabled {
            plan.add(.archiveDisabled, "\(archive.reference) is disabled and builds nothing.", "In", nil)
        }
        if !archive.isBuiltHere {
            plan.add(.nothingToBuild, "Nothing of \(archive.reference) is built here.", "In", nil)
        }
        if let bar = try barKeeping(plan.rebuild.person, from: archive) {
            plan.add(.externalBarred, "\(bar.person) is kept from external archives.", "In", nil)
        }
        if archive.rebuilds == .source, plan.rebuild.architectures != nil {
            plan.add(
                .notPossible, "\(archive.reference) is rebuilt by source, for all architectures.", "Architectures", nil,
                "Leave the field out.")
        }
        let (isAdmin, isDecider) = (plan.isAdmin, plan.isDecider)
        return (plan.rebuild.suites ?? archive.suites.map(\.name)).compactMap { name in
            guard let suite = archive.suite(name) else {
                plan.add(.noSuite, "\(archive.reference) has no suite \(name).", "Suites", name.text)
                return nil
            }
            // What is left out of "all" needs no word.
            if suite.state == .open || (suite.state == .frozen && isDecider && (isAdmin || !suite.onlyAdminsOpen)) {
                return suite
            }
            if plan.rebuild.suites != nil {
                plan.add(.suiteClosed, "\(name) is \(suite.state.rawValue).", "Suites", name.text)
            }
            return nil
        }
    }

    private func add(
        _ suite: ArchiveSuite, of archive: Archive, _ rights: UploadRights, _ plan: inout RebuildPlan
    ) throws {
        for source in try newestSources(plan.rebuild.sources, in: suite) {
            guard rights.cover(source, in: suite) || plan.isAdmin else {
                plan.findings.append(plan.rebuild.noRight("\(source.name)"))
                continue
            }
            let denials = try denials(source: source.name, key: plan.rebuild.key, in: archive).filter {
                $0.covers(source.version, suite: suite.name)
            }
            if let denial = denials.first {
                let what = denial.what(signedBy: plan.rebuild.key)
                plan.add(
                    .denied, "\(what) may not be uploaded to \(archive.reference): \(denial.reason)".printable,
                    "Sources", "\(source.name)", "Ask the admin of this service.")
                continue
            }
            switch archive.rebuilds {
            case .binary: try add(source, in: suite, of: archive, &plan)
            case .source: try addWish(source, in: suite, of: archive, &plan)
            }
        }
    }

    private func add(
        _ source: RebuildPlan.Source, in suite: ArchiveSuite, of archive: Archive, _ plan: inout RebuildPlan
    ) throws {
        let made = try architecturesMade(by: source, in: suite)
        let wanted = made.filter { architecture in
            !architecture.isAll && (plan.rebuild.architectures?.contains(architecture) ?? true)
                && suite.architectures.contains(architecture)
        }
        let open = try openBuilds(of: source, in: suite)
        let free = wanted.filter { !open.contains($0) }
        for architecture in free {
            plan.builds.append(
                RebuildPlan.Build(
                    suite: suite, source: source, architecture: architecture,
                    number: try nextRebuild(of: source, on: architecture, in: archive, after: plan)))
        }
        guard free.isEmpty else { return }
        guard plan.rebuild.sources != nil else { return plan.leftOut += 1 }
        let title = "\(source.name) \(source.version)"
        if !wanted.isEmpty {
            plan.add(.buildUnderWay, "\(title) is being built for \(suite.name).", "Sources", title)
        } else if made == [.all] {
            plan.add(
                .onlyForAll, "\(title) makes packages for all machines only.", "Sources", title,
                "Upload a new version of it.")
        } else {
            plan.add(.notBuilt, "\(title) has no such packages in \(suite.name).", "Sources", title)
        }
    }
}

extension RebuildPlan {
    /// The first of them, as an answer of a thousand lines is read by nobody.
    private static let namedBuilds = 50

    mutating func add(
        _ code: FindingCode, _ sentence: String, _ field: String, _ got: String?, _ remedy: String? = nil
    ) {
        findings.append(Finding(code, sentence, field: field, got: got, remedy: remedy))
    }

    /// What is named and nowhere, and what is too much.
    /// - Parameter waiting: sources of the archive that are to be made already.
    fileprivate mutating func finish(waiting: Int) {
        let seen = Set((builds.map(\.source) + wishes.map(\.source)).map(\.name))
        let told = Set(findings.compactMap(\.got).compactMap { $0.split(separator: " ").first.map(String.init) })
        for name in rebuild.sources ?? [] where !seen.contains(name) && !told.contains(name.description) {
            add(.notInSuite, "\(name) is not in \(rebuild.archive).", "Sources", "\(name)")
        }
        if builds.count > PackageRebuild.buildLimit {
            add(
                .notPossible,
                "These are \(builds.count) builds; at most \(PackageRebuild.buildLimit) are ordered at once.",
                "Sources", nil, "Order some now, and the others with another text.")
        }
        if !wishes.isEmpty, waiting + wishes.count > PackageRebuild.waitingLimit {
            add(
                .tooMuchWaits,
                "\(waiting) sources of \(rebuild.archive) wait to be made once more, and these are \(wishes.count); at most \(PackageRebuild.waitingLimit) may.",
                "Sources", nil, "Order some now, and the others when these are there.")
        }
        if builds.isEmpty, wishes.isEmpty, findings.isEmpty {
            add(.notBuilt, "\(rebuild.archive) has no packages to be rebuilt.", "In", "\(rebuild.archive)")
        }
    }

    var sentences: [String] {
        let all = builds.map(\.sentence) + wishes.map(\.sentence)
        let rest = all.count - Self.namedBuilds
        return Array(all.prefix(Self.namedBuilds)) + (rest > 0 ? ["So are \(rest) more."] : [])
            + (leftOut > 0 ? [whatIsLeftOut] : [])
    }

    private var whatIsLeftOut: String {
        archive?.rebuilds == .source
            ? "\(leftOut) sources are left out: they are being made already."
            : "\(leftOut) sources are left out: they are being built, or have packages for all machines only."
    }
}

extension RebuildPlan.Build {
    fileprivate var sentence: String {
        "\(source.name) \(source.version) is built once more for \(suite.name) on \(architecture), as \(source.version)+b\(number)."
    }
}

extension SourceRebuildWish {
    fileprivate var sentence: String {
        "\(source.name) \(source.version) is made once more for \(suite.name), as \(version); a mail says when it is there."
    }
}

extension UploadRights {
    fileprivate func cover(_ source: RebuildPlan.Source, in suite: ArchiveSuite) -> Bool {
        switch self {
        case .all: true
        case .given(let rights):
            rights.contains {
                $0.covers(
                    source: source.name, suite: suite.name, architecture: .source, component: source.component)
            }
        }
    }
}
