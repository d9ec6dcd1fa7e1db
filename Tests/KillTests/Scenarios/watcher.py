"""Looks at an archive all the time as apt and mirrors do, on the disk and over HTTP, and remembers what was not whole."""
import hashlib
import http.client
import lzma
import os
import re
import subprocess
import threading
import time
import urllib.error
import urllib.request

from instance import SUITE


class Away(Exception):
    """Nobody answers: the service is being started again, or was killed in the middle of an answer."""


class Disk:
    name = "disk"

    def __init__(self, root):
        self.root = root

    def read(self, path):
        """None when it is not there."""
        try:
            with open(os.path.join(self.root, path), "rb") as f:
                return f.read()
        except FileNotFoundError:
            return None


class Web:
    name = "http"

    def __init__(self, url):
        self.url = url

    def read(self, path):
        try:
            with urllib.request.urlopen(f"{self.url}/{path}", timeout=10) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise Away from error
        except (OSError, http.client.HTTPException) as error:
            raise Away from error


class Watcher:
    """One of them on the disk or over HTTP. `mistakes` is empty when every state was complete and well signed."""

    def __init__(self, place, keyring):
        self.place, self.keyring = place, keyring
        self.states, self.away, self.looks = 0, 0, 0
        self.mistakes = []
        self.versions = {}      # of every source in the last state
        self._last = None
        self._good = {}         # sha256 by path in the pool, of what was read once
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._work, daemon=True)

    def _work(self):
        while not self.over.is_set():
            self.looks += 1
            try:
                self.look()
            except Away:
                self.away += 1
            except Exception as fault:
                self.mistakes.append(f"{self.place.name}: {fault!r}")
            time.sleep(0.02)

    def stop(self):
        self.over.set()
        self.thread.join()

    def look(self):
        release = self.place.read(f"dists/{SUITE}/InRelease")
        if release == self._last:
            return
        if release is None:
            return self._mistake("the suite is gone")
        self._last = release
        self.states += 1
        text = self._signed_text(release)
        if text is None:
            return self._mistake(f"the signature of state {self.states} is not good")
        listed = dict((path, sha256) for sha256, path in re.findall(r"^ ([0-9a-f]{64}) +\d+ (\S+)$", text, re.M))
        self._index(listed, "main/binary-amd64/Packages.xz")
        sources = self._index(listed, "main/source/Sources.xz")
        if sources is None:
            return
        versions = self._versions(sources)
        for package in self.versions.keys() - versions.keys():
            self._mistake(f"{package} is gone")
        self.versions = versions

    def _signed_text(self, release):
        gpgv = subprocess.run(["gpgv", "--keyring", self.keyring, "--output", "-", "-"], input=release,
                              capture_output=True)
        return gpgv.stdout.decode() if gpgv.returncode == 0 else None

    def _index(self, listed, path):
        """By its hash, which has to be there also when the suite has moved on since `InRelease` was read."""
        sha256 = listed[path]
        data = self.place.read(f"dists/{SUITE}/{os.path.dirname(path)}/by-hash/SHA256/{sha256}")
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            return self._mistake(f"{path} of state {self.states} is not there by its hash")
        return lzma.decompress(data).decode()

    def _versions(self, sources):
        versions = {}
        for paragraph in filter(None, sources.split("\n\n")):
            fields = dict(re.findall(r"^([A-Za-z0-9-]+):(.*(?:\n .*)*)", paragraph, re.M))
            package = fields["Package"].strip()
            if package in versions:
                self._mistake(f"{package} is listed twice")
            versions[package] = fields["Version"].strip()
            for line in fields["Checksums-Sha256"].strip().split("\n"):
                sha256, _, name = line.split()
                self._pool_file(f"{fields['Directory'].strip()}/{name}", sha256)
        return versions

    def _pool_file(self, path, sha256):
        if self._good.get(path) == sha256:
            return
        data = self.place.read(path)
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            return self._mistake(f"{path} is not there as it is listed")
        self._good[path] = sha256

    def _mistake(self, sentence):
        self.mistakes.append(f"{self.place.name}: {sentence}")


def archive_keyring(instance, reference, path):
    """The archive's public key out of its .sources text, as apt users have it; for gpgv."""
    with urllib.request.urlopen(f"{instance.url}/{reference}.sources", timeout=10) as answer:
        armored = answer.read().decode().partition("Signed-By:\n")[2]
    lines = [line[1:] if line != " ." else "" for line in armored.rstrip("\n").split("\n")]
    with open(path, "wb") as f:
        f.write(subprocess.run(["gpg", "--dearmor"], input="\n".join(lines).encode() + b"\n", check=True,
                               capture_output=True).stdout)
