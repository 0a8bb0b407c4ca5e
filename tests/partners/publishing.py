"""What tests of connectors at real servers share: an article at the desk, sending it to its end, and the fault kit."""
import contextlib
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"), HERE]
from desk import Desk, page  # noqa: E402

# What chaos.py does to the first request of a method; all but the last let the server do its work.
BROKEN = ("lostreply", "cutreply", "rstreply", "dupe", "badchunk", "okafter3")
# What nginx answers, and what the message must name.
REFUSED = (("429", "later"), ("503", "later"), ("200html", ""), ("r301", "moved to"), ("dead", "502"), ("timeout", "504"))


def import_page(desk, headline):
    """Another article; its id."""
    before = {row["article"] for row in desk.json("list")}
    desk.run("import", desk.write("page.html", page(headline, headline.lower().replace(" ", "-"))))
    return next(row["article"] for row in desk.json("list") if row["article"] not in before)


def add_partner(desk, connector, url, secrets=None, name="daily", **settings):
    for key, value in (secrets or {}).items():
        desk.environment[f"REPRINT_SECRET_{name.upper()}_{key.upper()}"] = value
    status, out, err = desk.run("partner", "add", name, "--connector", connector, f"--set=url={url}",
                                "--set=channels=web", "--set=commercial=false",
                                *(f"--set={key}={value}" for key, value in settings.items()))
    assert status == 0, out + err


def last(desk, article):
    """The newest delivery of an article."""
    return max(desk.json("show", article)[0]["deliveries"], key=lambda row: row["delivery"])


def receipt(desk, article):
    return desk.json("show", article)[0]["receipts"][0]


def publish(desk, article, *arguments, name="daily", **environment):
    """Sends it once; the delivery as it stands then."""
    desk.run("publish", article, "--to", name, "--wait", *arguments, **environment)
    return last(desk, article)


def withdraw(desk, article):
    desk.run("withdraw", article, "--wait")
    return settle(desk, article)


def again(desk, article):
    """Tries once more by hand, whatever the outcome was."""
    desk.run("outbox", "retry", last(desk, article)["delivery"])
    desk.run("outbox", "run", "--until-empty")
    return settle(desk, article)


def settle(desk, article, tries=6):
    """Tries again at once what is only put off; the delivery as it stands in the end."""
    for _ in range(tries):
        row = last(desk, article)
        if row["state"] in ("delivered", "failed", "parked", "cancelled"):
            break
        desk.run("outbox", "retry", row["delivery"])
        desk.run("outbox", "run", "--until-empty")
    return last(desk, article)


@contextlib.contextmanager
def opened(**environment):
    desk = Desk(**environment)
    try:
        yield desk
    finally:
        desk.close()


def check_broken(tap, kit, add, methods, count):
    """Each fault at the first request of each method: in the end the article is there, once. ADD makes the partner
    behind an address of the fault kit; COUNT tells how often a headline is at the partner, or what is wrong."""
    for method in methods:
        for mode in BROKEN:
            headline = f"{mode} {method}"
            with opened() as desk:
                add(desk, kit.chaos, f"{mode}-{method}-1-{method}{mode}")
                article = import_page(desk, headline)
                first = publish(desk, article)
                end = settle(desk, article)
                tap.ok(end["state"] == "delivered" and count(headline) == 1, f"{headline}: once, and only once",
                       (first, end, count(headline)))
                tap.ok(first["state"] == "delivered" or first["message"], f"{headline}: what happened is told", first)


def check_refused(tap, kit, add, expected=REFUSED):
    for name, words in expected:
        with opened() as desk:
            add(desk, kit.plain, name)
            row = publish(desk, import_page(desk, f"Refused by {name}"))
            tap.ok(row["state"] != "delivered" and words in (row["message"] or ""), f"{name} is told", row)
            print(f"# {name}: {row['state']}: {row['message']}", flush=True)


def check_certificates(tap, kit, add):
    """A good certificate of the partner's own authority is fine when it is trusted; bad ones never are."""
    for name, good in (("tls", True), ("tls12", True), ("expired", False), ("wrong_host", False),
                       ("self_signed", False)):
        with opened(REPRINT_TRUST=kit.ca) as desk:
            add(desk, getattr(kit, name), "")
            article = import_page(desk, f"Over {name}")
            publish(desk, article)
            row = settle(desk, article)
            tap.ok((row["state"] == "delivered") == good, f"{name}: {row['state']}", row)
            if not good:
                tap.ok("certificate" in (row["message"] or ""), f"{name}: the message says so", row)
