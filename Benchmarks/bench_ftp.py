#!/usr/bin/python3
"""Run slipway-gateway and the FTP peers side by side through ftp_load.py and print a table."""
import argparse
import os
import shutil
import sys
import traceback

import benchlib
import ftp_load
import resident
from peers import ftp


def scenarios(a):
    size = str(a.large_mib << 20)
    return {
        "large x1": ["large", "-c", "1", "--size", size],
        "large x4": ["large", "-c", "4", "--size", str((a.large_mib << 20) // 4), "-n", "4"],
        "tls x1": ["tls", "--size", size],
        "small c=1": ["small", "-c", "1", "-n", str(a.sessions // 8)],
        "small c=16": ["small", "-c", "16", "-n", str(a.sessions)],
        "small c=100": ["small", "-c", "100", "-n", str(a.sessions)],
        "idle": ["idle", "-n", str(a.idle)],
        "idle 5000": ["idle", "-n", "5000"],
    }


def empty(server):
    """Drop what was uploaded, once it is on the disk: of us it is in any case, and memory of pages that were written is
    other memory next time."""
    os.sync()
    for place in ("incoming", "landed"):
        if os.path.isdir(os.path.join(server.root, place)):
            for entry in os.scandir(os.path.join(server.root, place)):
                os.unlink(entry.path) if entry.is_file() else shutil.rmtree(entry.path, ignore_errors=True)
    os.sync()


def afresh(server, make, work):
    """The same server without the memory that earlier sessions took."""
    server.stop()
    shutil.rmtree(server.work, ignore_errors=True)
    return make(work).start()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--peers", default=",".join(ftp.PEERS))
    p.add_argument("--runs", type=int, default=3)
    p.add_argument("--only", default="", help="scenarios that begin so, separated by commas: large,tls")
    p.add_argument("--large-mib", type=int, default=1024)
    p.add_argument("--sessions", type=int, default=400, help="sessions per small-files run")
    p.add_argument("--idle", type=int, default=200)
    p.add_argument("--work", default="/tmp/bench-ftp", help="servers' roots; try also /dev/shm/bench-ftp")
    p.add_argument("--out", default="/tmp/bench-results")
    p.add_argument("--name", default="ftp")
    a = p.parse_args()
    make = {n: (lambda w, n=n: ftp.PEERS[n](w)) for n in a.peers.split(",") if n}
    chosen = {k: v for k, v in scenarios(a).items() if any(k.startswith(s) for s in a.only.split(","))}
    results = {s: {n: [] for n in make} for s in chosen}
    with resident.kept():
        measure(a, make, chosen, results)
    report(results)
    benchlib.save(a.out, a.name, results)


def measure(a, make, chosen, results):
    for run in range(a.runs):                       # interleaved, so that drift hits everyone
        for name in make:
            try:
                server = make[name](os.path.join(a.work, name)).start()
            except Exception:
                traceback.print_exc()
                continue
            try:
                # Not counted: the first large file after a pause is slower for everyone.
                ftp_load.run(["large", "--size", str(a.large_mib << 20), "--port", str(server.port), "--path", server.path])
                empty(server)
                for scenario, argv in chosen.items():
                    if (scenario, name) == ("tls x1", "pyftpdlib"):         # it resets curl's data connections
                        continue
                    if scenario == "idle 5000":
                        if name != "slipway":           # a process or two each: 1.7 GB and more
                            continue
                        server = afresh(server, make[name], os.path.join(a.work, name))
                    extra = ["--port", str(server.port), "--path", server.path, "--pid", str(server.pid)]
                    results[scenario][name].append(ftp_load.run(argv + extra)[1])
                    empty(server)
                print(f"run {run + 1}: {name} done", file=sys.stderr, flush=True)
            finally:
                server.stop()
                shutil.rmtree(server.work, ignore_errors=True)


def report(results):
    for scenario, by_name in results.items():
        by_name = {n: r for n, r in by_name.items() if r}
        keys = {"tls": ["mb_s", "server_cpu", "client_cpu"], "large": ["mb_s", "server_cpu", "client_cpu"], "idle": ["pss_kib_per_session", "rss_kib_per_session",
                "processes", "logins_s"]}.get(scenario.split()[0],
                ["sessions_s", "files_s", "p50_ms", "p99_ms", "server_cpu", "server_pss_kib"])
        rows, best = [], None
        for name, runs in by_name.items():
            lead = benchlib.spread([r[keys[0]] for r in runs])
            best = best or max(benchlib.spread([r[keys[0]] for r in rs])["median"] for rs in by_name.values()) or 1
            rows.append([name] + [benchlib.span(benchlib.spread([r[k] for r in runs if k in r] or [float("nan")])) for k in keys]
                        + [f"{lead['median'] / best:.2f}", sum(r["errors"] for r in runs)])
        print(f"\n### {scenario}\n\n" + benchlib.table(["server"] + keys + ["ratio to highest", "errors"], rows), flush=True)
        for name, runs in by_name.items():
            for r in runs[:1]:
                if r["errors"]:
                    print(f"{name}: {r['first_error']}")


if __name__ == "__main__":
    main()
