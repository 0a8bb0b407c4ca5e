#!/usr/bin/python3
"""The paper side of the licence book: versions of an agreement, and its uses by month with their fees."""
import csv
import io
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Site, Tap  # noqa: E402

DEAL = {"id": "deal", "name": "Quay deal", "licensor": "Quay Media", "permission": "yes",
        "payment": {"model": "subscription", "amount": 40, "currency": "GBP"}}
NOW = "2026-05-04T08:00:00Z"


def learn(desk, **terms):
    assert desk.run("licence", "add", desk.write("deal.json", json.dumps({**DEAL, **terms})))[0] == 0


def check_history(tap, desk):
    learn(desk)
    learn(desk, expires="2027-01-01T00:00:00Z")
    versions = desk.json("licence", "history", "deal")
    tap.ok([row["version"] for row in versions] == [2, 1], "every version, newest first", versions)
    tap.ok("expires" in versions[0]["changes"] and "licensor" not in versions[0]["changes"], "with what it changed", versions)
    tap.ok("expires" in desk.run("licence", "history", "deal")[1], "in words, too")
    status, _, err = desk.run("licence", "history", "nothing")
    tap.ok(status == 1 and "nothing" in err, "a licence that is not there is named", err)


def check_uses(tap, desk, site):
    tap.ok(desk.json("licence", "uses", "deal") == [], "no use yet")
    desk.add_ninjs_partner("Herald", site)
    item = {"uri": "tag:quay.example,2026:boats", "version": "1", "type": "text", "pubstatus": "usable", "language": "en",
            "headline": "About the boats", "body_html": "<p>The harbour office adds a boat on Monday mornings.</p>"}
    desk.run("import", "--licence", "deal", desk.write("boats.json", json.dumps(item)))
    identity = json.loads(desk.run("list", "--json")[1])["article"]
    status, out, err = desk.run("publish", identity, "--to", "Herald", "--wait")
    rows = desk.json("licence", "uses", "deal")
    tap.ok(status == 0 and [row.get("article") for row in rows] == [identity, None], "the use, then its month", (rows, err))
    tap.ok(rows[-1]["month"] == "2026-05" and rows[-1]["uses"] == 1, "summed up", rows)
    table = list(csv.DictReader(io.StringIO(desk.run("ledger", "--licence", "deal")[1])))
    tap.ok(len(table) == 1 and table[0]["headline"] == "About the boats" and table[0]["partner"] == "Herald" and
           table[0]["state"] == "live" and table[0]["used"].startswith("2026-05-04"), "the table for the licensor", table)
    tap.ok(desk.run("ledger", "--from", "2026-06-01T00:00:00Z")[1].count("\n") == 1, "has a head only when nothing was used then")
    desk.run("set", identity, 'headline==HYPERLINK("x"), again')
    table = list(csv.DictReader(io.StringIO(desk.run("ledger")[1])))
    tap.ok(table[0]["headline"] == '\'=HYPERLINK("x"), again', "no headline becomes a formula", table)
    tap.ok("2026-05" in desk.run("licence", "uses", "deal")[1], "in words, too")
    tap.ok(desk.run("licence", "uses", "nothing")[0] == 1, "a licence that is not there has none")


def main():
    tap, desk, site = Tap(), Desk(), Site()
    desk.environment["REPRINT_NOW"] = NOW
    try:
        check_history(tap, desk)
        check_uses(tap, desk, site)
    finally:
        site.close()
        desk.close()
    tap.done()


main()
