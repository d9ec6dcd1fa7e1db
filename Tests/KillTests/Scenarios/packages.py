"""Small signed source packages, and the throwaway key that signs them."""
import concurrent.futures
import hashlib
import io
import lzma
import os
import random
import subprocess
import tarfile
import tempfile

DATE = "Mon, 01 Jan 2024 00:00:00 +0000"


class Key:
    """An OpenPGP key in a GnuPG home of its own."""

    def __init__(self, uid):
        self.uid = uid
        self.home = tempfile.mkdtemp(prefix="slipway-key-", dir="/tmp")  # the agent's socket needs a short path
        self.gpg("--pinentry-mode", "loopback", "--passphrase", "", "--quick-generate-key", uid, "ed25519", "sign", "never")

    def gpg(self, *words, input=None):
        return subprocess.run(["gpg", "--homedir", self.home, "--batch", "--quiet", *words], input=input, check=True,
                              capture_output=True).stdout

    def public(self):
        return self.gpg("--armor", "--export", self.uid)

    def clearsign(self, text):
        return self.gpg("--digest-algo", "SHA512", "--clearsign", input=text.encode())

    def remove(self):
        subprocess.run(["gpgconf", "--homedir", self.home, "--kill", "all"], check=False)
        subprocess.run(["rm", "-rf", "--", self.home], check=False)


class Upload:
    """A native source package as dput sends it: its files, the .changes last."""

    def __init__(self, key, package, version, seed):
        self.package, self.version = package, version
        self.payload = random.Random(f"{seed}/{package}/{version}").randbytes(2000)
        tar = f"{package}_{version}.tar.xz"
        self.files = {tar: self._tar(key)}
        dsc = (f"Format: 3.0 (native)\nSource: {package}\nBinary: {package}\nArchitecture: all\nVersion: {version}\n"
               f"Maintainer: {key.uid}\nStandards-Version: 4.6.2\nPackage-List:\n {package} deb misc optional arch=all\n")
        self.files[f"{package}_{version}.dsc"] = key.clearsign(dsc + sums(self.files) + md5("", self.files))
        self.sign(key)

    def sign(self, key):
        """Makes the .changes, which is a new signed text each time."""
        package, version = self.package, self.version
        self.changes = f"{package}_{version}_source.changes"
        self.files.pop(self.changes, None)
        self.files[self.changes] = key.clearsign(
            f"Format: 1.8\nDate: {DATE}\nSource: {package}\nBinary: {package}\nArchitecture: source\n"
            f"Version: {version}\nDistribution: bookworm\nUrgency: medium\nMaintainer: {key.uid}\n"
            f"Changed-By: {key.uid}\nDescription:\n {package} - to be killed for\nChanges:\n"
            f" {package} ({version}) bookworm; urgency=medium\n .\n   * Built.\n"
            + sums(self.files) + md5("misc optional ", self.files))

    def _tar(self, key):
        files = {
            "debian/control": f"Source: {self.package}\nSection: misc\nPriority: optional\nMaintainer: {key.uid}\n"
                              f"Standards-Version: 4.6.2\n\nPackage: {self.package}\nArchitecture: all\n"
                              "Description: to be killed for\n",
            "debian/changelog": f"{self.package} ({self.version}) bookworm; urgency=medium\n\n  * Built.\n\n"
                                f" -- {key.uid}  {DATE}\n",
            "debian/rules": "#!/usr/bin/make -f\n%:\n\tdh $@\n",
            "debian/copyright": "Public domain.\n",
            "debian/source/format": "3.0 (native)\n",
        }
        files = {path: text.encode() for path, text in files.items()} | {"payload": self.payload}
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as tar:
            for path, data in files.items():
                info = tarfile.TarInfo(f"{self.package}-{self.version}/{path}")
                info.size, info.mtime = len(data), 1704067200
                tar.addfile(info, io.BytesIO(data))
        return lzma.compress(buffer.getvalue(), preset=0)

    def __str__(self):
        return f"{self.package} {self.version}"


def sums(files):
    def lines(algorithm):
        return "".join(f"\n {hashlib.new(algorithm, data).hexdigest()} {len(data)} {name}" for name, data in files.items())
    return f"Checksums-Sha1:{lines('sha1')}\nChecksums-Sha256:{lines('sha256')}\n"


def md5(prefix, files):
    return "Files:" + "".join(f"\n {hashlib.md5(data).hexdigest()} {len(data)} {prefix}{name}"
                              for name, data in files.items()) + "\n"


def make_uploads(key, count, seed):
    """`count` uploads as lists of one package each, in the order of their versions: every fifth package has three."""
    wanted, number = [], 0
    while count > 0:
        number += 1
        versions = ["1.0", "1.1", "2.0~rc1"][: min(count, 3 if number % 5 == 0 else 1)]
        wanted.append((f"kill{number:03d}", versions))
        count -= len(versions)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        made = {package: [pool.submit(Upload, key, package, version, seed) for version in versions]
                for package, versions in wanted}
        return [[future.result() for future in made[package]] for package, _ in wanted]
