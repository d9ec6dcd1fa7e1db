#!/usr/bin/python3
"""A whole archive into another by one signed command: from the STOR of a copy-packages with `Binaries: yes` to its answer, and
from there to the visibility of all in the signed InRelease of the archive that is copied to. No byte is copied: each file of
the one pool is the same inode as in the other. Each run copies into an archive of its own.
"""
import argparse
import io
import os
import sqlite3
import time

import bench_verdict
import benchlib
import slipway

FROM = "~bench/debian/from"
COMMAND = """Archive: bench.example.org

Action: copy-packages
From: {origin}
From-Suite: bench
To: {target}
Packages: *
Binaries: yes
"""


def fill(instance, incoming, key, targets):
    """The uploads, as dput would have left them, judged and published; and empty archives, published too."""
    instance.add_person("bench", key.uid, key.keyring)
    for reference in [FROM] + targets:
        make(instance, reference)
    instance.land(incoming, FROM)
    instance.run("process")
    instance.run("publish")


def make(instance, reference):
    instance.create_archive(reference, "bench")
    instance.run("archive", "binaries", reference, "on")


def changes(instance, reference):
    """How often the archive's suite has changed, and how much of that is published."""
    catalog = sqlite3.connect(f"file:{instance.state}/slipway.sqlite?mode=ro", uri=True)
    row = catalog.execute("SELECT w.changed, w.published FROM archive_suite w JOIN archive a ON a.id = w.archive "
                          "WHERE a.reference = ?", [reference]).fetchone()
    catalog.close()
    return row


def pool(instance, reference):
    """{path below the pool: inode}"""
    root = os.path.join(instance.state, "archives", reference, "pool")
    return {os.path.relpath(os.path.join(folder, name), root): os.stat(os.path.join(folder, name)).st_ino
            for folder, _, names in os.walk(root) for name in names}


def send(instance, text):
    """Seconds from the STOR to the answer; raises when it is refused."""
    client = bench_verdict.Client()
    client.connect("127.0.0.1", instance.ftp, timeout=60)
    client.login()
    start = time.perf_counter()
    reply = client.storbinary("STOR copy.commands", io.BytesIO(text))
    answered = time.perf_counter()
    client.quit()
    assert reply.startswith("226-Accepted"), reply
    return answered - start, answered


def one(instance, key, target, last):
    before, _ = changes(instance, target)
    text = COMMAND.format(origin=FROM, target=target)
    print(text)
    taken, answered = send(instance, key.clearsign(text))
    shown = bench_verdict.visible(instance, last, answered, target)
    after, published = changes(instance, target)
    assert after == before + 1, f"the suite changed {after - before} times, and not once"
    there, here = pool(instance, FROM), pool(instance, target)
    assert there == here, "not the same files, or not the same inodes"
    return {"answer": taken, "visible": shown, "files": len(here), "published": published == after}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("uploads", help="a directory written by make_uploads.py --packages")
    p.add_argument("--runs", type=int, default=3)
    p.add_argument("--work", default="/tmp/bench-copy")
    p.add_argument("--out", default="/tmp/bench-results")
    p.add_argument("--name", default="copy")
    a = p.parse_args()
    instance = slipway.Instance(os.path.join(benchlib.fresh(a.work), "state"))
    instance.make(suite="bench")
    key = benchlib.Key(os.path.join(a.uploads, "key"))
    incoming = os.path.join(a.uploads, "incoming")
    targets = [f"~bench/debian/to{number}" for number in range(a.runs)]
    fill(instance, incoming, key, targets)
    names = sorted(n.split("_")[0] for n in os.listdir(incoming) if n.endswith(".changes"))
    instance.start()
    try:
        runs = [one(instance, key, target, names[-1]) for target in targets]
    finally:
        instance.stop()
        key.stop()
    rows = [[what, *(f"{1e3 * pick([r[field] for r in runs]):.0f}" for pick in (min, max)), len(runs)]
            for what, field in [("STOR of the command → answer", "answer"), ("answer → in InRelease", "visible")]]
    print(f"\n### copying {len(names)} sources with their packages, {runs[0]['files']} files, all the same inodes\n\n"
          + benchlib.table(["ms", "min", "max", "runs"], rows), flush=True)
    benchlib.save(a.out, a.name, runs)


if __name__ == "__main__":
    main()
