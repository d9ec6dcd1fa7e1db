internal import GRDB

/// The tables, as migrations. A shipped migration stays as it is; a change is a new one.
///
/// Times are Unix seconds. Versions stand beside `version_key`, which compares bytewise as Policy 5.6.12 orders.
/// Lists of words (`architectures`) are blank-separated. Letters and verdicts are JSON of the types in ArchiveModel.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 people, archives, packages, builds, uploads, mail") { database in
            for part in [people, archives, packages, publications, builds, uploads, mail] {
                try database.execute(sql: part)
            }
        }
        migrator.registerMigration("2 what came with an upload") { database in
            try database.execute(sql: uploadFiles)
        }
        migrator.registerMigration("3 what strangers cause has bounds") { database in
            try database.execute(sql: bounds)
        }
        migrator.registerMigration("4 SSH keys") { database in
            try database.execute(sql: sshKeys)
        }
        migrator.registerMigration("5 how much an archive holds") { database in
            try database.execute(sql: holdings)
        }
        migrator.registerMigration("6 mails collected in others, announcements, bounces") { database in
            try database.execute(sql: moreMail)
        }
        migrator.registerMigration("7 NEW, and what is ordered about uploads that wait") { database in
            try database.execute(sql: waiting)
        }
        migrator.registerMigration("8 rights to upload, and suites that are frozen or closed") { database in
            try database.execute(sql: rights)
        }
        migrator.registerMigration("9 overrides") { database in
            try database.execute(sql: overrides)
        }
        migrator.registerMigration("10 binaries that people upload") { database in
            try database.execute(sql: takesBinaries)
        }
        migrator.registerMigration("11 where a copied source comes from") { database in
            try database.execute(sql: copies)
        }
        migrator.registerMigration("12 how much waits") { database in
            try database.execute(sql: heldBytes)
        }
        migrator.registerMigration("13 archives that are taken down or deleted") { database in
            try database.execute(sql: presence)
        }
        migrator.registerMigration("14 scores of builds") { database in
            try database.execute(sql: scores)
        }
        migrator.registerMigration("15 components of PPAs") { database in
            try database.execute(sql: components)
        }
        migrator.registerMigration("16 uploads by when they are due") { database in
            try database.execute(sql: due)
        }
        migrator.registerMigration("17 package sets, denials, order of suites, and who skips NEW") { database in
            try database.execute(sql: uploadPolicy)
        }
        migrator.registerMigration("18 sources of the bases") { database in
            try database.execute(sql: bases)
        }
        migrator.registerMigration("19 which build made a package") { database in
            try database.execute(sql: makers)
        }
        migrator.registerMigration("20 what is said of a source that leaves NEW") { database in
            try database.execute(sql: saidWhenAdmitted)
        }
        migrator.registerMigration("21 archives that need others, or break them") { database in
            try database.execute(sql: relations)
        }
        migrator.registerMigration("22 suites that take transfers") { database in
            try database.execute(sql: transfers)
        }
        migrator.registerMigration("23 builds of a source once more") { database in
            try database.execute(sql: rebuilds)
        }
        migrator.registerMigration("24 what PPAs say of versions, builds and uploaders") { database in
            try database.execute(sql: ppaRules)
        }
        migrator.registerMigration("25 what is imported from bases") { database in
            try database.execute(sql: imports)
        }
        migrator.registerMigration("26 which key has added another") { database in
            try database.execute(sql: keyOrigins)
        }
        migrator.registerMigration("27 suites that only admins open") { database in
            try database.execute(sql: onlyAdminsOpen)
        }
        migrator.registerMigration("28 what waits for an archive, and trees to be moved") { database in
            try database.execute(sql: withdrawal)
        }
        migrator.registerMigration("29 builders whose keys are blocked") { database in
            try database.execute(sql: blockedBuilders)
        }
        migrator.registerMigration("30 files that nobody needs any more") { database in
            try database.execute(sql: unneededFiles)
        }
        migrator.registerMigration("31 rights that end") { database in
            try database.execute(sql: endingRights)
        }
        migrator.registerMigration("32 bases that are gone") { database in
            try database.execute(sql: goneBases)
        }
        migrator.registerMigration("33 what waits, and what a key has signed, among a hundred thousand") { database in
            try database.execute(sql: lookups)
        }
        migrator.registerMigration("34 external archives, their terms, and who is kept from them") { database in
            try database.execute(sql: external)
        }
        migrator.registerMigration("35 packages without a source") { database in
            try database.execute(sql: absentSources)
        }
        migrator.registerMigration("36 from where commands came, and which archives they changed") { database in
            try database.execute(sql: commandPlaces)
        }
        migrator.registerMigration("37 turns of imports, what apt sees again, keys to enter, how long bases fail") {
            database in
            for part in [importTurns, returns, keysToEnter, failedRounds] { try database.execute(sql: part) }
        }
        migrator.registerMigration("38 sources made once more") { database in
            try database.execute(sql: sourceRebuilds)
        }
        migrator.registerMigration("39 what is asked of each upload, among thousands of rights") { database in
            try database.execute(sql: admissionLookups)
        }
        migrator.registerMigration("40 suites that archives had") { database in
            try database.execute(sql: removedSuites)
        }
        migrator.registerMigration("41 what has copies of a source") { database in
            try database.execute(sql: originsOfCopies)
        }
        migrator.registerMigration("42 builds of the base that PPAs wait for") { database in
            try database.execute(sql: awaitedBuilds)
        }
        migrator.registerMigration("43 since when imports and rebuilds wait for room on the disk") { database in
            try database.execute(sql: lackOfRoom)
        }
        migrator.registerMigration("44 commands are seen by themselves, and updates that were refused wait") {
            database in
            for part in [seenCommands, unsettledUpdates] { try database.execute(sql: part) }
        }
        return migrator
    }

    private static let people = """
        CREATE TABLE owner (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            sort TEXT NOT NULL CHECK (sort IN ('person', 'team')),
            mail TEXT,
            is_blocked INTEGER NOT NULL DEFAULT 0 CHECK (is_blocked IN (0, 1)),
            created INTEGER NOT NULL,
            CHECK (sort = 'team' OR mail IS NOT NULL)
        ) STRICT;
        CREATE TABLE team_member (
            team INTEGER NOT NULL REFERENCES owner,
            person INTEGER NOT NULL REFERENCES owner,
            PRIMARY KEY (team, person)
        ) STRICT;
        CREATE TABLE person_key (
            fingerprint TEXT PRIMARY KEY,
            person INTEGER NOT NULL REFERENCES owner,
            is_blocked INTEGER NOT NULL DEFAULT 0 CHECK (is_blocked IN (0, 1)),
            added INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE builder (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            fingerprint TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE seen_signature (
            identity TEXT PRIMARY KEY,
            signer TEXT NOT NULL,
            seen INTEGER NOT NULL,
            what TEXT NOT NULL
        ) STRICT;
        """

    private static let archives = """
        CREATE TABLE distribution (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE suite (
            id INTEGER PRIMARY KEY,
            distribution INTEGER NOT NULL REFERENCES distribution,
            name TEXT NOT NULL,
            architectures TEXT NOT NULL,
            components TEXT NOT NULL,
            base_sources TEXT NOT NULL DEFAULT '',
            is_open INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1)),
            UNIQUE (distribution, name)
        ) STRICT;
        CREATE TABLE archive (
            id INTEGER PRIMARY KEY,
            reference TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('primary', 'ppa', 'external', 'rebuild')),
            owner INTEGER REFERENCES owner,
            distribution INTEGER NOT NULL REFERENCES distribution,
            description TEXT NOT NULL DEFAULT '',
            signing_key TEXT NOT NULL,
            is_enabled INTEGER NOT NULL DEFAULT 1 CHECK (is_enabled IN (0, 1)),
            created INTEGER NOT NULL,
            CHECK ((kind = 'primary') = (owner IS NULL))
        ) STRICT;
        CREATE TABLE archive_suite (
            id INTEGER PRIMARY KEY,
            archive INTEGER NOT NULL REFERENCES archive,
            suite INTEGER NOT NULL REFERENCES suite,
            architectures TEXT NOT NULL,
            changed INTEGER NOT NULL DEFAULT 1,
            published INTEGER NOT NULL DEFAULT 0,
            published_at INTEGER,
            UNIQUE (archive, suite)
        ) STRICT;
        CREATE INDEX archive_suite_waiting ON archive_suite (archive) WHERE changed > published;
        CREATE TABLE uploader (
            archive INTEGER NOT NULL REFERENCES archive,
            owner INTEGER NOT NULL REFERENCES owner,
            PRIMARY KEY (archive, owner)
        ) STRICT;
        """

    /// A `source` is one accepted upload, a `binary` one accepted result: the same bytes in another archive, by another
    /// signer, are rows of their own, so that nobody's words stand in somebody else's archive.
    private static let packages = """
        CREATE TABLE file (
            sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
            size INTEGER NOT NULL CHECK (size >= 0),
            md5 TEXT NOT NULL,
            sha1 TEXT NOT NULL,
            sha512 TEXT NOT NULL
        ) STRICT;
        CREATE TABLE archive_file (
            archive INTEGER NOT NULL REFERENCES archive,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL REFERENCES file,
            PRIMARY KEY (archive, name)
        ) STRICT;
        CREATE TABLE source (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            version_key BLOB NOT NULL,
            dsc_name TEXT NOT NULL,
            dsc_sha256 TEXT NOT NULL REFERENCES file,
            architectures TEXT NOT NULL,
            component TEXT NOT NULL,
            section TEXT NOT NULL,
            priority TEXT NOT NULL,
            control TEXT NOT NULL,
            changes TEXT NOT NULL,
            signer INTEGER NOT NULL REFERENCES owner,
            signing_key TEXT NOT NULL
        ) STRICT;
        CREATE INDEX source_by_name ON source (name, version_key);
        CREATE TABLE source_file (
            source INTEGER NOT NULL REFERENCES source,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL REFERENCES file,
            PRIMARY KEY (source, name)
        ) STRICT;
        CREATE INDEX source_file_by_content ON source_file (sha256);
        CREATE TABLE binary (
            id INTEGER PRIMARY KEY,
            source INTEGER NOT NULL REFERENCES source,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            version_key BLOB NOT NULL,
            architecture TEXT NOT NULL,
            file_name TEXT NOT NULL,
            sha256 TEXT NOT NULL REFERENCES file,
            section TEXT NOT NULL,
            control TEXT NOT NULL
        ) STRICT;
        CREATE INDEX binary_by_name ON binary (name, architecture);
        """

    private static let publications = """
        CREATE TABLE source_publication (
            id INTEGER PRIMARY KEY,
            archive_suite INTEGER NOT NULL REFERENCES archive_suite,
            source INTEGER NOT NULL REFERENCES source,
            component TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'published', 'superseded', 'deleted')),
            created INTEGER NOT NULL,
            ended INTEGER,
            CHECK ((state IN ('pending', 'published')) = (ended IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX source_publication_live ON source_publication (archive_suite, source)
            WHERE state IN ('pending', 'published');
        CREATE INDEX source_publication_by_source ON source_publication (source);
        CREATE TABLE binary_publication (
            id INTEGER PRIMARY KEY,
            archive_suite INTEGER NOT NULL REFERENCES archive_suite,
            binary INTEGER NOT NULL REFERENCES binary,
            component TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'published', 'superseded', 'deleted')),
            created INTEGER NOT NULL,
            ended INTEGER,
            CHECK ((state IN ('pending', 'published')) = (ended IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX binary_publication_live ON binary_publication (archive_suite, binary)
            WHERE state IN ('pending', 'published');
        CREATE INDEX binary_publication_by_binary ON binary_publication (binary);
        CREATE INDEX binary_by_source ON binary (source);
        """

    private static let builds = """
        CREATE TABLE build (
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
            CHECK ((state = 'building') = (lease_until IS NOT NULL)),
            UNIQUE (archive_suite, source, architecture)
        ) STRICT;
        CREATE TABLE build_file (
            build INTEGER NOT NULL REFERENCES build,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL REFERENCES file,
            PRIMARY KEY (build, name)
        ) STRICT;
        CREATE INDEX build_waiting ON build (id) WHERE state IN ('wanted', 'building', 'uploading');
        CREATE INDEX build_by_source ON build (source);
        """

    private static let uploads = """
        CREATE TABLE upload (
            id INTEGER PRIMARY KEY,
            session TEXT NOT NULL,
            path TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'rejected', 'held', 'ignored', 'failed')),
            verdict TEXT NOT NULL,
            report TEXT NOT NULL,
            archive INTEGER REFERENCES archive,
            source INTEGER REFERENCES source,
            signer INTEGER REFERENCES owner,
            received INTEGER NOT NULL,
            decided INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 1,
            retry_at INTEGER,
            UNIQUE (session, path, sha256)
        ) STRICT;
        CREATE INDEX upload_by_content ON upload (sha256);
        CREATE INDEX upload_by_archive ON upload (archive, id);
        CREATE TABLE command_log (
            id INTEGER PRIMARY KEY,
            received INTEGER NOT NULL,
            origin TEXT NOT NULL,
            signer INTEGER REFERENCES owner,
            signing_key TEXT NOT NULL,
            signature TEXT NOT NULL UNIQUE,
            text TEXT NOT NULL,
            report TEXT NOT NULL
        ) STRICT;
        """

    private static let uploadFiles = """
        CREATE TABLE upload_file (
            upload INTEGER NOT NULL REFERENCES upload,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL REFERENCES file,
            PRIMARY KEY (upload, name)
        ) STRICT;
        """

    /// For `forgetIgnored` and `hasHeardEnough`.
    private static let bounds = """
        CREATE INDEX upload_ignored ON upload (decided) WHERE outcome = 'ignored';
        CREATE INDEX mail_by_recipient ON mail (recipient, created);
        """

    /// `fingerprint` is that of `blob`, which begins with `type`, too: for whoever reads the table.
    private static let sshKeys = """
        CREATE TABLE ssh_key (
            fingerprint TEXT PRIMARY KEY,
            person INTEGER NOT NULL REFERENCES owner,
            type TEXT NOT NULL,
            blob BLOB NOT NULL,
            comment TEXT NOT NULL,
            added INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX ssh_key_by_person ON ssh_key (person);
        """

    /// `pool_file` is what lies in an archive's pool, `bytes` the sum of it. What has ended leaves when it is swept.
    private static let holdings = """
        CREATE TABLE pool_file (
            archive INTEGER NOT NULL REFERENCES archive,
            name TEXT NOT NULL,
            size INTEGER NOT NULL,
            PRIMARY KEY (archive, name)
        ) STRICT;
        INSERT INTO pool_file (archive, name, size)
            SELECT n.archive, n.name, f.size FROM archive_file n JOIN file f ON f.sha256 = n.sha256;
        ALTER TABLE archive ADD COLUMN quota INTEGER;
        ALTER TABLE archive ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
        UPDATE archive SET bytes = (SELECT coalesce(sum(size), 0) FROM pool_file p WHERE p.archive = archive.id);
        """

    /// A mail that is collected in another was not sent by itself. `bounce_token` is known to whom the mail was sent.
    private static let moreMail = """
        ALTER TABLE mail ADD COLUMN collected_in INTEGER REFERENCES mail;
        ALTER TABLE mail ADD COLUMN bounce_token TEXT;
        CREATE INDEX mail_sent ON mail (recipient, sent) WHERE sent IS NOT NULL AND collected_in IS NULL;
        ALTER TABLE archive ADD COLUMN announce TEXT;
        CREATE TABLE bounce (
            id INTEGER PRIMARY KEY,
            mail INTEGER NOT NULL REFERENCES mail,
            received INTEGER NOT NULL,
            is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)),
            cause TEXT NOT NULL
        ) STRICT;
        CREATE INDEX bounce_by_mail ON bounce (mail);
        CREATE INDEX upload_decided ON upload (decided, outcome);
        """

    /// `upload_order` is only added to; `waiting_source` has a row for each upload that waits in NEW. What was built before NEW
    /// was there is known by its packages.
    private static let waiting = """
        ALTER TABLE owner ADD COLUMN is_admin INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1));
        ALTER TABLE archive ADD COLUMN has_new INTEGER NOT NULL DEFAULT 0 CHECK (has_new IN (0, 1));
        UPDATE archive SET has_new = 1 WHERE kind = 'primary';
        CREATE TABLE upload_order (
            id INTEGER PRIMARY KEY,
            upload INTEGER NOT NULL REFERENCES upload,
            act TEXT NOT NULL CHECK (act IN ('cancel', 'reschedule', 'admit', 'refuse')),
            person INTEGER REFERENCES owner,
            due INTEGER,
            reason TEXT NOT NULL DEFAULT '',
            ordered INTEGER NOT NULL,
            CHECK ((act = 'reschedule') = (due IS NOT NULL))
        ) STRICT;
        CREATE INDEX upload_order_by_upload ON upload_order (upload);
        CREATE INDEX upload_held ON upload (signer) WHERE outcome = 'held';
        CREATE TABLE waiting_source (
            upload INTEGER PRIMARY KEY REFERENCES upload,
            archive INTEGER NOT NULL REFERENCES archive,
            suite TEXT NOT NULL,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            UNIQUE (archive, name, version)
        ) STRICT;
        CREATE TABLE known_binary (
            archive INTEGER NOT NULL REFERENCES archive,
            name TEXT NOT NULL,
            PRIMARY KEY (archive, name)
        ) STRICT;
        INSERT OR IGNORE INTO known_binary (archive, name)
            SELECT a.archive, b.name FROM binary_publication p JOIN binary b ON b.id = p.binary
            JOIN archive_suite a ON a.id = p.archive_suite;
        """

    /// NULL in a right: any. `architecture` is "source" for sources.
    private static let rights = """
        CREATE TABLE upload_right (
            id INTEGER PRIMARY KEY,
            archive INTEGER NOT NULL REFERENCES archive,
            owner INTEGER NOT NULL REFERENCES owner,
            key TEXT,
            source TEXT,
            suite TEXT,
            architecture TEXT
        ) STRICT;
        CREATE INDEX upload_right_by_archive ON upload_right (archive, owner);
        INSERT INTO upload_right (archive, owner) SELECT archive, owner FROM uploader;
        DROP TABLE uploader;
        ALTER TABLE archive_suite ADD COLUMN state TEXT NOT NULL DEFAULT 'open'
            CHECK (state IN ('open', 'frozen', 'closed'));
        """

    /// NULL: as the package says.
    private static let overrides = """
        CREATE TABLE override (
            archive INTEGER NOT NULL REFERENCES archive,
            kind TEXT NOT NULL CHECK (kind IN ('source', 'binary')),
            name TEXT NOT NULL,
            component TEXT,
            section TEXT,
            priority TEXT,
            PRIMARY KEY (archive, kind, name),
            CHECK (kind = 'source' OR component IS NULL)
        ) STRICT;
        """

    private static let takesBinaries = """
        ALTER TABLE archive ADD COLUMN takes_binaries INTEGER NOT NULL DEFAULT 0 CHECK (takes_binaries IN (0, 1));
        """

    /// NULL: it was uploaded.
    private static let copies = """
        ALTER TABLE source ADD COLUMN copied_from INTEGER REFERENCES source;
        """

    /// What the session of an upload took when it was last found waiting.
    private static let heldBytes = """
        ALTER TABLE upload ADD COLUMN held_bytes INTEGER NOT NULL DEFAULT 0;
        """

    /// `presence_since` in Unix seconds.
    private static let presence = """
        ALTER TABLE archive ADD COLUMN presence TEXT NOT NULL DEFAULT 'shown'
            CHECK (presence IN ('shown', 'hidden', 'deleted'));
        ALTER TABLE archive ADD COLUMN presence_since INTEGER NOT NULL DEFAULT 0;
        """

    private static let scores = """
        ALTER TABLE build ADD COLUMN score INTEGER NOT NULL DEFAULT 0;
        """

    /// Blank-separated; NULL: those of the suites in a primary archive, else `main`.
    private static let components = """
        ALTER TABLE archive ADD COLUMN components TEXT;
        """

    /// Every sweep looks for them, and they are few among a hundred thousand.
    private static let due = """
        CREATE INDEX upload_due ON upload (retry_at) WHERE outcome IN ('held', 'failed');
        """

    private static let mail = """
        CREATE TABLE mail (
            id INTEGER PRIMARY KEY,
            identity TEXT NOT NULL UNIQUE,
            recipient TEXT NOT NULL,
            letter TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'dead')),
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt INTEGER NOT NULL,
            last_error TEXT,
            created INTEGER NOT NULL,
            sent INTEGER
        ) STRICT;
        CREATE INDEX mail_waiting ON mail (next_attempt) WHERE state = 'queued';
        """

    /// `base_source` follows the bases' mirrors, `base_told` has the newer versions that a PPA's people were told of.
    private static let bases = """
        CREATE TABLE base_source (
            suite INTEGER NOT NULL REFERENCES suite,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            version_key BLOB NOT NULL,
            component TEXT NOT NULL,
            is_extra INTEGER NOT NULL CHECK (is_extra IN (0, 1)),
            PRIMARY KEY (suite, name, version, component, is_extra)
        ) STRICT;
        ALTER TABLE suite ADD COLUMN base_read INTEGER;
        ALTER TABLE suite ADD COLUMN base_fault TEXT;
        ALTER TABLE archive ADD COLUMN newer_in_base TEXT NOT NULL DEFAULT 'tell'
            CHECK (newer_in_base IN ('nothing', 'tell', 'delete'));
        CREATE TABLE base_told (
            id INTEGER PRIMARY KEY,
            archive_suite INTEGER NOT NULL REFERENCES archive_suite,
            source INTEGER NOT NULL REFERENCES source,
            version TEXT NOT NULL,
            told INTEGER NOT NULL,
            UNIQUE (archive_suite, source, version)
        ) STRICT;
        """
}
