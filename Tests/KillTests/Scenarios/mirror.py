"""A mirror of source packages, signed, on loopback: the base of an instance's suite."""
import functools
import http.server
import os
import subprocess
import threading
import time

from instance import SUITE
from packages import Key, Upload


class Handler(http.server.SimpleHTTPRequestHandler):
    """Slow with packages: so there is time to be killed while they are fetched."""
    pause = 0.0

    def do_GET(self):
        if self.path.startswith("/pool/"):
            time.sleep(self.pause)
        super().do_GET()

    def log_message(self, *_):
        pass


class Mirror:
    """Below `folder`. `sources` are names; each is there in version 1.0."""

    def __init__(self, folder, sources, seed, pause):
        self.folder, self.key = folder, Key("Mirror <mirror@example.org>")
        os.makedirs(f"{folder}/pool")
        for name in sources:
            upload = Upload(self.key, name, "1.0", seed)
            for file, data in upload.files.items():
                if file != upload.changes:
                    with open(f"{folder}/pool/{file}", "wb") as f:
                        f.write(data)
        self._sign()
        Handler.pause = pause
        handler = functools.partial(Handler, directory=folder)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _sign(self):
        dists = f"dists/{SUITE}"
        os.makedirs(f"{self.folder}/{dists}/main/source")
        with open(f"{self.folder}/{dists}/main/source/Sources", "wb") as f:
            f.write(self._ftparchive("sources", "pool"))
        parts = {"Suite": SUITE, "Codename": SUITE, "Components": "main", "Architectures": "amd64"}
        options = [word for field, value in parts.items() for word in ["-o", f"APT::FTPArchive::Release::{field}={value}"]]
        release = self._ftparchive(*options, "release", dists)
        with open(f"{self.folder}/{dists}/InRelease", "wb") as f:
            f.write(self.key.clearsign(release.decode()))
        with open(f"{self.folder}/mirror.asc", "wb") as f:
            f.write(self.key.public())

    def _ftparchive(self, *words):
        return subprocess.run(["apt-ftparchive", *words], cwd=self.folder, check=True, capture_output=True).stdout

    def be_base(self, instance):
        """Of the instance's suite, which is read from now on."""
        with open(instance.path("distributions.d/debian.suites"), "a") as f:
            f.write(f"URIs: http://127.0.0.1:{self.server.server_port}\nSigned-By: {self.folder}/mirror.asc\n")
        instance.run("init", as_service=False)
        instance.run("maintain")

    def remove(self):
        self.server.shutdown()
        self.server.server_close()
        self.key.remove()
