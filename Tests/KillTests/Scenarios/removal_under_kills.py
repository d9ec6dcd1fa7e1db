#!/usr/bin/python3
"""Bytes that nobody needs are removed while the remover is killed, and the same bytes come again with new uploads.

Afterwards nothing that is referenced is missing, and nothing that is not is left.
"""
import hashlib
import os
import random
import sqlite3
import subprocess
import threading
import time

import checks
from clients import send
from commands_under_kills import land
from instance import BIN, SUITE, wait_for
from mirror import Mirror
from packages import Upload
from scenario import arguments, play

DELETED, AGAIN, KEPT = "~alice/debian/deleted", "~alice/debian/again", "~alice/debian/kept"
# As maintenance has it: rounds of six hours, in each of which a sixteenth of the store is looked through for strays.
ROUND, ROUNDS, LONG_AGO = 6 * 3600, 16, 40 * 86_400


def command(key, fields):
    return key.clearsign(f"Archive: ppa.example.org\n\n{fields}\n")


def accepted(instance, archive):
    """SHA-256s of what the archive has, or had."""
    return {sha256 for sha256, in instance.rows(
        "SELECT f.sha256 FROM archive_file f JOIN archive a ON a.id = f.archive WHERE a.reference = ?", archive)}


def stored(instance, sha256):
    return instance.path(f"files/{sha256[:2]}/{sha256}")


class Strays:
    """Files of the store that the catalog does not know, as a crash leaves them; where this round looks."""

    def __init__(self, instance, moment):
        self.instance, self.moment, self.round, self.names = instance, moment, self.now(), []

    def add(self, count):
        """No more than the service takes for a leftover at a time."""
        count += len(self.names)
        while len(self.names) < count:
            data = self.moment.randbytes(100)
            sha256 = hashlib.sha256(data).hexdigest()
            if int(sha256[:2], 16) % ROUNDS == self.round % ROUNDS:
                self._put(stored(self.instance, sha256), data)
                self.names.append(sha256)

    def _put(self, path, data):
        like = os.stat(self.instance.path("files"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data)
        for place in [os.path.dirname(path), path]:
            os.chown(place, like.st_uid, like.st_gid)
        os.utime(path, (time.time() - LONG_AGO,) * 2)

    @staticmethod
    def now():
        return int(time.time()) // ROUND

    def left(self):
        """Those that should be gone; none when another round has begun meanwhile."""
        if self.now() != self.round:
            return []
        return [name for name in self.names if os.path.exists(stored(self.instance, name))]


def prepare(instance, key, options):
    instance.add_person("alice", key)
    for archive in [DELETED, AGAIN, KEPT]:
        instance.run("archive", "create", archive, "--suite", SUITE)
    instance.start()
    wait_for(60, "it serves", instance.answers)
    uploads = [Upload(key, f"gone{number:02d}", "1.0", options.seed) for number in range(options.uploads)]
    for upload in uploads:
        answer = send(instance.ftp, upload, DELETED)
        if answer.kind != "accepted":
            raise AssertionError(f"{upload}: {answer.text or answer.lost}")
    copied = ", ".join(upload.package for upload in uploads[: options.uploads // 4])
    land(instance, "20260101T000000-00000001", command(
        key, f"Action: copy-packages\nFrom: {DELETED}\nFrom-Suite: {SUITE}\nTo: {KEPT}\nPackages: {copied}"))
    wait_for(60, "some are copied", lambda: accepted(instance, KEPT))
    land(instance, "20260101T000000-00000002", command(key, f"Action: delete-ppa\nPpa: {DELETED}"))
    wait_for(60, "it is deleted", lambda: instance.rows("SELECT 1 FROM archive WHERE presence = 'deleted'"))
    checks.settle(instance)
    connection = sqlite3.connect(instance.path("slipway.sqlite"), timeout=20)
    with connection:
        connection.execute("UPDATE archive SET presence_since = presence_since - ? WHERE presence = 'deleted'", (LONG_AGO,))
    connection.close()
    return uploads


def maintain(instance):
    words = [*instance._as_service(), os.path.join(BIN, "slipway"), "maintain", "--config", instance.config]
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def kill_while_removing(instance, doomed, moment):
    """As soon as a file, chosen at random, is gone. False when nothing went."""
    trigger = stored(instance, moment.choice(doomed))
    process = maintain(instance)
    while os.path.exists(trigger) and process.poll() is None:
        pass
    process.kill()
    process.communicate()
    return not os.path.exists(trigger)


class Senders(threading.Thread):
    """Uploads with bytes that are being removed, to another archive."""

    def __init__(self, instance, key, uploads):
        super().__init__(daemon=True)
        self.instance, self.key, self.uploads, self.refused = instance, key, uploads, []

    def run(self):
        for upload in self.uploads:
            upload.sign(self.key)
            answer = send(self.instance.ftp, upload, AGAIN)
            while answer.kind == "lost":
                time.sleep(0.2)
                answer = send(self.instance.ftp, upload, AGAIN)
            if answer.kind not in ("accepted", "later", "there already"):
                self.refused.append(f"{upload}: {answer.text}")


def run(instance, key, options):
    moment = random.Random(options.seed)
    # Its base is read before anything is removed: one without a network.
    mirror = Mirror(instance.path("mirror"), ["base"], options.seed, pause=0)
    try:
        mirror.be_base(instance)
        uploads = prepare(instance, key, options)
        return kill_and_verify(instance, key, options, uploads, moment)
    finally:
        mirror.remove()


def kill_and_verify(instance, key, options, uploads, moment):
    strays = Strays(instance, moment)
    half = moment.sample(uploads, len(uploads) // 2)
    senders = Senders(instance, key, half)
    senders.start()
    needed = accepted(instance, KEPT) | {hashlib.sha256(data).hexdigest() for upload in half for data in upload.files.values()}
    kills = 0
    for _ in range(options.kills):
        strays.add(12)
        doomed = [name for name in sorted(accepted(instance, DELETED) - needed) if os.path.exists(stored(instance, name))]
        doomed = doomed or strays.left()
        if doomed and kill_while_removing(instance, doomed, moment):
            kills += 1
            instance.kill(moment.choice(["service", "gateway"]))
    senders.join(120)
    wait_for(60, "everything answers", instance.answers)
    checks.settle(instance)
    print(f"killed {kills} times while files were removed; {len(half)} uploads brought the same bytes")
    last = maintain(instance)
    _, words = last.communicate(timeout=60)
    mistakes = [] if last.returncode == 0 else [f"maintain: {words.decode()}"]
    return mistakes + senders.refused + verify(instance, half, strays)


def verify(instance, sent, strays):
    mistakes = [f"a stray is left: {name}" for name in strays.left()]
    there = {name for shard in instance.names("files") if len(shard) == 2 for name in instance.names(f"files/{shard}")}
    known = dict(instance.rows("SELECT sha256, removed_at IS NULL FROM file"))
    kept = accepted(instance, KEPT) | accepted(instance, AGAIN)
    for name in sorted(kept - there):
        mistakes.append(f"needed and missing: {name}")
    for name, is_there in sorted(known.items()):
        if is_there != (name in there):
            mistakes.append(f"{name}: the catalog says {'there' if is_there else 'removed'}")
    for name in sorted(there & accepted(instance, DELETED) - kept):
        mistakes.append(f"nobody needs {name}")
    again = {name for name, in instance.rows(
        "SELECT s.name FROM source_publication p JOIN source s ON s.id = p.source JOIN archive_suite t"
        " ON t.id = p.archive_suite JOIN archive a ON a.id = t.archive WHERE a.reference = ?", AGAIN)}
    if again != {upload.package for upload in sent}:
        mistakes.append(f"published again: {sorted(again)}")
    for archive in [KEPT, AGAIN]:
        mistakes += broken_in_pool(instance, archive) + checks.nothing_half_done(instance, f"archives/{archive}")
    return mistakes + checks.catalog_is_whole(instance)


def broken_in_pool(instance, archive):
    """What the archive's rows say, held against its pool."""
    there = {}
    for folder, _, files in os.walk(instance.path(f"archives/{archive}/pool")):
        for name in files:
            with open(f"{folder}/{name}", "rb") as f:
                there[name] = hashlib.sha256(f.read()).hexdigest()
    rows = dict(instance.rows(
        "SELECT f.name, f.sha256 FROM archive_file f JOIN archive a ON a.id = f.archive WHERE a.reference = ?", archive))
    return [] if there == rows else [f"{archive}: {sorted(set(there.items()) ^ set(rows.items()))[:4]}"]


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--uploads", type=int, default=16)
    parser.add_argument("--kills", type=int, default=6)
    play(run, parser.parse_args(), settings="intake: {sweepInterval: 5}\n")
