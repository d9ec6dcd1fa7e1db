#!/usr/bin/python3
"""Uploads that have landed while nobody was there, judged many at a time, while the service is killed again and again.

They wait for the disk together and are accepted in transactions of several: afterwards each is accepted, published and mailed
once, and its files are in the store.
"""
import hashlib
import os
import pwd
import random
import time

import checks
from instance import wait_for
from packages import make_uploads
from scenario import arguments, play

ARCHIVE = "~alice/debian/tools"


def land(instance, number, upload):
    """A session as the gateway hands it over."""
    session = instance.path(f"jail/landed/20260101T000000-{number:08x}")
    folder = os.path.join(session, ARCHIVE)
    os.makedirs(folder)
    for name, data in upload.files.items():
        with open(os.path.join(folder, name), "wb") as f:
            f.write(data)
    for parent, _, files in os.walk(session):
        for path, mode in [(parent, 0o2770)] + [(os.path.join(parent, name), 0o660) for name in files]:
            if instance.is_root:
                os.chown(path, pwd.getpwnam("slipway-gateway").pw_uid, pwd.getpwnam("slipway").pw_gid)
            os.chmod(path, mode)


def accepted(instance):
    try:
        return instance.rows("SELECT count(*) FROM upload WHERE outcome = 'accepted'")[0][0]
    except Exception:  # locked, or being made anew
        return 0


def run(instance, key, options):
    chance = random.Random(options.seed)
    uploads = [package[0] for package in make_uploads(key, options.uploads, options.seed)]
    instance.add_person("alice", key)
    instance.run("archive", "create", ARCHIVE, "--suite", "bookworm")
    for number, upload in enumerate(uploads):
        land(instance, number, upload)
    instance.start()
    kills, seen = 0, []
    for kill in range(options.kills):
        # Somewhere within the next batch, and never when all is done.
        goal = min(len(uploads) - 1, accepted(instance) + chance.randrange(1, 2 * len(uploads) // options.kills))
        wait_for(120, f"{goal} are accepted", lambda: accepted(instance) >= goal)
        time.sleep(chance.uniform(0, 0.05))
        role = chance.choice(["service", "service", "everything"])
        if instance.kill(role):
            kills += 1
            seen.append(accepted(instance))
        wait_for(60, "there is a service again", lambda: instance.process("service"))
    print(f"{kills} kills, at {seen} of {len(uploads)}")
    checks.settle(instance)
    return verify(instance, uploads)


def verify(instance, uploads):
    mistakes = checks.uploads_acted_once(instance, {upload: [] for upload in uploads})
    mistakes += checks.one_mail_each(instance, uploads)
    mistakes += checks.nothing_half_done(instance, f"archives/{ARCHIVE}")
    mistakes += checks.catalog_is_whole(instance)
    for upload in uploads:
        for data in upload.files.values():
            digest = hashlib.sha256(data).hexdigest()
            path = instance.path(f"files/{digest[:2]}/{digest}")
            if not os.path.exists(path) or open(path, "rb").read() != data:
                mistakes.append(f"{upload}: its file {digest} is not in the store")
    return mistakes


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--uploads", type=int, default=150)
    parser.add_argument("--kills", type=int, default=10)
    play(run, parser.parse_args(), settings="intake: {sweepInterval: 5}\n")
