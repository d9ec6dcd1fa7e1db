"""What every scenario does around itself: an instance and a key of its own, and an end that leaves nothing behind."""
import argparse
import random
import signal
import sys

import checks
from instance import Instance
from packages import Key


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="chooses the instants")
    parser.add_argument("--keep", action="store_true", help="leave the state folder")
    return parser


def play(run, options, settings="", state=None):
    """Calls `run(instance, key, options)`, which gives sentences about what is wrong. Ends the program, with 1 if there
    are any."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # with all that it started
    print(f"seed {options.seed}", flush=True)
    key = Key("Alice <alice@example.org>")
    instance, mistakes = Instance(state, settings), ["the run did not come to its end"]
    try:
        mistakes = run(instance, key, options) + checks.nothing_fell(instance)
    finally:
        mistakes += [f"process {process.pid} did not end" for process in instance.stop()]
        key.remove()
        for mistake in mistakes[:50]:
            print("WRONG:", mistake)
        if mistakes:
            print(instance.log_end())
        if options.keep:
            print("state:", instance.state)
        else:
            instance.remove()
    sys.exit(1 if mistakes else 0)
