"""FTP peers, each started on a free port over ROOT with anonymous uploads into ROOT/incoming.

vsftpd comes from its Debian package; proftpd and pure-ftpd conflict with it, so setup_peers.sh
unpacks them below /tmp/bench-peers/root. pyftpdlib runs under /usr/bin/python3.
"""
import os
import pwd
import shlex
import shutil
import signal
import socket
import subprocess
import time

import benchlib
import slipway

UNPACKED = os.environ.get("BENCH_PEERS", "/tmp/bench-peers/root")


class Server:
    """A server started in a directory; `pid` is the root of its process tree."""
    path = "/incoming"

    def __init__(self, work):
        self.work = benchlib.fresh(work)
        os.chmod(work, 0o755)
        self.root = os.path.join(work, "root")
        os.makedirs(os.path.join(self.root, "incoming"))
        owner = pwd.getpwnam("ftp")
        os.chown(os.path.join(self.root, "incoming"), owner.pw_uid, owner.pw_gid)
        [self.port] = benchlib.free_ports()

    def certificate(self):
        """One key and certificate for all, RSA of 2048 bits; the paths of both."""
        key, certificate = "/tmp/bench-peers/key.pem", "/tmp/bench-peers/certificate.pem"
        if not os.path.exists(certificate):
            os.makedirs("/tmp/bench-peers", exist_ok=True)
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj",
                            "/CN=localhost", "-keyout", key, "-out", certificate], check=True, capture_output=True)
        return key, certificate

    def config(self, name, text):
        path = os.path.join(self.work, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def start(self):
        command, env = self.command()
        log = open(os.path.join(self.work, "log"), "wb")
        self.process = subprocess.Popen(command, env={**os.environ, **env}, stdin=subprocess.DEVNULL,
                                        stdout=log, stderr=log, start_new_session=True)
        self.pid = self.process.pid
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as s:
                    if s.recv(1):
                        time.sleep(0.2)
                        return self
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.stop()
        with open(log.name) as f:
            raise RuntimeError(f"{type(self).__name__} did not start: {f.read()[-500:]}")

    def stop(self):
        for pid in reversed(benchlib.tree(self.pid)):       # sessions first; some outlive a mere SIGTERM
            try:
                os.kill(pid, signal.SIGTERM if pid == self.pid else signal.SIGKILL)
            except OSError:
                pass
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Vsftpd(Server):
    """Fork per session (two processes: privileged parent, chrooted child with a seccomp filter)."""
    def command(self):
        empty = os.path.join(self.work, "empty")
        os.makedirs(empty)
        key, certificate = self.certificate()
        conf = self.config("vsftpd.conf", f"""listen=YES
listen_ipv6=NO
listen_address=127.0.0.1
listen_port={self.port}
background=NO
anonymous_enable=YES
local_enable=NO
no_anon_password=YES
anon_root={self.root}
write_enable=YES
anon_upload_enable=YES
anon_umask=022
secure_chroot_dir={empty}
xferlog_enable=NO
max_clients=0
ssl_enable=YES
allow_anon_ssl=YES
force_local_data_ssl=NO
force_local_logins_ssl=NO
require_ssl_reuse=NO
rsa_cert_file={certificate}
rsa_private_key_file={key}
max_per_ip=0
""")
        return ["/usr/sbin/vsftpd", conf], {}


class PureFtpd(Server):
    """Fork per session."""
    def command(self):
        # Debian's build takes the anonymous root from the ftp user's home: bind ours there, in our own mount namespace.
        home = pwd.getpwnam("ftp").pw_dir
        both = self.config("both.pem", "".join(open(p).read() for p in self.certificate()))
        return ["unshare", "-m", "--propagation", "private", "sh", "-c",
                f"mkdir -p {home} && mount --bind {self.root} {home} && exec {UNPACKED}/usr/sbin/pure-ftpd "
                f"-S 127.0.0.1,{self.port} -4 -e -H -c 5000 -C 5000 -I 15 -f none -Y 1 -2 {both} -g {self.work}/pid -k 99"], {}


class Proftpd(Server):
    """Fork per session."""
    def command(self):
        key, certificate = self.certificate()
        conf = self.config("proftpd.conf", f"""ModulePath {UNPACKED}/usr/lib/proftpd
LoadModule mod_tls.c
TLSEngine on
TLSRSACertificateFile {certificate}
TLSRSACertificateKeyFile {key}
TLSOptions NoSessionReuseRequired
ServerName bench
ServerType standalone
DefaultAddress 127.0.0.1
Port {self.port}
UseIPv6 off
UseReverseDNS off
WtmpLog off
TransferLog none
SystemLog none
PidFile {self.work}/pid
ScoreboardFile {self.work}/scoreboard
DelayEngine off
MaxInstances 5000
RequireValidShell off
User ftp
Group nogroup
<Anonymous {self.root}>
  User ftp
  Group nogroup
  UserAlias anonymous ftp
  AllowOverwrite on
  RequireValidShell off
</Anonymous>
""")
        return [f"{UNPACKED}/usr/sbin/proftpd", "-n", "-q", "-c", conf], {}


class Pyftpdlib(Server):
    """One process, one thread, an event loop."""
    server = "FTPServer"

    def command(self):
        both = self.config("both.pem", "".join(open(p).read() for p in self.certificate()))
        script = self.config("server.py", f"""import logging
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import TLS_FTPHandler
from pyftpdlib.servers import FTPServer, MultiprocessFTPServer
logging.basicConfig(level=logging.ERROR)
class Handler(TLS_FTPHandler):
    authorizer = DummyAuthorizer()
    certfile = {both!r}
    timeout = 600
Handler.authorizer.add_anonymous({self.root!r}, perm="elradfmw")
server = {self.server}(("127.0.0.1", {self.port}), Handler)
server.max_cons = 10000
server.max_cons_per_ip = 0
server.serve_forever()
""")
        return ["/usr/bin/python3", script], {}


class Slipway(Server):
    """slipway-gateway in its jail, without an intake: every path is taken, every verdict is "later"."""
    def command(self):
        landed = os.path.join(self.root, "landed")
        os.makedirs(landed)
        for folder in (os.path.join(self.root, "incoming"), landed):
            owner = pwd.getpwnam("slipway-gateway")
            os.chown(folder, owner.pw_uid, pwd.getpwnam("slipway").pw_gid)
            os.chmod(folder, 0o2770)
        self.path = "~bench/debian/tools"
        os.makedirs(os.path.join(self.root, "tls"))
        for path, name in zip(self.certificate(), ["key.pem", "certificate.pem"]):
            shutil.copy(path, os.path.join(self.root, "tls", name))
            os.chmod(os.path.join(self.root, "tls", name), 0o644)
        return [slipway.GATEWAY, "--jail", self.root, "--listen", f"127.0.0.1:{self.port}", "--user", "slipway-gateway",
                "--group", "slipway", "--sessions", "6000"], {}


PEERS = {"slipway": Slipway, "vsftpd": Vsftpd, "pure-ftpd": PureFtpd, "proftpd": Proftpd, "pyftpdlib": Pyftpdlib}
