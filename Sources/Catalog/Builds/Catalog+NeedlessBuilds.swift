internal import ArchiveModel
internal import DebianControl

extension Connection {
    /// What was uploaded is not built once more.
    func endBuilds(
        madeNeedlessBy packages: [AcceptedBinaries.Binary], of place: PackagePlace, now: Int64
    ) throws {
        let uploaded = Set(packages.map(\.architecture))
        for build in try openBuilds(of: place) {
            if uploaded.contains(build.architecture) {
                try cancelBuild(build.id, now: now)
            } else if uploaded.contains(.all), build.makesAll {
                build.makesOthers ? try buildWithoutAll(build.id) : try cancelBuild(build.id, now: now)
            }
        }
    }

    private struct OpenBuild {
        let id: Int64
        let architecture: Architecture
        let makesAll: Bool
        let makesOthers: Bool
    }

    private func openBuilds(of place: PackagePlace) throws -> [OpenBuild] {
        try rows(
            """
            SELECT b.id, b.architecture, b.builds_all, s.architectures FROM build b JOIN source s ON s.id = b.source
            WHERE b.archive_suite = :suite AND b.source = :source AND b.state IN ('wanted', 'building', 'uploading')
            """, ["suite": place.suite, "source": place.source]
        ).map { row in
            let architecture = try row.parsed("architecture") { Architecture($0) }
            let words = try row.words("architectures") { ArchitectureWildcard($0) }
            return OpenBuild(
                id: try row.integer("id"), architecture: architecture, makesAll: try row.flag("builds_all"),
                makesOthers: BuildPlan.buildsNative(words, on: architecture))
        }
    }

    private func cancelBuild(_ id: Int64, now: Int64) throws {
        try execute(
            """
            UPDATE build SET state = 'cancelled', lease_until = NULL, ended = :now,
                cause = 'Its packages were uploaded.' WHERE id = :id
            """, ["now": now, "id": id])
    }

    /// One that is under way begins anew: its packages for all would take names that are taken.
    private func buildWithoutAll(_ id: Int64) throws {
        try execute(
            "UPDATE build SET state = 'wanted', builds_all = 0, worker = NULL, lease_until = NULL WHERE id = :id",
            ["id": id])
    }
}
