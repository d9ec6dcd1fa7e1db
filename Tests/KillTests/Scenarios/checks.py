"""What has to be true once everything has settled. Each check gives sentences about what is not."""
import collections
import email
import os
import re

from instance import SUITE, wait_for


def mails(instance):
    found = []
    for part in ["new", "cur"]:
        for name in instance.names(f"mail/{part}"):
            with open(instance.path(f"mail/{part}/{name}"), "rb") as f:
                found.append(email.message_from_binary_file(f))
    return found


def unsettled(instance):
    """What still goes on, in words; none when all is quiet."""
    left = [f"{folder}/{name}" for folder in ["jail/incoming", "jail/landed", "held"] for name in instance.names(folder)]
    left += [f"mail {id}" for id, in instance.rows("SELECT id FROM mail WHERE state = 'queued'")]
    left += [f"suite {id}" for id, in instance.rows("SELECT id FROM archive_suite WHERE changed > published")]
    return left


def settle(instance, seconds=150):
    wait_for(60, "everything answers", instance.answers)
    wait_for(seconds, lambda: f"these are done: {unsettled(instance)[:20]}", lambda: not unsettled(instance))


def uploads_acted_once(instance, answers):
    """`answers`: those of each upload."""
    mistakes = []
    accepted = collections.Counter(instance.rows(
        "SELECT s.name, s.version FROM upload u JOIN source s ON s.id = u.source WHERE u.outcome = 'accepted'"))
    published = collections.Counter(instance.rows(
        "SELECT s.name, s.version FROM source_publication p JOIN source s ON s.id = p.source"))
    for upload, tries in answers.items():
        key = (upload.package, upload.version)
        kinds = [answer.kind for answer in tries]
        if accepted[key] != 1:
            mistakes.append(f"{upload}: accepted {accepted[key]} times, answered {kinds}")
        if published[key] != 1:
            mistakes.append(f"{upload}: published {published[key]} times")
        if kinds.count("accepted") > 1 or "refused" in kinds:
            mistakes.append(f"{upload}: answered {[answer.text or answer.lost for answer in tries]}")
    if len(accepted) != len(answers) or len(published) != len(answers):
        mistakes.append(f"{len(accepted)} sources accepted, {len(published)} published, {len(answers)} were sent")
    return mistakes


def newest_is_live(instance, packages, versions):
    """Of each package its last version is live, alone, and is what apt sees (`versions`)."""
    mistakes = []
    newest = {uploads[-1].package: uploads[-1].version for uploads in packages}
    live = instance.rows("SELECT s.name, s.version, p.state FROM source_publication p JOIN source s ON s.id = p.source"
                         " WHERE p.state IN ('pending', 'published')")
    if sorted(live) != sorted((name, version, "published") for name, version in newest.items()):
        mistakes.append(f"live in the catalog: {sorted(set(live) ^ {(n, v, 'published') for n, v in newest.items()})[:10]}")
    if versions != newest:
        mistakes.append(f"apt sees other versions: {sorted(set(versions.items()) ^ set(newest.items()))[:10]}")
    return mistakes


def one_mail_each(instance, answers):
    mistakes = []
    found = mails(instance)
    accepts = collections.Counter((m["Debian-Source"], m["Debian-Version"]) for m in found
                                  if m["Debian-Archive-Action"] == "accept")
    for upload in answers:
        count = accepts[(upload.package, upload.version)]
        if count != 1:
            mistakes.append(f"{upload}: {count} mails say that it is accepted")
    for identity, count in collections.Counter(m["Message-ID"] for m in found).items():
        if count != 1:
            mistakes.append(f"{count} mails {identity}")
    sent = instance.rows("SELECT count(*) FROM mail WHERE state = 'sent'")[0][0]
    if sent != len(found):
        mistakes.append(f"{sent} mails are marked as sent, {len(found)} are there")
    return mistakes


def nothing_half_done(instance, archive):
    """Names that only a crash leaves."""
    mistakes = []
    # The next state of a suite is made beside it, under a name that is never served; the pool's sweep removes what is left.
    strange = set(instance.names(f"{archive}/dists")) - {SUITE, f".{SUITE}.new"}
    if strange or SUITE not in instance.names(f"{archive}/dists"):
        mistakes.append(f"in dists: {instance.names(f'{archive}/dists')}")
    for folder, _, files in os.walk(instance.path("archives")):
        mistakes += [f"{folder}/{name}" for name in files if name.startswith(".")]
    for folder in ["mail/tmp", "jail/arriving"]:
        mistakes += [f"{folder}/{name}" for name in instance.names(folder)]
    return mistakes


def catalog_is_whole(instance):
    answers = instance.rows("PRAGMA integrity_check") + instance.rows("PRAGMA foreign_key_check")
    return [] if answers == [("ok",)] else [f"catalog: {answers[:5]}"]


def nothing_fell(instance):
    """Programs end by our hands only: at a kill, or orderly. A trap of their own would be restarted, and go unseen."""
    with open(instance.path("log"), errors="replace") as f:
        return [line.strip() for line in f if "Fatal error" in line or re.search(r"status=signaled\((?!9\))", line)]
