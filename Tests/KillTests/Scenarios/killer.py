"""Kills programs of an instance at random instants, as many as the run has progress."""
import random
import threading
import time

# How often each is chosen. The others end after a supervisor by themselves, in good order.
ROLES = ["gateway"] * 4 + ["service"] * 4 + ["supervisor"] * 2 + ["everything"]


class Killer:
    """`progress()` says how many uploads are answered; one of the instants is near every `step`th of them, so a run has
    the same number of kills on every machine."""

    def __init__(self, instance, seed, progress, step):
        self.instance, self.progress, self.step = instance, progress, step
        self.random = random.Random(seed)
        self.kills = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._work, daemon=True)

    def _work(self):
        due = self.random.uniform(0, self.step)
        while not self.over.is_set():
            if self.progress() < due:
                time.sleep(0.01)
                continue
            due += self.random.uniform(0.5, 1.5) * self.step
            self.kill(self.random.choice(ROLES), after=self.random.uniform(0, 0.3))
            # Sometimes once more while everything is being started again.
            if self.random.random() < 0.25:
                self.kill(self.random.choice(ROLES), after=self.random.uniform(0, 1.5))

    def kill(self, role, after):
        time.sleep(after)
        if self.instance.kill(role):
            self.kills.append(role)

    def stop(self):
        self.over.set()
        self.thread.join()
