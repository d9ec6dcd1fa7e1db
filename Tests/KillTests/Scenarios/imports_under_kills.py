#!/usr/bin/python3
"""Imports from a base's mirror while the service is killed: as files are fetched, as they are stored and published.

Afterwards each source is there once, with the mirror's bytes, and its person has one mail.
"""
import collections
import hashlib
import os
import random
import sqlite3
import time

import checks
from commands_under_kills import land
from instance import SUITE, wait_for
from mirror import Mirror
from scenario import arguments, play

ARCHIVE = "~alice/debian/tools"


def command(key, name):
    return key.clearsign(f"Archive: ppa.example.org\n\nAction: import-packages\nPpa: {ARCHIVE}\nPackages: {name}\n"
                         "Binaries: no\n")


def waiting(instance):
    return instance.rows("SELECT name FROM import WHERE state = 'wanted'")


class Nudges:
    """What a kill has cost an attempt is not waited for: it is due at once, and any verdict wakes the imports."""

    def __init__(self, instance, key):
        self.instance, self.key, self.number = instance, key, 0

    def give(self):
        self.number += 1
        connection = sqlite3.connect(self.instance.path("slipway.sqlite"), timeout=20)
        with connection:
            connection.execute("UPDATE import SET next_attempt = 0 WHERE state = 'wanted'")
        connection.close()
        text = self.key.clearsign(f"Archive: ppa.example.org\nDry-Run: yes\nUploader: {self.number}\n\n"
                                  f"Action: create-ppa\nPpa: ~alice/debian/never\nSuites: {SUITE}\n")
        land(self.instance, f"20260102T000000-{self.number:08x}", text)


def kill_at_a_moment(instance, moment):
    """While a source is on its way, as files enter the store, as soon as the catalog has it, or whenever."""
    looks = {
        "fetching": lambda: has_something(instance.path("imports/fetched")),
        "storing": lambda: has_something(instance.path("files/tmp")),
        "published": lambda before=sources(instance): sources(instance) > before,
        "whenever": lambda: True,
    }
    look = moment.choice(list(looks))
    end = time.monotonic() + 4
    while not looks[look]() and time.monotonic() < end:
        time.sleep(0.001)
    late = 0 if look == "published" else moment.choice([0, moment.uniform(0, 0.3)])
    time.sleep(moment.uniform(0, 1.5) if look == "whenever" else late)
    return look if instance.kill(moment.choice(["service", "everything"])) else None


def sources(instance):
    return instance.rows("SELECT count(*) FROM source")[0][0]


def has_something(folder):
    try:
        return bool(os.listdir(folder))
    except OSError:
        return False


def run(instance, key, options):
    names = [f"base{number}" for number in range(options.sources)]
    mirror = Mirror(instance.path("mirror"), names, options.seed, pause=0.15)
    try:
        return run_with(mirror, names, instance, key, options)
    finally:
        mirror.remove()


def run_with(mirror, names, instance, key, options):
    instance.add_person("alice", key)
    instance.run("archive", "create", ARCHIVE, "--suite", SUITE)
    mirror.be_base(instance)
    instance.start()
    wait_for(60, "it serves", instance.answers)
    for number, name in enumerate(names):
        land(instance, f"20260101T000000-{number:08x}", command(key, name))
    wait_for(60, "all are wanted", lambda: instance.rows("SELECT count(*) FROM import")[0][0] == len(names))
    moment, nudges, kills = random.Random(options.seed), Nudges(instance, key), []
    while waiting(instance) and len(kills) < options.kills:
        kills.append(kill_at_a_moment(instance, moment))
        wait_for(60, "everything answers", instance.answers)
        nudges.give()
    print(f"killed: {kills}; {len(waiting(instance))} still wait")
    end = time.monotonic() + 120
    while waiting(instance) and time.monotonic() < end:
        nudges.give()
        time.sleep(2)
    checks.settle(instance)
    return verify(instance, mirror, names)


def verify(instance, mirror, names):
    mistakes = [f"{name}: {state}, {said}" for name, state, said in
                instance.rows("SELECT name, state, said FROM import WHERE state <> 'done'")]
    sources = collections.Counter(name for name, in instance.rows(
        "SELECT s.name FROM source_publication p JOIN source s ON s.id = p.source WHERE p.state = 'published'"))
    mails = collections.Counter(mail["Message-ID"] for mail in checks.mails(instance) if "is imported" in mail["Subject"])
    if sources != collections.Counter(names):
        mistakes.append(f"published: {sources}")
    if len(mails) != len(names) or set(mails.values()) != {1}:
        mistakes.append(f"{len(mails)} mails of imports: {mails}")
    for name in names:
        for file in [f"{name}_1.0.dsc", f"{name}_1.0.tar.xz"]:
            mistakes += same_bytes(f"{mirror.folder}/pool/{file}", instance, name, file)
    if has_something(instance.path("imports/fetched")):
        mistakes.append(f"left: {instance.names('imports/fetched')}")
    return mistakes + checks.nothing_half_done(instance, f"archives/{ARCHIVE}") + checks.catalog_is_whole(instance)


def same_bytes(original, instance, name, file):
    with open(original, "rb") as f:
        data = f.read()
    sha256 = hashlib.sha256(data).hexdigest()
    places = [f"files/{sha256[:2]}/{sha256}", f"archives/{ARCHIVE}/pool/main/{name[0]}/{name}/{file}"]
    mistakes = []
    for place in places:
        try:
            with open(instance.path(place), "rb") as f:
                if f.read() != data:
                    mistakes.append(f"{place} has other bytes")
        except FileNotFoundError:
            mistakes.append(f"{place} is not there")
    return mistakes


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--sources", type=int, default=5)
    parser.add_argument("--kills", type=int, default=6)
    play(run, parser.parse_args(), settings="intake: {sweepInterval: 5}\n")
