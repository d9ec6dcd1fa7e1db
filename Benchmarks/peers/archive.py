"""Archive peers: what each needs on disk, and the shell commands of each phase.

prepare_intake(incoming) sets up (untimed); intake() is the timed command line. All sign with the benchmark key where they can (`notes` says what each leaves out).
"""
import glob
import gzip
import json
import os
import shutil
import time

import benchlib
import earlier
import slipway


class Archive:
    phases = ("intake",)
    notes = ""

    def __init__(self, work, key):
        self.work, self.key, self.published = benchlib.fresh(work), key, os.path.join(work, "public")
        os.makedirs(self.published)
        self.setup()

    def setup(self):
        pass

    def file(self, name, text, mode=0o644):
        path = os.path.join(self.work, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)
        os.chmod(path, mode)
        return path

    def prepare_intake(self, incoming):
        """Copy the pristine uploads into this peer's incoming directory."""
        self.incoming = self.incoming_path()
        shutil.rmtree(self.incoming, ignore_errors=True)
        shutil.copytree(incoming, self.incoming)

    def incoming_path(self):
        return os.path.join(self.work, "incoming")

    def count(self, kind):
        """Number of distinct stanzas in the published Packages or Sources (the largest of them)."""
        best = 0
        for path in glob.glob(f"{self.published}/**/{kind}*", recursive=True):
            if path.endswith(kind) or path.endswith(".gz"):
                with (gzip.open if path.endswith(".gz") else open)(path, "rb") as f:
                    best = max(best, sum(line.startswith(b"Package: ") for line in f))
        return best


def sign(key, directory):
    return (f"gpg --batch --yes --quiet -u {key} --clearsign -o {directory}/InRelease {directory}/Release && "
            f"gpg --batch --yes --quiet -u {key} --armor --detach-sign -o {directory}/Release.gpg {directory}/Release")


class Reprepro(Archive):
    formats = ". .gz .xz"
    notes = "plain+gz+xz indices, InRelease + Release.gpg; Berkeley DB; no by-hash"

    def setup(self):
        self.file("conf/distributions", f"""Codename: bench
Suite: bench
Architectures: amd64 source
Components: main
DebIndices: Packages Release {self.formats}
DscIndices: Sources Release {self.formats}
SignWith: {self.key.fingerprint}
Uploaders: uploaders
""")
        self.file("conf/uploaders", f"allow * by key {self.key.fingerprint}\n")
        self.file("conf/incoming", f"Name: in\nIncomingDir: {self.work}/incoming\nTempDir: {self.work}/tmp\n"
                                   "Allow: bench\nCleanup: on_deny on_error\n")
        os.makedirs(f"{self.work}/tmp")
        self.run = f"reprepro --silent -b {self.work} --outdir {self.published}"

    def intake(self):
        return f"{self.run} processincoming in"


class Aptly(Archive):
    notes = "plain+gz indices (no xz: 1.5.0 has none), Contents and bz2 switched off; LevelDB; pool + published tree by link"
    provider = "gpg"

    def setup(self):
        conf = self.file("aptly.conf", json.dumps({
            "rootDir": f"{self.work}/aptly", "gpgProvider": self.provider, "skipContentsPublishing": True,
            "skipBz2Publishing": True, "architectures": ["amd64", "source"],
            "FileSystemPublishEndpoints": {"public": {"rootDir": self.published, "linkMethod": "hardlink"}}}))
        self.run = f"aptly -config={conf}"
        self.signing = f"-batch -gpg-key={self.key.fingerprint} -skip-contents -skip-bz2"

    def intake(self):
        return (f"{self.run} repo create bench && {self.run} repo include -repo=bench -keyring={self.key.keyring} "
                f"{self.work}/incoming && {self.run} publish repo -architectures=source -distribution=bench "
                f"{self.signing} bench filesystem:public:")


class AptlyInternal(Aptly):
    """Signatures checked in process (Go OpenPGP); publishing unsigned, as that provider wants old secret keyrings."""
    notes = Aptly.notes + "; gpgProvider internal, archive left unsigned"
    provider, phases = "internal", ("intake",)

    def setup(self):
        super().setup()
        self.signing = "-skip-signing -skip-contents -skip-bz2"


class MiniDinstall(Archive):
    notes = "flat archive, md5 + size check of .changes only; runs apt-ftparchive without a cache"
    phases = ("intake",)

    def setup(self):
        script = self.file("sign.sh", f"#!/bin/sh\nset -e\n{sign(self.key.fingerprint, '.')}\n", 0o755)
        self.published = f"{self.work}/archive"
        self.conf = self.file("mini-dinstall.conf", f"""[DEFAULT]
archivedir = {self.published}
archive_style = flat
architectures = all, amd64
verify_sigs = true
keyrings = {self.key.keyring}
generate_release = true
release_signscript = {script}
mail_on_success = false
mail_to =
incoming_permissions = 0755

[bench]
""")

    def incoming_path(self):
        return f"{self.work}/archive/mini-dinstall/incoming"

    def intake(self):
        return f"mini-dinstall --batch -q --config={self.conf} {self.published}"


class DpkgScansources(Archive):
    """What a small shell script does: gpgv and sha256sum for each upload, mv, then dpkg-scansources over the pool."""
    notes = "signature of .changes, SHA-256 of its files; gzip + xz by the tools; Release by apt-ftparchive"
    phases = ("intake",)

    def setup(self):
        self.dist = f"{self.published}/dists/bench"
        os.makedirs(f"{self.dist}/main/source")
        os.makedirs(f"{self.published}/pool")
        out = f"{self.dist}/main/source/Sources"
        self.script = self.file("intake.sh", f"""#!/bin/sh
set -e
cd {self.work}/incoming
for changes in *.changes; do
    gpgv -q --keyring {self.key.keyring} --output ../verified "$changes"
    awk '/^Checksums-Sha256:/ {{ on = 1; next }} /^[^ ]/ {{ on = 0 }} on {{ print $1 "  " $3 }}' ../verified > ../sums
    sha256sum --quiet -c ../sums
    mv $(awk '{{ print $2 }}' ../sums) {self.published}/pool/
    rm "$changes" ../verified
done
cd {self.published}
dpkg-scansources pool > {out}
gzip -9nkf {out}
xz -6kf {out}
apt-ftparchive -q -o APT::FTPArchive::Release::Codename=bench release {self.dist} > {self.work}/Release
mv {self.work}/Release {self.dist}/Release
{sign(self.key.fingerprint, self.dist)}
""", 0o755)

    def intake(self):
        return self.script


class Slipway(Archive):
    """Our product: every check on, files fsynced, verdicts mailed into a Maildir, gz + xz + by-hash, InRelease + Release.gpg."""
    notes = "all checks, both signatures, fsync, mails, gz+xz indices with by-hash, InRelease + Release.gpg"
    phases = ("intake",)

    def setup(self):
        self.instance = slipway.Instance(os.path.join(self.work, "state"))
        self.instance.make(suite="bench")
        self.instance.add_person("bench", "Bench Uploader <bench@example.org>", self.key.keyring)
        self.instance.create_archive("~bench/debian/tools", "bench")
        self.published = os.path.join(self.instance.state, "archives/~bench/debian/tools")

    def fill(self, count):
        earlier.fill(os.path.join(self.instance.state, "slipway.sqlite"), "~bench/debian/tools", count, int(time.time()))

    def prepare_intake(self, incoming):
        self.instance.land(incoming, "~bench/debian/tools")

    def intake(self):
        return self.instance.command("process")


PEERS = {"slipway": Slipway, "reprepro": Reprepro, "aptly": Aptly, "aptly-internal": AptlyInternal,
         "mini-dinstall": MiniDinstall, "dpkg-scansources": DpkgScansources}
