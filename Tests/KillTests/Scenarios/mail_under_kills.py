#!/usr/bin/python3
"""Uploads are mailed about by SMTP, to a server that fails half of the time, while the service is killed again and again.

Afterwards every upload is accepted once, and every mail was taken by the server: once, or twice where the service was
killed after that and before it was written down.
"""
import collections
import email
import glob
import os
import subprocess
import sys
import tempfile
import time

import checks
from clients import Clients
from instance import TOP, wait_for
from killer import Killer
from packages import make_uploads
from scenario import arguments, play

# As many mails are under way at a time as MailerConfiguration.deliveriesAtOnce.
UNDER_WAY = 4


class MailServer:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="slipway-smtp-")
        self.process = subprocess.Popen([sys.executable, os.path.join(TOP, "Tests/Fixtures/smtp-server"), self.folder, "--fail-half"],
                                        stdin=subprocess.PIPE)
        port = os.path.join(self.folder, "port")
        wait_for(20, "the mail server listens", lambda: os.path.exists(port))
        with open(port) as f:
            self.settings = {"DELIVERY": "smtp", "SMTP_HOST": "127.0.0.1", "SMTP_PORT": f.read().strip(), "SMTP_TLS": "none",
                             # The letters of a mailer that was killed are free 10 s after this.
                             "SMTP_TIMEOUT": "5", "FIRSTRETRY": "1"}

    def mails(self):
        found = []
        for name in glob.glob(os.path.join(self.folder, "mail-*")):
            with open(name, "rb") as f:
                found.append(email.message_from_binary_file(f))
        return found

    def refusals(self):
        with open(os.path.join(self.folder, "log")) as f:
            return sum(1 for line in f if line.startswith(("< 4", "over Dropped")))

    def stop(self):
        self.process.stdin.close()
        self.process.wait(20)


def run(instance, key, options, server):
    instance.add_person("alice", key)
    instance.run("archive", "create", "~alice/debian/tools", "--suite", "bookworm")
    instance.start()
    wait_for(60, "it serves", instance.answers)
    packages = make_uploads(key, options.uploads, options.seed)
    clients = Clients(instance, packages, options.clients)
    killer = Killer(instance, options.seed, clients.answered, options.uploads / options.kills)
    for thread in [clients, killer.thread]:
        thread.start()
    wait_for(300, "all are answered", clients.are_done)
    killer.stop()
    for _ in range(4):  # what is left to do are mails
        killer.kill("service", after=killer.random.uniform(0.5, 3))
    began = time.monotonic()
    wait_for(300, lambda: f"these are done: {checks.unsettled(instance)[:20]}", lambda: is_settled(instance))
    print(f"settled {time.monotonic() - began:.0f} s after {len(killer.kills)} kills: {' '.join(killer.kills)}")
    return clients.faults + verify(instance, clients.answers, server, len(killer.kills))


def is_settled(instance):
    """Every claim of a killed mailer was an attempt as well, and pauses double: what would wait for long is sent again."""
    waiting = instance.rows("SELECT id FROM mail WHERE state = 'queued' AND next_attempt > ?", int(time.time()) + 20)
    if waiting:
        instance.run("mail", "resend", *[str(number) for number, in waiting])
    return instance.answers() and not checks.unsettled(instance)


def verify(instance, answers, server, kills):
    mistakes = checks.uploads_acted_once(instance, answers)
    taken = collections.Counter(mail["Message-ID"].strip("<>").split("@")[0] for mail in server.mails())
    queued = instance.rows("SELECT identity, state FROM mail")
    twice = sum(count - 1 for count in taken.values())
    print(f"{len(queued)} mails, {twice} of them taken twice; {server.refusals()} times the server refused or was gone")
    mistakes += [f"mail {identity} is {state}" for identity, state in queued if state != "sent"]
    mistakes += [f"mail {identity} is lost" for identity, _ in queued if not taken[identity]]
    mistakes += [f"a mail that is not in the outbox: {identity}" for identity in set(taken) - {row[0] for row in queued}]
    if twice > kills * UNDER_WAY:
        mistakes.append(f"{twice} mails were taken twice, with {kills} kills")
    for upload in answers:
        number = instance.rows("SELECT u.id FROM upload u JOIN source s ON s.id = u.source WHERE s.name = ? AND s.version = ?",
                               upload.package, upload.version)
        mistakes += [f"{upload}: nobody was told" for row in number if not taken[f"upload-{row[0]}-accepted"]]
    if not server.refusals():
        mistakes.append("the server never refused")
    return mistakes + checks.catalog_is_whole(instance)


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--uploads", type=int, default=30)
    parser.add_argument("--kills", type=int, default=5, help="about so many")
    parser.add_argument("--clients", type=int, default=4)
    server = MailServer()
    os.environ.update({f"SLIPWAY_MAIL_{name}": value for name, value in server.settings.items()})
    try:
        play(lambda instance, key, options: run(instance, key, options, server), parser.parse_args(),
             settings="intake: {sweepInterval: 5}\n")
    finally:
        server.stop()
