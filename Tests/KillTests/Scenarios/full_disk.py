#!/usr/bin/python3
"""A full disk: uploads are refused for a while, nothing is lost, and all goes on by itself once there is room again.

Needs root, to mount a filesystem of its own. Elsewhere it says so, and is content.
"""
import os
import signal
import subprocess
import sys
import tempfile
import time

import checks
from clients import send
from instance import wait_for
from packages import Upload
from scenario import arguments, play

# MiB. The gateway takes nothing below 1024 free; the image is a sparse file, and what fills it is never written.
SIZE = 1400


class Disk:
    def __init__(self):
        self.image = tempfile.mktemp(prefix="slipway-disk-", dir="/tmp")
        self.folder = tempfile.mkdtemp(prefix="slipway-kill-", dir="/tmp")
        subprocess.run(["truncate", "-s", f"{SIZE}M", self.image], check=True)
        subprocess.run(["mkfs.ext4", "-q", "-m", "0", self.image], check=True)
        self.is_there = subprocess.run(["mount", "-o", "loop", self.image, self.folder]).returncode == 0

    def fill(self, leaving):
        """Takes all the room there is, but for some bytes."""
        free = os.statvfs(self.folder)
        with open(f"{self.folder}/ballast", "wb") as f:
            os.posix_fallocate(f.fileno(), 0, free.f_bavail * free.f_frsize - leaving)

    def take_crumbs(self):
        """The last blocks, and those that others have let go of since."""
        with open(f"{self.folder}/crumbs", "ab", buffering=0) as f:
            try:
                while f.write(b"x" * 1024):
                    pass
            except OSError:
                pass

    def stay_full(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.take_crumbs()
            time.sleep(0.02)

    def make_room(self):
        for name in ["ballast", "crumbs"]:
            if os.path.exists(f"{self.folder}/{name}"):
                os.remove(f"{self.folder}/{name}")

    def remove(self):
        subprocess.run(["umount", "--lazy", self.folder], check=False)
        os.rmdir(self.folder)
        os.remove(self.image)


def run(disk, instance, key, seconds):
    mistakes = []
    instance.add_person("alice", key)
    instance.run("archive", "create", "~alice/debian/tools", "--suite", "bookworm")
    instance.start()
    wait_for(60, "it serves", instance.answers)
    uploads = [Upload(key, package, "1.0", "") for package in ["early", "small", "landed", "late"]]
    early, small, landed, late = uploads
    answers = {upload: [] for upload in uploads}

    def expect(upload, kind):
        answer = send(instance.ftp, upload)
        text = answer.text or answer.lost
        if kind == "no room":
            is_right = text.startswith("452")
        else:
            is_right = answer.kind == kind
            answers[upload].append(answer)
        if not is_right:
            mistakes.append(f"{upload}: {kind} was expected, not: {text}")

    expect(early, "accepted")
    disk.fill(leaving=100 << 20)
    expect(small, "no room")
    disk.make_room()
    expect(small, "accepted")

    # It lands while the service sleeps, which then wakes, and is started again, on a disk without a free block.
    service = instance.process("service")
    os.kill(service.pid, signal.SIGSTOP)
    expect(landed, "later")
    wait_for(30, "it has landed", lambda: instance.names("jail/landed"))
    disk.fill(leaving=1 << 20)
    disk.take_crumbs()
    os.kill(service.pid, signal.SIGCONT)
    disk.stay_full(seconds)
    instance.kill("everything")
    wait_for(60, "the gateway answers", lambda: send(instance.ftp, late).kind != "lost")
    expect(late, "no room")
    disk.stay_full(seconds)
    disk.make_room()
    checks.settle(instance)
    expect(late, "accepted")
    checks.settle(instance)
    mistakes += checks.uploads_acted_once(instance, answers)
    mistakes += checks.one_mail_each(instance, answers)
    mistakes += checks.nothing_half_done(instance, "archives/~alice/debian/tools")
    return mistakes + checks.catalog_is_whole(instance)


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--full", type=int, default=6, help="seconds that the disk stays full, twice")
    options = parser.parse_args()
    if os.geteuid() != 0:
        print("not root: no filesystem can be mounted, nothing was tried")
        sys.exit(0)
    disk = Disk()
    try:
        if not disk.is_there:
            print("no filesystem could be mounted here, nothing was tried")
            sys.exit(0)
        play(lambda instance, key, _: run(disk, instance, key, options.full), options, "intake: {sweepInterval: 5}\n", disk.folder)
    finally:
        disk.remove()
