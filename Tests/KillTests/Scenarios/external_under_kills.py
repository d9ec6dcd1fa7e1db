#!/usr/bin/python3
"""An external archive while everything is killed: packages come without a source, and it is taken down and restored.

Afterwards its tree is where it belongs, with every package that was accepted, and nothing of it was ever where it does not belong.
"""
import hashlib
import lzma
import os
import random
import re
import subprocess
import tempfile
import time

import checks
from clients import send
from commands_under_kills import land
from instance import SUITE, wait_for
from packages import DATE, md5, sums
from scenario import arguments, play

ARCHIVE = "~alice/debian/drivers"
TREE = f"external/{ARCHIVE}"


class Package:
    """A package for all architectures, of a source that nobody has here."""

    def __init__(self, key, name, folder):
        self.package, self.version, self.changes = name, "1.0", f"{name}_1.0_all.changes"
        deb = f"{name}_1.0_all.deb"
        os.makedirs(f"{folder}/{name}/DEBIAN")
        with open(f"{folder}/{name}/DEBIAN/control", "w") as f:
            f.write(f"Package: {name}\nVersion: 1.0\nArchitecture: all\nMaintainer: {key.uid}\nSection: misc\n"
                    "Priority: optional\nDescription: to be killed for\n At length.\n")
        documents = f"{folder}/{name}/usr/share/doc/{name}"
        os.makedirs(documents)
        with open(f"{documents}/copyright", "w") as f:
            f.write("Public domain.\n")
        subprocess.run(["dpkg-deb", "--root-owner-group", "-b", f"{folder}/{name}", f"{folder}/{deb}"], check=True,
                       stdout=subprocess.DEVNULL)
        with open(f"{folder}/{deb}", "rb") as f:
            self.files = {deb: f.read()}
        self.files[self.changes] = key.clearsign(
            f"Format: 1.8\nDate: {DATE}\nSource: {name}\nBinary: {name}\nArchitecture: all\nVersion: 1.0\n"
            f"Distribution: {SUITE}\nUrgency: medium\nMaintainer: {key.uid}\nChanged-By: {key.uid}\n"
            f"Description:\n {name} - to be killed for\nChanges:\n {name} (1.0) {SUITE}; urgency=medium\n .\n   * Built.\n"
            + sums(self.files) + md5("misc optional ", self.files))


class Orders:
    """Signed commands, each landed once."""

    def __init__(self, instance, key):
        self.instance, self.key, self.number = instance, key, 0

    def give(self, fields):
        self.number += 1
        text = self.key.clearsign(f"Archive: ppa.example.org\nUploader: {self.number}\n\n{fields}\n")
        land(self.instance, f"20260101T000000-{self.number:08x}", text)


def presence(instance):
    found = instance.rows("SELECT presence FROM archive WHERE reference = ?", ARCHIVE)
    return found[0][0] if found else None


def withdrawn(instance):
    return os.path.isdir(instance.path("withdrawn")) and instance.names("withdrawn") != []


def is_noted(instance):
    """The catalog has it that the tree is where it belongs for now."""
    return instance.rows(
        "SELECT 1 FROM archive WHERE reference = ? AND (tree_due IS NULL OR tree_due > presence_since)", ARCHIVE)


def kill_around(instance, moment, fact, moved):
    """As soon as the catalog has it, as soon as the tree is moved, as soon as that is noted, or a while after."""
    look = moment.choice(["ordered", "moved", "noted", "later"])
    end = time.monotonic() + 60
    while not fact() and time.monotonic() < end:
        time.sleep(0.001)
    done = {"moved": moved, "noted": lambda: is_noted(instance)}.get(look, fact)
    while not done() and time.monotonic() < end:
        time.sleep(0.001)
    time.sleep(moment.uniform(0, 0.5) if look == "later" else 0)
    return look if instance.kill(moment.choice(["service", "everything"])) else None


def deliver(instance, package, moment):
    """Until it is accepted, whatever is killed meanwhile."""
    end = time.monotonic() + 60
    while not instance.rows("SELECT 1 FROM binary WHERE name = ?", package.package):
        if time.monotonic() > end:
            raise AssertionError(f"{package.package}: never accepted")
        answer = send(instance.ftp, package, ARCHIVE)
        if answer.kind == "refused":
            raise AssertionError(f"{package.package}: {answer.text}")
        if moment.random() < 0.3:
            instance.kill(moment.choice(["service", "gateway"]))
        time.sleep(0.2)


def run(instance, key, options):
    moment, orders = random.Random(options.seed), Orders(instance, key)
    instance.add_person("alice", key)
    instance.run("person", "admin", "alice", "on")
    instance.start()
    wait_for(60, "it serves", instance.answers)
    orders.give("Action: agree-terms\nTerms: 1")
    wait_for(60, "the terms are agreed to", lambda: instance.rows("SELECT 1 FROM terms_agreement"))
    orders.give(f"Action: create-external\nArchive: {ARCHIVE}\nSuites: {SUITE}")
    wait_for(60, "it is made", lambda: presence(instance) == "shown")
    kills = []
    with tempfile.TemporaryDirectory() as folder:
        packages = [Package(key, f"driver{number}", folder) for number in range(options.rounds)]
    for package in packages:
        deliver(instance, package, moment)
        orders.give(f"Action: take-down\nPpa: {ARCHIVE}\nReason: a complaint")
        kills.append(kill_around(instance, moment, lambda: presence(instance) == "hidden", lambda: withdrawn(instance)))
        wait_for(60, "everything answers", instance.answers)
        wait_for(60, "it is out of sight", lambda: not os.path.exists(instance.path(TREE)))
        orders.give(f"Action: restore\nPpa: {ARCHIVE}\nReason: no complaint")
        kills.append(kill_around(
            instance, moment, lambda: presence(instance) == "shown", lambda: not withdrawn(instance)))
        wait_for(60, "everything answers", instance.answers)
        wait_for(60, "it is back", lambda: os.path.exists(instance.path(TREE)))
    print(f"killed: {kills}")
    checks.settle(instance)
    return verify(instance, packages, orders.number)


def verify(instance, packages, count):
    mistakes = [f"left: {instance.names('withdrawn')}"] if withdrawn(instance) else []
    with open(instance.path(f"{TREE}/dists/{SUITE}/main/binary-amd64/Packages.xz"), "rb") as f:
        index = lzma.decompress(f.read()).decode()
    listed = dict(re.findall(r"^Filename: \S+/(\S+)$(?:\n(?!\n).*)*?\nSHA256: (\S+)$", index, re.M))
    wanted = {name: hashlib.sha256(data).hexdigest() for package in packages for name, data in package.files.items()
              if name.endswith(".deb")}
    if listed != wanted:
        mistakes.append(f"apt sees {sorted(listed)}, and not {sorted(wanted)}")
    for name, sha256 in wanted.items():
        place = instance.path(f"{TREE}/pool/main/{name[0]}/{name.partition('_')[0]}/{name}")
        with open(place, "rb") as f:
            if hashlib.sha256(f.read()).hexdigest() != sha256:
                mistakes.append(f"{place} has other bytes")
    answers = [m["Message-ID"] for m in checks.mails(instance) if (m["Message-ID"] or "").startswith("<command-")]
    if len(answers) != count or len(set(answers)) != count:
        mistakes.append(f"{len(answers)} answers to {count} texts")
    if os.path.exists(instance.path(f"archives/{ARCHIVE}")):
        mistakes.append("it is among the archives of the service")
    return mistakes + checks.nothing_half_done(instance, TREE) + checks.catalog_is_whole(instance)


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    with tempfile.NamedTemporaryFile("w", prefix="slipway-terms-", suffix=".txt") as terms:
        terms.write("What is in an external archive is its owner's to answer for.\n")
        terms.flush()
        os.chmod(terms.name, 0o644)
        play(run, parser.parse_args(), settings="intake: {sweepInterval: 5}\nexternal: {terms: " + terms.name
             + ', termsVersion: "1", termsDate: "2026-11-21", url: "http://external.example.org"}\n')
