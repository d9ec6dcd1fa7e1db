#!/usr/bin/python3
"""Uploads that wait, while everything is killed.

A quarter of them comes in two sessions, a quarter is delayed and then put forward, a quarter is new where an admin has to
admit it, and the rest is as all are. Afterwards each is accepted, published and mailed once.
"""
import time

import checks
from clients import PATIENCE, Clients, send
from instance import wait_for
from killer import Killer
from packages import make_uploads
from scenario import arguments, play

ARCHIVE, ADMITTING = "~alice/debian/tools", "~alice/debian/new"
KINDS = ["plain", "halves", "delayed", "new"]


class Half:
    """An upload with some of its files."""

    def __init__(self, upload, names):
        self.files = {name: upload.files[name] for name in names}


class Waiting(Clients):
    """Brings each upload to its end by the way that its kind has."""

    def __init__(self, instance, packages, count):
        super().__init__(instance, packages, count)
        self.kinds = {uploads[0]: KINDS[number % len(KINDS)] for number, uploads in enumerate(packages)}

    def _deliver(self, upload):
        kind = self.kinds[upload]
        if kind == "plain":
            return super()._deliver(upload)
        getattr(self, f"_{kind}")(upload)
        self._wait_for_verdict(upload)

    def _halves(self, upload):
        tar = [name for name in upload.files if ".tar." in name]
        rest = [name for name in upload.files if name not in tar]
        self._until_taken(upload, lambda: send(self.instance.ftp, Half(upload, rest)))
        # The rest counts wherever it comes: a try that got lost is repeated.
        self._until(upload, lambda: send(self.instance.ftp, Half(upload, tar)).kind != "lost")

    def _delayed(self, upload):
        self._until_taken(upload, lambda: send(self.instance.ftp, upload, f"{ARCHIVE}/DELAYED/3-day"))
        self._order(upload, "reschedule", "0-day")

    def _new(self, upload):
        self._until_taken(upload, lambda: send(self.instance.ftp, upload, ADMITTING))
        self._order(upload, "accept")

    def _until_taken(self, upload, sending):
        """Until the gateway says that it has the upload: it waits, or is decided."""
        def attempt():
            answer = sending()
            self.answers[upload].append(answer)
            return answer.kind in ("later", "accepted", "there already")
        self._until(upload, attempt)

    def _order(self, upload, verb, *words):
        """An order for the upload once it is held. An order that was killed is given again."""
        def attempt():
            if self._is_accepted(upload):
                return True
            held = self.instance.rows("SELECT id FROM upload WHERE outcome = 'held' AND path LIKE ?", f"%/{upload.changes}")
            return any(self._ordered(verb, str(number), *words) for number, in held)
        self._until(upload, attempt)

    def _ordered(self, *words):
        try:
            self.instance.run("upload", *words)
            return True
        except Exception:  # the catalog may be locked, or the verdict was just given
            return False

    def _is_accepted(self, upload):
        return self.instance.rows("SELECT 1 FROM source WHERE name = ? AND version = ?", upload.package, upload.version)

    def _until(self, upload, attempt):
        end = time.monotonic() + PATIENCE
        while not attempt():
            if time.monotonic() > end:
                raise AssertionError(f"{upload} ({self.kinds[upload]}): nothing for {PATIENCE} s")
            time.sleep(0.2)


def run(instance, key, options):
    packages = [[upload] for uploads in make_uploads(key, options.uploads, options.seed) for upload in uploads[:1]]
    instance.add_person("alice", key)
    for archive in [ARCHIVE, ADMITTING]:
        instance.run("archive", "create", archive, "--suite", "bookworm")
    instance.run("archive", "new", ADMITTING, "on")
    instance.start()
    wait_for(60, "it serves", instance.answers)
    clients = Waiting(instance, packages, options.clients)
    killer = Killer(instance, options.seed, clients.answered, len(packages) / options.kills)
    began = time.monotonic()
    for thread in [clients, killer.thread]:
        thread.start()
    wait_for(600, "all are accepted", clients.are_done)
    killer.stop()
    print(f"all accepted after {time.monotonic() - began:.0f} s and {len(killer.kills)} kills: {' '.join(killer.kills)}")
    wait_for(60, "everything answers", instance.answers)
    cancel_copies(instance)
    checks.settle(instance)
    return clients.faults + verify(instance, clients.answers)


def cancel_copies(instance):
    """What was sent again after an answer that got lost waits beside the upload that was accepted."""
    for number, in instance.rows("SELECT id FROM upload WHERE outcome = 'held'"):
        try:
            instance.run("upload", "cancel", str(number))
        except Exception:  # it was just decided
            pass


def verify(instance, answers):
    mistakes = checks.uploads_acted_once(instance, answers)
    mistakes += checks.one_mail_each(instance, answers)
    mistakes += checks.catalog_is_whole(instance)
    for archive in [ARCHIVE, ADMITTING]:
        mistakes += checks.nothing_half_done(instance, f"archives/{archive}")
    return mistakes


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--uploads", type=int, default=48)
    parser.add_argument("--kills", type=int, default=8, help="about so many")
    parser.add_argument("--clients", type=int, default=6)
    play(run, parser.parse_args(), settings="intake: {sweepInterval: 5}\n")
