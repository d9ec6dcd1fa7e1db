#!/usr/bin/python3
"""Intake: N signed source uploads waiting in an incoming directory, until all are verified, included and published.

Each run starts from an empty archive and a fresh copy of the uploads. Prints uploads/s, MB/s, CPU s and peak RSS. "ms"
is CPU of one upload: the least of the runs, and their median. `slipway+100000` is Slipway with as many accepted uploads in
its catalog before: beside `slipway` in one run, in turns, as a machine differs more between two runs than the two do.
"""
import argparse
import os
import shutil

import benchlib
from peers import archive


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("uploads", nargs="+", help="directories written by make_uploads.py")
    p.add_argument("--peers", default="slipway,reprepro,aptly,aptly-internal,mini-dinstall,dpkg-scansources")
    p.add_argument("--runs", type=int, default=3)
    p.add_argument("--timeout", type=float, default=600)
    p.add_argument("--work", default="/tmp/bench-intake")
    p.add_argument("--out", default="/tmp/bench-results")
    p.add_argument("--name", default="intake")
    a = p.parse_args()
    make = {n: archive.PEERS[n.partition("+")[0]] for n in a.peers.split(",") if n}
    results = {}
    for uploads in a.uploads:
        key = benchlib.Key(os.path.join(uploads, "key"))
        incoming = os.path.join(uploads, "incoming")
        expected = sum(n.endswith(".changes") for n in os.listdir(incoming))
        runs = {n: [] for n in make}
        for _ in range(a.runs):
            for name in make:
                peer = make[name](os.path.join(a.work, name), key)
                if earlier := name.partition("+")[2]:
                    peer.fill(int(earlier))
                peer.prepare_intake(incoming)
                r = benchlib.measure(peer.intake(), cwd=peer.work, env=key.env(), log=f"{peer.work}/log", timeout=a.timeout)
                r["included"] = peer.count("Sources")
                if r["included"] != expected or r["rc"]:
                    print(f"{name}: rc {r['rc']}, {r['included']} of {expected} included")
                    with open(f"{peer.work}/log", errors="replace") as f:
                        print("  " + f.read()[-400:].replace("\n", "\n  "))
                runs[name].append(r)
                shutil.rmtree(peer.work)
        key.stop()
        size = sum(e.stat().st_size for e in os.scandir(incoming)) / 1e6
        rate = lambda n: benchlib.spread([r["included"] / r["wall"] for r in runs[n]])
        best = max(rate(n)["median"] for n in runs) or 1
        rows = [[n, benchlib.span(rate(n)), f"{rate(n)['median'] / best:.2f}",
                 f"{rate(n)['median'] * size / expected:.1f}",
                 " / ".join(f"{benchlib.spread([1e3 * r['cpu'] / max(1, r['included']) for r in runs[n]])[k]:.1f}" for k in ("min", "median")),
                 *(benchlib.span(benchlib.spread([r[k] for r in runs[n]])) for k in ("wall", "cpu")),
                 f"{max(r['rss_kib'] for r in runs[n]) / 1024:.0f}",
                 benchlib.span(benchlib.spread([r["others_cpu"] for r in runs[n]])), runs[n][0]["included"]] for n in runs]
        print(f"\n### {expected} uploads, {size:.0f} MB ({uploads})\n\n" + benchlib.table(
            ["peer", "uploads/s", "ratio to best", "MB/s", "ms", "wall s", "CPU s", "peak RSS MiB", "CPU s of others", "included"], rows),
            flush=True)
        results[uploads] = runs
    benchlib.save(a.out, a.name, results)


if __name__ == "__main__":
    main()
