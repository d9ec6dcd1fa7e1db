"""A private instance of Slipway for the benchmarks, on loopback, run as root as in an installation."""
import os
import pwd
import shlex
import shutil
import signal
import subprocess
import time
import urllib.request

import benchlib

BIN = os.environ.get("SLIPWAY_BIN") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.build/release")
SLIPWAY = os.path.join(BIN, "slipway")
GATEWAY = os.path.join(BIN, "slipway-gateway")


# Larger files are linked: the intake reads them, and removes their names.
COPIED = 1 << 20


def place(file, name):
    (shutil.copyfile if os.path.getsize(file) <= COPIED else os.link)(file, name)


class Instance:
    def __init__(self, state):
        self.state = state
        self.config = os.path.join(state, "slipway.yaml")
        self.ftp, self.web = benchlib.free_ports(2)
        self.process = None

    def make(self, suite):
        os.makedirs(os.path.join(self.state, "distributions.d"))
        for folder in (self.state, os.path.dirname(self.state)):
            os.chmod(folder, 0o755)
        with open(os.path.join(self.state, "distributions.d/bench.suites"), "w") as f:
            f.write(f"Distribution: debian\nSuite: {suite}\nArchitectures: amd64\nComponents: main\n")
        with open(self.config, "w") as f:
            f.write(f"state: {self.state}\nname: bench.example.org\nurl: http://127.0.0.1:{self.web}\n"
                    f"distributions: {self.state}/distributions.d\nlogLevel: warning\n"
                    f'gateway: {{listen: ["127.0.0.1:{self.ftp}"]}}\nweb: {{port: {self.web}}}\n'
                    "builder: {enabled: false}\nmail: {lettersAnHour: 0}\nmaintenance: {interval: 0}\n")
        self.run("init")

    def command(self, *words):
        return shlex.join([SLIPWAY, *words, "--config", self.config])

    def run(self, *words):
        subprocess.run([SLIPWAY, *words, "--config", self.config], check=True, stdout=subprocess.DEVNULL)

    def add_person(self, name, mail, key):
        self.run("person", "add", name, "--mail", mail, "--key", key)

    def create_archive(self, reference, suite):
        self.run("archive", "create", reference, "--suite", suite)

    def land(self, incoming, target):
        """One landed session for each .changes, as dput would leave it."""
        owner, group = pwd.getpwnam("slipway-gateway").pw_uid, pwd.getpwnam("slipway").pw_gid
        for number, changes in enumerate(sorted(n for n in os.listdir(incoming) if n.endswith(".changes"))):
            session = os.path.join(self.state, f"jail/landed/20260101T000000-{number:08x}")
            folder = os.path.join(session, target)
            os.makedirs(folder)
            with open(os.path.join(incoming, changes)) as f:
                text = f.read().partition("\nFiles:\n")[2]
            names = [line.split()[-1] for line in text.split("\n") if line.startswith(" ")]
            for name in names + [changes]:
                place(os.path.join(incoming, name), os.path.join(folder, name))
            for parent, folders, files in os.walk(session):
                for path, mode in [(parent, 0o2770)] + [(os.path.join(parent, f), 0o660) for f in files]:
                    os.chown(path, owner, group)
                    os.chmod(path, mode)

    def start(self):
        self.process = subprocess.Popen([SLIPWAY, "serve", "--config", self.config], stdin=subprocess.DEVNULL,
                                        stderr=open(os.path.join(self.state, "log"), "wb"))
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.web}/healthz", timeout=5).read()
                with __import__("socket").create_connection(("127.0.0.1", self.ftp), timeout=5) as s:
                    s.recv(1)
                return self
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"slipway did not start, see {self.state}/log")

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
            self.process = None
