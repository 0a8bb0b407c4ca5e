#!/usr/bin/python3
"""What is published follows the source and the licence: corrections and ends are proposed for all partners,
done on one word or by the partner's rule, and what was done is looked at."""
import os
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Site, Tap, page  # noqa: E402

DEAL = ('{"id": "deal", "name": "Harbour agreement", "licensor": "Gull Holm Gazette", "permission": "yes",'
        ' "expires": "2027-06-01T00:00:00Z", "match": ["gazette.example"]}')
BEFORE, LATER, AFTER = [{"REPRINT_NOW": f"2027-{moment}:00:00Z"} for moment in ("05-01T10", "05-01T11", "07-01T10")]


def make(desk, sites, **settings):
    for name, site in zip(("one", "two"), sites):
        desk.add_ninjs_partner(name, site, **settings)
    assert desk.run("licence", "add", desk.write("deal.json", DEAL), **BEFORE)[0] == 0


def publish(desk, text, **environment):
    desk.run("import", "--licence", "deal", desk.write("story.html", text), **environment)
    article = desk.json("list", **environment)[0]["article"]
    status, out, err = desk.run("publish", article, "--to", "one", "--to", "two", "--wait", **environment)
    assert status == 0, out + err
    return article


def live(sites):
    return [[item["headline"] for item in site.items() if item["status"] == "live"] for site in sites]


def check_end(tap, sites):
    desk = Desk()
    make(desk, sites)
    article = publish(desk, page("The licence ends", "ends"), **BEFORE)
    tap.ok(desk.json("follow", **BEFORE) == [], "nothing is proposed while the licence holds")
    found = desk.json("follow", **AFTER)
    tap.ok(len(found) == 1 and found[0]["action"] == "withdraw" and sorted(found[0]["partners"]) == ["one", "two"] and
           "licence" in found[0]["reason"], "its end proposes to take it down everywhere", found)
    shown = desk.json("show", article, **AFTER)[0]
    tap.ok(shown["state"] == "attention", "and the article needs attention", shown["state"])
    status, out, err = desk.run("follow", article, "--do", **AFTER)
    tap.ok(status == 75, "one word queues it for all partners", out + err)
    desk.run("outbox", "run", "--until-empty", **AFTER)
    tap.ok(live(sites) == [[], []], "it is down everywhere", live(sites))
    seen = [row["verdict"] for row in desk.json("verify", article, **AFTER)]
    tap.ok(seen == ["gone", "gone"], "which was looked at, and kept", seen)
    tap.ok(desk.json("follow", **AFTER) == [], "nothing is left to do")
    desk.close()


def check_correction(tap, sites):
    desk = Desk()
    make(desk, sites)
    text = page("Boats on the hour", "boats")
    article = publish(desk, text, **BEFORE)
    desk.run("import", "--licence", "deal", desk.write("story.html", text.replace("until eight", "until nine")), **BEFORE)
    found = desk.json("follow", article, **BEFORE)
    tap.ok(len(found) == 1 and found[0]["action"] == "update" and len(found[0]["partners"]) == 2,
           "a correction by the source proposes an update everywhere", found)
    desk.run("follow", "--do", **LATER)
    desk.run("outbox", "run", "--until-empty", **LATER)
    tap.ok(desk.json("follow", **LATER) == [] and live(sites)[0] == ["Boats on the hour"], "and is done by one word", live(sites))
    desk.run("withdraw", article, "--wait", **BEFORE)
    desk.close()


def main():
    tap, sites = Tap(), [Site(), Site()]
    try:
        check_end(tap, sites)
        check_correction(tap, sites)
    finally:
        for site in sites:
            site.close()
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
