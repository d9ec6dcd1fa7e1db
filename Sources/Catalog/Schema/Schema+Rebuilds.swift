extension Schema {
    /// `rebuild` is the N of a package's version `1.0+bN`, 0 of a build of the source as it is; `reason` stands in the changelog of
    /// the packages. The table is made anew, as its UNIQUE changes.
    static let rebuilds = """
        CREATE TABLE build_anew (
            id INTEGER PRIMARY KEY,
            archive_suite INTEGER NOT NULL REFERENCES archive_suite,
            source INTEGER NOT NULL REFERENCES source,
            architecture TEXT NOT NULL,
            builds_all INTEGER NOT NULL CHECK (builds_all IN (0, 1)),
            state TEXT NOT NULL CHECK (state IN ('wanted', 'building', 'uploading', 'succeeded', 'failed', 'cancelled')),
            worker TEXT,
            lease_until INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0,
            created INTEGER NOT NULL,
            started INTEGER,
            ended INTEGER,
            cause TEXT,
            score INTEGER NOT NULL DEFAULT 0,
            rebuild INTEGER NOT NULL DEFAULT 0 CHECK (rebuild >= 0),
            reason TEXT NOT NULL DEFAULT '',
            CHECK ((state = 'building') = (lease_until IS NOT NULL)),
            CHECK (rebuild = 0 OR builds_all = 0),
            UNIQUE (archive_suite, source, architecture, rebuild)
        ) STRICT;
        INSERT INTO build_anew (id, archive_suite, source, architecture, builds_all, state, worker, lease_until, attempts,
                created, started, ended, cause, score)
            SELECT id, archive_suite, source, architecture, builds_all, state, worker, lease_until, attempts,
                created, started, ended, cause, score FROM build;
        DROP TABLE build;
        ALTER TABLE build_anew RENAME TO build;
        CREATE INDEX build_waiting ON build (id) WHERE state IN ('wanted', 'building', 'uploading');
        CREATE INDEX build_by_source ON build (source);
        """
}
