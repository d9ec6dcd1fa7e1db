#!/usr/bin/python3
"""One developer's wait: from the STOR of a small source's .changes to its answer, and from there to its visibility in
the signed InRelease of a running service. Uploads come one after the other, each in a session of its own, as dput sends
them; each is of a new package, so that the archive grows as it goes.
"""
import argparse
import ftplib
import gzip
import os
import time
import urllib.request

import benchlib
import earlier
import slipway


class Client(ftplib.FTP):
    """ftplib, with the port of the reply: several loopback ports."""

    def store(self, path):
        with open(path, "rb") as f:
            return self.storbinary(f"STOR {os.path.basename(path)}", f, blocksize=1 << 16)


def files_of(changes):
    with open(changes) as f:
        text = f.read().partition("\nFiles:\n")[2]
    return [line.split()[-1] for line in text.split("\n") if line.startswith(" ")]


def upload(instance, incoming, changes):
    """Seconds from the .changes' STOR to its answer; raises when it is refused."""
    client = Client()
    client.connect("127.0.0.1", instance.ftp, timeout=30)
    client.login()
    client.cwd("~bench/debian/tools")
    for name in files_of(os.path.join(incoming, changes)):
        client.store(os.path.join(incoming, name))
    start = time.perf_counter()
    reply = client.store(os.path.join(incoming, changes))
    taken = time.perf_counter() - start
    client.quit()
    assert "ccepted" in reply, reply
    return taken


def visible(instance, name, since, archive="~bench/debian/tools"):
    """Seconds from the answer until the InRelease that apt fetches names an index with the package in it."""
    base = f"http://127.0.0.1:{instance.web}/{archive}/dists/bench"
    while time.perf_counter() - since < 30:
        try:
            release = urllib.request.urlopen(f"{base}/InRelease").read().decode()
            entry = next(l for l in release[release.index("\nSHA256:"):].split("\n") if l.endswith(" main/source/Sources.gz"))
            index = gzip.decompress(urllib.request.urlopen(f"{base}/main/source/by-hash/SHA256/{entry.split()[0]}").read())
            if f"Package: {name}\n".encode() in index:
                return time.perf_counter() - since
        except (OSError, ValueError, StopIteration):
            pass
        time.sleep(0.01)
    raise RuntimeError(f"{name} did not become visible")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("uploads", help="a directory written by make_uploads.py")
    p.add_argument("-n", "--count", type=int, default=100)
    p.add_argument("--earlier", type=int, default=0, help="accepted uploads that the catalog has before")
    p.add_argument("--work", default="/tmp/bench-verdict")
    p.add_argument("--out", default="/tmp/bench-results")
    p.add_argument("--name", default="verdict")
    a = p.parse_args()
    instance = slipway.Instance(os.path.join(benchlib.fresh(a.work), "state"))
    instance.make(suite="bench")
    key = benchlib.Key(os.path.join(a.uploads, "key"))
    instance.add_person("bench", "Bench Uploader <bench@example.org>", key.keyring)
    instance.create_archive("~bench/debian/tools", "bench")
    if a.earlier:
        earlier.fill(os.path.join(instance.state, "slipway.sqlite"), "~bench/debian/tools", a.earlier, int(time.time()))
    incoming = os.path.join(a.uploads, "incoming")
    names = sorted(n for n in os.listdir(incoming) if n.endswith(".changes"))[:a.count]
    verdicts, delays = [], []
    instance.start()
    try:
        for changes in names:
            verdicts.append(upload(instance, incoming, changes))
            delays.append(visible(instance, changes.split("_")[0], time.perf_counter()))
    finally:
        instance.stop()
        key.stop()

    def row(what, values):
        ordered = sorted(values)
        at = lambda share: f"{1e3 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]:.0f}"
        return [what, at(0.5), at(0.9), at(0.99), f"{1e3 * ordered[-1]:.0f}", len(ordered)]

    before = f", {a.earlier} before" if a.earlier else ""
    print(f"\n### one upload at a time, {len(names)} small sources{before}\n\n" + benchlib.table(
        ["ms", "median", "p90", "p99", "max", "uploads"],
        [row("STOR of the .changes → verdict", verdicts), row("verdict → in InRelease", delays)]), flush=True)
    benchlib.save(a.out, a.name, {"verdict": verdicts, "visible": delays})


if __name__ == "__main__":
    main()
