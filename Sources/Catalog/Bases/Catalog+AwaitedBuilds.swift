internal import ArchiveModel
internal import DebianControl

/// What PPAs with `On-Newer: update` wait for: a newer version in the distribution's own archive here is copied when it is built
/// there, with its packages. Where nobody builds it, that is for ever, and somebody has to know.
extension Catalog {
    /// Seconds, where nobody has said otherwise.
    public static let buildsAwaited: Int64 = 7 * 86_400

    /// Tells the people of each PPA once of what it waits for longer than it should.
    /// - Parameter patience: seconds since the build was wanted.
    /// - Returns: what was told, a sentence each.
    public func tellOfAwaitedBuilds(after patience: Int64 = buildsAwaited, now: Int64) async throws -> [String] {
        try await write { connection in
            let untold = try connection.awaitedBuilds(since: now - patience).filter { try !connection.isTold(of: $0) }
            for (archive, awaited) in Dictionary(grouping: untold, by: \.archive) {
                for one in awaited { try connection.noteTold(of: one, now: now) }
                try connection.tell(archive, of: awaited, now: now)
            }
            return untold.map(\.sentence)
        }
    }
}

extension Connection {
    /// What people were told of, and what they wait for still.
    func sentencesOfAwaitedBuilds(now: Int64) throws -> [String] {
        try awaitedBuilds(since: now).filter { try isTold(of: $0) }.map(\.sentence)
    }
}

/// A source that a PPA would get, and one of its builds that are wanted or under way.
struct AwaitedBuild {
    let archive: Int64
    let place: Int64
    let base: Int64
    let sentence: String

    fileprivate init(row: ResultRow) throws {
        (archive, place, base) = (try row.integer("archive"), try row.integer("place"), try row.integer("base"))
        let (name, version) = (try row.text("name"), try row.text("version"))
        let since = UTCDate(secondsSince1970: try row.integer("since")).dayText
        sentence = """
            \(try row.text("reference")), \(try row.text("suite")), has \(name) \(version) and waits for \
            \(try row.text("base_version")), which is wanted in the distribution's archive since \(since): build \
            \(try row.integer("build")) is \(try row.text("state")).
            """
    }
}

extension Connection {
    /// In order of archive, suite and name; of each source the build that was wanted first.
    /// - Parameter time: Unix seconds; those that were wanted until then.
    func awaitedBuilds(since time: Int64) throws -> [AwaitedBuild] {
        try rows(
            """
            SELECT DISTINCT a.id AS archive, a.reference, t.id AS place, u.name AS suite, s.name, s.version, b.id AS base,
                b.version AS base_version, o.id AS build, o.state, o.created AS since
            \(BaseComparison.awaited) AND o.created <= :time ORDER BY a.reference, u.name, s.name, o.id
            """, ["time": time]
        ).map(AwaitedBuild.init(row:)).reduce(into: []) { awaited, next in
            if awaited.last?.place != next.place || awaited.last?.base != next.base { awaited.append(next) }
        }
    }

    fileprivate func isTold(of awaited: AwaitedBuild) throws -> Bool {
        try row(
            "SELECT 1 AS yes FROM awaited_build_told WHERE archive_suite = :place AND source = :base",
            ["place": awaited.place, "base": awaited.base]) != nil
    }

    fileprivate func noteTold(of awaited: AwaitedBuild, now: Int64) throws {
        try execute(
            "INSERT INTO awaited_build_told (archive_suite, source, told) VALUES (:place, :base, :now)",
            ["place": awaited.place, "base": awaited.base, "now": now])
    }

    fileprivate func tell(_ id: Int64, of awaited: [AwaitedBuild], now: Int64) throws {
        guard let archive = try archive(id: id), let first = awaited.first else { return }
        let notice = Notice(
            archive: archive.reference, kind: archive.kind, title: "waits for what is not built",
            sentences: awaited.map(\.sentence) + [
                "It follows its distribution's archive (On-Newer: update) and gets what is built there, at once; until then it keeps what it has.",
                "Ask the admin of this service why nobody builds it; or upload, or copy (copy-packages), what you want meanwhile.",
            ])
        try queue(
            keepers(ofArchive: id).map { keeper in
                Letter(
                    to: keeper.mail, identity: "awaited-\(first.place)-\(first.base)-\(keeper.id)",
                    content: .notice(notice), reason: "\(archive.reference) is yours to look after")
            }, now: now)
    }
}
