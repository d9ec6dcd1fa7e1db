#!/usr/bin/python3
"""Signed commands, by file and by mail, while the service is killed again and again: each acts once, with one answer."""
import email.message
import os
import random
import time

import checks
from instance import SUITE, wait_for
from scenario import arguments, play


def command(key, name):
    return key.clearsign(f"Archive: ppa.example.org\nUploader: {key.uid}\n\n"
                         f"Action: create-ppa\nPpa: ~alice/debian/{name}\nSuites: {SUITE}\n")


def land(instance, name, text):
    """As the gateway hands a session over: whole, by one rename."""
    arriving, landed = instance.path(f"jail/incoming/{name}"), instance.path(f"jail/landed/{name}")
    os.mkdir(arriving)
    with open(f"{arriving}/{name}.commands", "wb") as f:
        f.write(text)
    if instance.is_root:
        jail = os.stat(instance.path("jail/landed"))
        for path, mode in [(arriving, 0o2770), (f"{arriving}/{name}.commands", 0o660)]:
            os.chown(path, jail.st_uid, jail.st_gid)
            os.chmod(path, mode)
    os.rename(arriving, landed)


def mail(key, name):
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "anybody@example.net", "ppa@ppa.example.org", f"make {name}"
    message["Message-ID"] = f"<{name}@example.net>"
    message.set_content(command(key, name).decode())
    return message.as_string()


def run(instance, key, options):
    instance.add_person("alice", key)
    instance.start()
    wait_for(60, "it serves", instance.answers)
    names = [f"ppa{number}" for number in range(options.commands)]
    moment = random.Random(options.seed)
    for number, name in enumerate(names):
        if number % 2 == 0:
            land(instance, f"20260101T000000-{number:08x}", command(key, name))
        else:
            instance.run("receive-mail", input=mail(key, name))
        # From just after the start until the answer is mailed; each start finds what the ones before it left.
        for _ in range(2):
            time.sleep(moment.uniform(0, 1.2))
            instance.kill("everything")
    checks.settle(instance)
    return verify(instance, names)


def verify(instance, names):
    mistakes = []
    found = sorted(instance.rows("SELECT reference FROM archive"))
    if found != sorted((f"~alice/debian/{name}",) for name in names):
        mistakes.append(f"archives: {found}")
    # What the admin is told of is no answer; it is shown, for whoever looks into a run.
    mails = checks.mails(instance)
    answers = [mail for mail in mails if "alice@" in mail["To"]]
    print("not answers:", [(mail["To"], mail["Subject"]) for mail in mails if mail not in answers])
    for name in names:
        about = [m for m in answers if f"~alice/debian/{name} is there" in m.get_payload(decode=True).decode()]
        if len(about) != 1:
            mistakes.append(f"{name}: {len(about)} answers")
    if len(answers) != len(names) or len({m["Message-ID"] for m in answers}) != len(names):
        mistakes.append(f"{len(answers)} mails for {len(names)} commands")
    for (reference,) in found:
        mistakes += checks.nothing_half_done(instance, f"archives/{reference}")
    return mistakes + checks.catalog_is_whole(instance)


if __name__ == "__main__":
    parser = arguments(__doc__)
    parser.add_argument("--commands", type=int, default=10)
    play(run, parser.parse_args(), settings="intake: {sweepInterval: 5}\n")
