"""Earlier uploads in a catalog: what an archive that is years old has, without their files."""
import hashlib
import sqlite3

DAY = 86_400


def digest(text, algorithm="sha256"):
    return hashlib.new(algorithm, text.encode()).hexdigest()


def fill(path, reference, count, now):
    """Writes `count` accepted uploads into the catalog at `path`, as of sources that the archive had and has no more: a
    thousand days, five versions of each package, a mail for each. The publisher's indexes stay as small as before, so that
    what gets slower is the intake."""
    catalog = sqlite3.connect(path)
    archive, = catalog.execute("SELECT id FROM archive WHERE reference = ?", [reference]).fetchone()
    suite, = catalog.execute("SELECT id FROM archive_suite WHERE archive = ?", [archive]).fetchone()
    person, = catalog.execute("SELECT person FROM person_key LIMIT 1").fetchone()
    key, = catalog.execute("SELECT fingerprint FROM person_key LIMIT 1").fetchone()
    with catalog:
        for number in range(1, count + 1):
            write(catalog, number, archive, suite, person, key, now - 2 * DAY - (count - number) * 1000 * DAY // count)
    catalog.close()


def write(catalog, number, archive, suite, person, key, time):
    add = lambda table, *values: catalog.execute(
        f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
    name, version = f"earlier{number // 5:06d}", f"1.{number % 5}"
    stem, text = f"{name}_{version}", f"{name} {version}"
    files = [(f"{stem}.dsc", digest(stem + "d")), (f"{stem}.tar.xz", digest(stem + "t"))]
    changes = (f"{stem}_source.changes", digest(stem + "c"))
    for file, sha256 in files + [changes]:
        add("file (sha256, size, md5, sha1, sha512)", sha256, 1000, digest(file, "md5"), digest(file, "sha1"), digest(file, "sha512"))
    for file, sha256 in files:
        add("archive_file", archive, file, sha256)
    columns = ("id, name, version, version_key, dsc_name, dsc_sha256, architectures, component, section, priority, control, "
               "changes, signer, signing_key")
    add(f"source ({columns})", number, name, version, version.encode(), *files[0], "all", "main", "misc", "optional",
        f"Source: {name}\n" + "X-Padding: as long as a real one is\n" * 20, text, person, key)
    add("source_file", number, *files[1])
    add("source_publication (archive_suite, source, component, state, created, ended)", suite, number, "main",
        "superseded", time, time + DAY)
    add("seen_signature", digest(stem + "s"), key, time, changes[0])
    verdict = f'{{"archive":"~x","findings":[],"outcome":"accepted","package":"{name}","version":"{version}","waitsFor":[]}}'
    report = f'{{"changesName":"{changes[0]}","files":[],"next":[],"upload":{number},"verdict":{verdict}}}'
    add("upload (id, session, path, sha256, outcome, verdict, report, archive, source, signer, received, decided)", number,
        f"20200101T000000-{number:08x}", changes[0], changes[1], "accepted", verdict, report, archive, number, person, time, time)
    add("upload_file", number, *changes)
    letter = (f'{{"content":{{"verdict":{{"_0":{report}}}}},"identity":"upload-{number}-accepted","reason":"-",'
              '"recipient":"Bench Uploader <bench@example.org>"}')
    add("mail (identity, recipient, letter, state, attempts, next_attempt, created, sent)", f"upload-{number}-accepted",
        "Bench Uploader <bench@example.org>", letter, "sent", 1, time, time, time)
