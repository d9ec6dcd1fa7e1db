"""Uploaders: each runs what a person does with dput, again and again until somebody has answered."""
import ftplib
import io
import queue
import threading
import time

TARGET = "~alice/debian/tools"
# Seconds of tries with one upload: after more, nobody would answer ever.
PATIENCE = 120


class Answer:
    """What came back for one try: "accepted", "later", "there already", "refused", or "lost" when nothing did."""

    def __init__(self, text=None, lost=None):
        self.text, self.lost = text, lost

    @property
    def kind(self):
        if self.text is None:
            return "lost"
        if self.text.startswith("226"):
            return "accepted" if "Accepted:" in self.text else "later"
        known = ["was accepted before", "was accepted into", "waits in NEW"]
        return "there already" if any(words in self.text for words in known) else "refused"


def send(port, upload, target=TARGET):
    """One session, as dput has it: every file, the .changes last."""
    try:
        with ftplib.FTP() as ftp:
            ftp.connect("127.0.0.1", port, timeout=30)
            ftp.login()
            ftp.cwd(target)
            for name, data in upload.files.items():
                answer = ftp.storbinary(f"STOR {name}", io.BytesIO(data))
        return Answer(answer)
    except (ftplib.error_temp, ftplib.error_perm) as refusal:
        if str(refusal).startswith("421"):
            return Answer(lost=str(refusal))  # The gateway says goodbye: it is being stopped.
        return Answer(str(refusal))
    except (OSError, EOFError, ftplib.Error) as broken:
        return Answer(lost=f"{type(broken).__name__}: {broken}")


class Clients:
    """Some threads that take one package after the other. `answers` has every answer to every upload."""

    def __init__(self, instance, packages, count):
        self.instance, self.packages = instance, queue.SimpleQueue()
        for package in packages:
            self.packages.put(package)
        self.answers = {upload: [] for package in packages for upload in package}
        self.faults = []
        self.threads = [threading.Thread(target=self._work, daemon=True) for _ in range(count)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def are_done(self):
        return not any(thread.is_alive() for thread in self.threads)

    def answered(self):
        return sum(1 for answers in self.answers.values() if answers and answers[-1].kind != "lost")

    def _work(self):
        try:
            while True:
                for upload in self.packages.get_nowait():
                    self._deliver(upload)
        except queue.Empty:
            pass
        except Exception as fault:  # told at the end of the run
            self.faults.append(f"a client: {fault!r}")

    def _deliver(self, upload):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = send(self.instance.ftp, upload)
            self.answers[upload].append(answer)
            if answer.kind == "later":
                return self._wait_for_verdict(upload)
            if answer.kind != "lost":
                return
            time.sleep(0.2)  # as long as a person needs at least; the gateway is being started again
        raise AssertionError(f"{upload}: no answer in {PATIENCE} s")

    def _wait_for_verdict(self, upload):
        """The mail would say it. The next version waits for it, or it might be taken first."""
        end = time.monotonic() + PATIENCE
        while not self.instance.rows("SELECT 1 FROM source WHERE name = ? AND version = ?", upload.package, upload.version):
            if time.monotonic() > end:
                raise AssertionError(f"{upload}: answered \"later\", and never decided")
            time.sleep(0.2)
