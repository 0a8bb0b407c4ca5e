#!/usr/bin/python3
"""A licence that lets a copy stay for some days takes it down by itself: planned when the copy is out, moved when the licence
lets it stay longer, called off when somebody was first."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Site, Tap  # noqa: E402

WORDS = "The harbour office adds a boat on Monday mornings, so that the school class arrives dry and on time."


def day(number):
    return f"2026-05-{number:02}T08:00:00Z"


def begin(**terms):
    desk, site = Desk(), Site()
    desk.environment["REPRINT_NOW"] = day(1)
    learn(desk, **terms)
    desk.add_ninjs_partner("Herald", site, can_unpublish="true")
    item = {"uri": "tag:quay.example,2026:boats", "version": "1", "type": "text", "pubstatus": "usable", "language": "en",
            "headline": "About the boats", "body_html": f"<p>{WORDS}</p>"}
    status, out, err = desk.run("import", "--licence", "deal", desk.write("boats.json", json.dumps(item)))
    assert status == 0, (out, err)
    identity = json.loads(desk.run("list", "--json")[1])["article"]
    status, out, err = desk.run("publish", identity, "--to", "Herald", "--wait")
    assert status == 0, (out, err)
    return desk, site, identity


def learn(desk, **terms):
    deal = {"id": "deal", "name": "Quay deal", "licensor": "Quay Media", "permission": "yes", **terms}
    assert desk.run("licence", "add", desk.write("deal.json", json.dumps(deal)))[0] == 0


def state(desk):
    return json.loads(desk.run("list", "--json")[1])["state"]


def shown(site):
    return [item for item in site.items() if item["status"] != "gone"]


def removals(desk):
    return [row for row in desk.json("outbox") if row["action"] == "withdraw"]


def run_on(desk, number):
    desk.environment["REPRINT_NOW"] = day(number)
    desk.run("outbox", "run", "--until-empty")


def check_by_itself(tap):
    desk, site, identity = begin(archive_days=10)
    planned = removals(desk)
    tap.ok(len(planned) == 1 and planned[0]["state"] == "queued", "the removal is in the outbox", planned)
    tap.ok(state(desk) == "published", "the article counts as published meanwhile", state(desk))
    run_on(desk, 10)
    tap.ok(len(shown(site)) == 1, "it stays until the day")
    run_on(desk, 11)
    tap.ok(removals(desk)[0]["state"] == "delivered" and not shown(site), "and goes on the day", (removals(desk), site.items()))
    desk.close()
    site.close()


def check_update(tap):
    desk, site, identity = begin(archive_days=10)
    desk.environment["REPRINT_NOW"] = day(5)
    desk.run("set", identity, "headline=About the boat")
    status, out, err = desk.run("publish", identity, "--to", "Herald", "--wait")
    tap.ok(status == 0 and site.items()[0]["headline"] == "About the boat", "the plan holds no update back", (status, out, err))
    plan = [row["state"] for row in removals(desk)]
    tap.ok(sorted(plan) == ["cancelled", "queued"], "there is one plan only", plan)
    run_on(desk, 11)
    tap.ok(not shown(site), "the days count from the first publication")
    desk.close()
    site.close()


def check_longer(tap):
    desk, site, identity = begin(archive_days=10)
    learn(desk, archive_days=20)
    run_on(desk, 11)
    plan = removals(desk)
    tap.ok(len(shown(site)) == 1 and [row["state"] for row in plan] == ["queued"], "a longer licence moves it", plan)
    run_on(desk, 21)
    tap.ok(not shown(site), "to its own day")
    desk.close()
    site.close()
    desk, site, identity = begin(archive_days=10)
    learn(desk)
    run_on(desk, 11)
    plan = removals(desk)
    tap.ok(len(shown(site)) == 1 and [row["state"] for row in plan] == ["cancelled"], "one without an end calls it off", plan)
    desk.close()
    site.close()


def check_first(tap):
    desk, site, identity = begin(archive_days=10)
    desk.environment["REPRINT_NOW"] = day(3)
    desk.run("withdraw", identity, "--wait")
    plan = sorted(row["state"] for row in removals(desk))
    tap.ok(plan == ["cancelled", "delivered"], "a person was first: nothing is planned any more", plan)
    run_on(desk, 11)
    tap.ok(sorted(row["state"] for row in removals(desk)) == plan, "and nothing is sent twice")
    desk.close()
    site.close()


def check_none(tap):
    desk, site, identity = begin()
    tap.ok(removals(desk) == [], "a licence without such a term plans nothing")
    desk.close()
    site.close()


def main():
    tap = Tap()
    check_by_itself(tap)
    check_update(tap)
    check_longer(tap)
    check_first(tap)
    check_none(tap)
    tap.done()


main()
