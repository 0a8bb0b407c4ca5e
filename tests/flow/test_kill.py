#!/usr/bin/python3
"""Kill reprintctl at every fault point of a publication to two partners; start it again; each partner
must then have the article exactly once, with its picture."""
import os
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import SERVER, Desk, Site, Tap, fetch, page  # noqa: E402

KILLED = -9
STEP = 7 if SERVER else 1  # the same code goes on after it; a server makes it slow


class Case:
    """One new article on a desk with two partners, in a library of its own."""

    def __init__(self, headline, sites):
        self.headline, self.sites, self.desk = headline, sites, Desk()
        self.desk.add_ninjs_partner("first", sites[0])
        self.desk.add_ninjs_partner("second", sites[1])
        self.desk.run("import", self.desk.write("page.html", page(headline, headline.replace(" ", "-"))))
        self.article = self.desk.json("list")[0]["article"]

    def publish(self, **environment):
        return self.desk.run("publish", self.article, "--to", "first", "--to", "second", "--wait",
                             **environment)[0]

    def withdraw(self, **environment):
        return self.desk.run("withdraw", self.article, "--wait", **environment)[0]

    def deliveries(self):
        return self.desk.json("show", self.article)[0]["deliveries"]

    def wrong(self, status, words=""):
        """What is not as it should be at the partners; None when all is well."""
        states = {row["state"] for row in self.deliveries()}
        if not states <= {"delivered", "cancelled"}:
            return f"deliveries {states}"
        for site in self.sites:
            found = [item for item in site.items() if item["headline"] == self.headline]
            if len(found) != 1 or found[0]["status"] != status:
                return f"{found} at {site.ready['url']}"
            text = fetch(found[0]["url"])[1]
            if status == "live" and words not in text:
                return "the page is not complete"
        return None


def create(case, fault):
    killed = case.publish(REPRINT_FAULT=fault) == KILLED
    case.desk.run("outbox", "run", "--until-empty")
    if not case.deliveries():  # killed before it was taken on: the editor presses the button again
        case.publish()
    return killed, case.wrong("live", "<img")


def update(case, fault):
    case.publish()
    case.desk.run("set", case.article, "body_html=<p>The boats leave at half past from now on.</p>")
    killed = case.publish(REPRINT_FAULT=fault) == KILLED
    case.desk.run("outbox", "run", "--until-empty")
    if len(case.deliveries()) < 4:
        case.publish()
    return killed, case.wrong("live", "half past from now on")


def withdraw(case, fault):
    case.publish()
    killed = case.withdraw(REPRINT_FAULT=fault) == KILLED
    case.desk.run("outbox", "run", "--until-empty")
    if len(case.deliveries()) < 4:
        case.withdraw()
    return killed, case.wrong("gone")


def kill_everywhere(tap, work, sites):
    """Kills `work` at its first point, its second, and so on until it comes through."""
    for number in range(1, 400, STEP):
        case = Case(f"{work.__name__} number {number}", sites)
        try:
            killed, wrong = work(case, str(number))
        finally:
            case.desk.close()
        tap.ok(wrong is None, f"{work.__name__}: " + (f"killed at point {number}" if killed else "not killed"),
               wrong)
        if not killed:
            return number // STEP
    return 0


def main():
    tap = Tap()
    sites = [Site(), Site()]
    try:
        kills = sum(kill_everywhere(tap, work, sites) for work in (create, update, withdraw))
        tap.ok(kills >= 50 // STEP, f"{kills} places to be killed at")
    finally:
        for site in sites:
            site.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
