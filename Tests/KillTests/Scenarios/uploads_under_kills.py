#!/usr/bin/python3
"""200 uploads while gateway, service and supervisor are killed at random instants.

Afterwards every upload is accepted, published and mailed once, and nobody ever saw anything half done.
"""
import time

import checks
from clients import Clients, send
from instance import wait_for
from killer import Killer
from packages import make_uploads
from scenario import arguments, play
from watcher import Disk, Watcher, Web, archive_keyring

ARCHIVE = "~alice/debian/tools"


def prepare(instance, key):
    instance.add_person("alice", key)
    instance.run("archive", "create", ARCHIVE, "--suite", "bookworm")
    instance.start()
    wait_for(60, "it serves", instance.answers)
    wait_for(60, "the empty suite is published", lambda: not checks.unsettled(instance))
    archive_keyring(instance, ARCHIVE, instance.path("archive.gpg"))
    keyring = instance.path("archive.gpg")
    return [Watcher(Disk(instance.path(f"archives/{ARCHIVE}")), keyring), Watcher(Web(f"{instance.url}/{ARCHIVE}"), keyring)]


def run(instance, key, options):
    began = time.monotonic()
    packages = make_uploads(key, options.uploads, options.seed)
    watchers = prepare(instance, key)
    clients = Clients(instance, packages, options.clients)
    killer = Killer(instance, options.seed, clients.answered, options.uploads / options.kills)
    print(f"prepared in {time.monotonic() - began:.0f} s")
    began = time.monotonic()
    for thread in [clients, killer.thread, *(watcher.thread for watcher in watchers)]:
        thread.start()
    wait_for(600, "all are answered", clients.are_done)
    killer.stop()
    print(f"all answered after {time.monotonic() - began:.0f} s and {len(killer.kills)} kills: {' '.join(killer.kills)}")
    for _ in range(3):  # what is left to do are publications and mails
        killer.kill("service", after=killer.random.uniform(0, 1))
    began = time.monotonic()
    checks.settle(instance)
    print(f"settled after {time.monotonic() - began:.0f} s")
    for watcher in watchers:
        watcher.stop()
        watcher.look()
        print(f"{watcher.place.name}: {watcher.states} states seen in {watcher.looks} looks, {watcher.away} times nobody answered")
    kinds = [answer.kind for answers in clients.answers.values() for answer in answers]
    print("answers:", {kind: kinds.count(kind) for kind in sorted(set(kinds))})
    return clients.faults + verify(instance, key, packages, clients.answers, watchers)


def verify(instance, key, packages, answers, watchers):
    mistakes = [mistake for watcher in watchers for mistake in watcher.mistakes]
    mistakes += checks.newest_is_live(instance, packages, watchers[0].versions)
    mistakes += checks.one_mail_each(instance, answers)
    mistakes += checks.nothing_half_done(instance, f"archives/{ARCHIVE}")
    mistakes += sent_again(instance, key, packages)
    mistakes += checks.uploads_acted_once(instance, answers)
    mistakes += checks.catalog_is_whole(instance)
    return mistakes


def sent_again(instance, key, packages):
    """The same signed text, and the same version signed anew: both are refused."""
    upload = packages[0][-1]
    first = send(instance.ftp, upload)
    upload.sign(key)
    second = send(instance.ftp, upload)
    return [f"sent again: {answer.text or answer.lost}" for answer in [first, second] if answer.kind != "there already"]


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--uploads", type=int, default=200)
    parser.add_argument("--kills", type=int, default=18, help="about so many")
    parser.add_argument("--clients", type=int, default=6)
    # Five seconds for what no hint tells: the gateway may be killed between the hand-over and its hint.
    play(run, parser.parse_args(), settings="intake: {sweepInterval: 5}\n")
