#!/usr/bin/python3
"""Sources that one command wants made once more, while the service is killed again and again: each is made once, and its person has one
mail about all of them."""
import collections
import random
import time

import batch_under_kills
import checks
import commands_under_kills
from instance import wait_for
from packages import Upload
from scenario import arguments, play

ARCHIVE = "~alice/debian/tools"
REBUILD = f"Archive: ppa.example.org\n\nAction: rebuild\nIn: {ARCHIVE}\nSources: *\nReason: to be killed for\n"


def made(instance):
    try:
        return instance.rows("SELECT count(*) FROM source_rebuild WHERE state = 'done'")[0][0]
    except Exception:  # locked, or being made anew
        return 0


def run(instance, key, options):
    chance = random.Random(options.seed)
    names = [f"kill{number:03d}" for number in range(options.sources)]
    instance.add_person("alice", key)
    instance.run("archive", "create", ARCHIVE, "--suite", "bookworm", "--set", "Rebuilds=source")
    for number, name in enumerate(names):
        batch_under_kills.land(instance, number, Upload(key, name, "1.0", options.seed))
    instance.start()
    wait_for(120, "all are there", lambda: batch_under_kills.accepted(instance) == len(names))
    checks.settle(instance)
    commands_under_kills.land(instance, "20260101T000000-ffffffff", key.clearsign(REBUILD))
    seen = []
    for kill in range(options.kills):
        # Somewhere within the next ones, and never when all is done.
        goal = min(len(names) - 1, made(instance) + chance.randrange(0, 2 * len(names) // options.kills))
        wait_for(120, f"{goal} are made", lambda: made(instance) >= goal)
        time.sleep(chance.uniform(0, 0.5))
        if instance.kill(chance.choice(["service", "service", "everything"])):
            seen.append(made(instance))
        wait_for(60, "there is a service again", lambda: instance.process("service"))
    print(f"{len(seen)} kills, at {seen} of {len(names)}")
    wait_for(150, "all are made", lambda: made(instance) == len(names))
    checks.settle(instance)
    return verify(instance, names)


def verify(instance, names):
    mistakes = []
    found = collections.Counter(instance.rows(
        "SELECT s.name, s.version FROM source s JOIN source_publication p ON p.source = s.id WHERE s.version <> '1.0'"))
    if found != {(name, "1.0+build1"): 1 for name in names}:
        mistakes.append(f"sources: {found}")
    builds = instance.rows("SELECT count(*) FROM build b JOIN source s ON s.id = b.source WHERE s.version = '1.0+build1'")
    if builds != [(len(names),)]:
        mistakes.append(f"builds: {builds}")
    titles = [mail["Subject"] for mail in checks.mails(instance) if "rebuilt" in str(mail["Subject"])]
    if titles != [f"[{ARCHIVE}] {len(names)} sources are rebuilt"]:
        mistakes.append(f"mails: {titles}")
    wait_for(60, "nothing is left in scratch", lambda: not instance.names("scratch"))
    return mistakes + checks.nothing_half_done(instance, f"archives/{ARCHIVE}") + checks.catalog_is_whole(instance)


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--sources", type=int, default=20)
    parser.add_argument("--kills", type=int, default=8)
    play(run, parser.parse_args(), settings="intake: {sweepInterval: 5}\n")
