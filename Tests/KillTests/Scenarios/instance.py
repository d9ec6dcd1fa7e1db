"""A private instance of the service on loopback, whose processes may be killed.

As root everything runs as in an installation: a supervisor, the gateway in its chroot, the service as `slipway`. Other
users run all of it as themselves; the service is the supervisor then.
"""
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.request

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../..")
BIN = os.environ.get("SLIPWAY_BIN") or os.path.join(TOP, ".build/debug")
SUITE = "bookworm"


def free_ports(count):
    return map(int, subprocess.check_output([os.path.join(TOP, "scripts/free-ports"), str(count)]).split())


def wait_for(seconds, what, fact):
    """Until `fact()` is true; its value. Waits for facts, and gives up after a time no healthy run takes."""
    end = time.monotonic() + seconds
    while True:
        value = fact()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain until {what() if callable(what) else what}")
        time.sleep(0.1)


class Process:
    """A process, told from a later one of the same number by the time of its start."""

    def __init__(self, pid):
        self.pid = pid
        self.began = self._stat()[19]

    def _stat(self):
        with open(f"/proc/{self.pid}/stat") as f:
            return f.read().rpartition(")")[2].split()

    def lives(self):
        try:
            stat = self._stat()
            return stat[19] == self.began and stat[0] != "Z"
        except OSError:
            return False

    def kill(self):
        """kill -9. False when it had ended before."""
        if not self.lives():
            return False
        os.kill(self.pid, signal.SIGKILL)
        return True

    def command(self):
        with open(f"/proc/{self.pid}/cmdline", "rb") as f:
            return f.read().decode().split("\0")

    def children(self):
        found = []
        for entry in filter(str.isdigit, os.listdir("/proc")):
            try:
                child = Process(int(entry))
                if child._stat()[1] == str(self.pid):
                    found.append(child)
            except OSError:
                pass  # ended meanwhile
        return found


class Instance:
    def __init__(self, state=None, settings=""):
        self.is_root = os.geteuid() == 0
        self.own_state = state is None
        self.state = state or tempfile.mkdtemp(prefix="slipway-kill-", dir=os.environ.get("SLIPWAY_KILL_STATE", "/tmp"))
        os.chmod(self.state, 0o755)
        self.config = os.path.join(self.state, "slipway.yaml")
        self.ftp, self.web = free_ports(2)
        self.url = f"http://127.0.0.1:{self.web}"
        self.serve = None       # Popen
        self.orphans = []       # children of supervisors that were killed
        self._make(settings)

    def _make(self, settings):
        if self.is_root:
            subprocess.run([os.path.join(TOP, "scripts/users")], check=True)
        os.makedirs(self.path("distributions.d"))
        with open(self.path("distributions.d/debian.suites"), "w") as f:
            f.write(f"Distribution: debian\nSuite: {SUITE}\nArchitectures: amd64\nComponents: main\n")
        with open(self.config, "w") as f:
            f.write(f"state: {self.state}\nname: ppa.example.org\nurl: {self.url}\n"
                    f"distributions: {self.path('distributions.d')}\nadmin: Admin <admin@example.org>\n"
                    f'gateway: {{listen: ["127.0.0.1:{self.ftp}"]}}\nweb: {{host: 127.0.0.1, port: {self.web}}}\n'
                    "mail: {delivery: maildir, from: Slipway <slipway@ppa.example.org>, lettersAnHour: 0, digestHour: -1}\nbuilder: {enabled: false}\n"
                    "maintenance: {interval: 0}\n"
                    + settings)
        self.run("init", as_service=False)

    def path(self, below):
        return os.path.join(self.state, below)

    def run(self, *words, as_service=True, input=None):
        command = [os.path.join(BIN, "slipway"), *words, "--config", self.config]
        return subprocess.run((self._as_service() if as_service else []) + command, check=True, capture_output=True,
                              text=True, input=input).stdout

    def _as_service(self):
        if not self.is_root:
            return []
        return ["setpriv", "--reuid", "slipway", "--regid", "slipway", "--clear-groups", "env", "HOME=/nonexistent"]

    def add_person(self, name, key):
        public = self.path(f"{name}.asc")
        with open(public, "wb") as f:
            f.write(key.public())
        os.chmod(public, 0o644)
        self.run("person", "add", name, "--mail", key.uid, "--key", public)

    # Processes

    def start(self):
        with open(self.path("log"), "ab") as log:
            self.serve = subprocess.Popen([os.path.join(BIN, "slipway"), "serve", "--config", self.config],
                                          stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)

    def answers(self):
        """Both programs do."""
        try:
            urllib.request.urlopen(self.url + "/healthz", timeout=5).read()
            with socket.create_connection(("127.0.0.1", self.ftp), timeout=5) as s:
                return s.recv(1) == b"2"
        except OSError:
            return False

    def process(self, role):
        """The process that is "supervisor", "service" or "gateway" now; None while there is none."""
        try:
            supervisor = Process(self.serve.pid)
            if role == "supervisor" or role == "service" and not self.is_root:
                return supervisor
            for child in supervisor.children():
                words = child.command()
                is_gateway = os.path.basename(words[0]) == "slipway-gateway"
                if is_gateway if role == "gateway" else not is_gateway and "--without-gateway" in words:
                    return child
        except OSError:
            pass  # ended meanwhile
        return None

    def kill(self, role):
        """kill -9, and a new start of what nobody else starts again; "everything" is as if the power went. False when
        there is no such process now."""
        process = self.process("supervisor" if role == "everything" else role)
        if not process:
            return False
        children = process.children()
        if not process.kill():
            return False
        if role == "everything":
            for child in children:
                child.kill()
        if process.pid == self.serve.pid:
            self.serve.wait()
            self.orphans += children
            self.start()
        return True

    def stop(self):
        """An orderly end; then nothing of ours may be left."""
        children = []
        if self.serve:
            try:
                children = Process(self.serve.pid).children()
            except OSError:
                pass
            self.serve.terminate()
            try:
                self.serve.wait(40)
            except subprocess.TimeoutExpired:
                self.serve.kill()
                self.serve.wait()
            self.serve = None
        left = [p for p in children + self.orphans if p.lives()]
        for process in left:
            process.kill()
        for home in ["keys", "keyring"]:
            subprocess.run([*self._as_service(), "gpgconf", "--homedir", self.path(home), "--kill", "all"],
                           check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return left

    def remove(self):
        shutil.rmtree(self.state, ignore_errors=True)

    # What is there

    def rows(self, sql, *values):
        connection = sqlite3.connect(f"file:{self.path('slipway.sqlite')}?mode=ro", uri=True, timeout=20)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def names(self, folder):
        return sorted(os.listdir(self.path(folder)))

    def log_end(self, lines=60):
        with open(self.path("log"), errors="replace") as f:
            return "".join(f.readlines()[-lines:])
