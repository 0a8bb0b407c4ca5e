#!/usr/bin/python3
"""The desk is judged again: when a licence, a rule or a partner changes, when a moment has come, and never against what
somebody did in the meantime. REPRINT_NOW moves the time."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.environ["REPRINT_TEST_SOURCE"], "tests", "lib"))
from desk import Desk, Tap  # noqa: E402

NOW = "2026-05-04T08:00:00Z"
DEAL = {"id": "deal", "name": "Quay deal", "licensor": "Quay Media", "permission": "yes"}
WORDS = "The harbour office adds a boat on Monday mornings, so that the school class arrives dry and on time."


def article(name, **facts):
    return {"uri": f"tag:quay.example,2026:{name}", "version": "1", "type": "text", "pubstatus": "usable", "language": "en",
            "headline": f"About the {name}", "body_html": f"<p>{WORDS} It is about the {name}.</p>", **facts}


def states(desk, now=NOW):
    rows = [json.loads(line) for line in desk.run("list", "--json", REPRINT_NOW=now)[1].splitlines()]
    return {row["headline"].split()[-1]: row["state"] for row in rows}


def learn(desk, **terms):
    name = desk.write("deal.json", json.dumps({**DEAL, **terms}))
    status, out, err = desk.run("licence", "add", name, REPRINT_NOW=NOW)
    assert status == 0, (status, out, err)


def bring(desk, *articles, licence="deal"):
    for one in articles:
        name = desk.write(one["uri"].rsplit(":", 1)[1] + ".json", json.dumps(one))
        status, out, err = desk.run("import", *(["--licence", licence] if licence else []), name, REPRINT_NOW=NOW)
        assert status == 0, (out, err)


def add_partner(desk, name, *settings):
    pairs = [word for setting in settings for word in ("--set", setting)]
    status, out, err = desk.run("partner", "add", name, "--connector", "ninjs-push", "--set", "url=http://127.0.0.1:9/", *pairs)
    assert status == 0, (out, err)


def check_changes(tap):
    desk = Desk()
    learn(desk)
    add_partner(desk, "Herald", "commercial=true")
    bring(desk, article("boats"), article("lamps"))
    tap.ok(states(desk) == {"boats": "ready", "lamps": "ready"}, "both may be published")
    learn(desk, commercial="deny")
    tap.ok(states(desk) == {"boats": "blocked", "lamps": "blocked"}, "a stricter agreement takes them off the desk's ready pile")
    add_partner(desk, "Society", "commercial=false")
    tap.ok(states(desk)["boats"] == "ready", "a partner that may have them brings them back")
    desk.run("partner", "remove", "Society")
    tap.ok(states(desk)["boats"] == "blocked", "and without it they are blocked again")
    learn(desk)
    tap.ok(states(desk) == {"boats": "ready", "lamps": "ready"}, "the old terms bring them back")
    status, out, _ = desk.run("check", "--all", "--json", REPRINT_NOW=NOW)
    tap.ok(status == 0 and json.loads(out) == {"judged": 2, "changed": 0}, "judging once more changes nothing")
    desk.close()


def check_moments(tap):
    desk = Desk()
    learn(desk)
    add_partner(desk, "Herald")
    bring(desk, article("boats"), article("embargo", embargoed="2026-05-05T08:00:00+02:00"),
          article("offer", expires="2026-05-05T00:00:00Z"))
    tap.ok(states(desk) == {"boats": "ready", "embargo": "blocked", "offer": "ready"}, "before the moments")
    desk.run("check", "--all", REPRINT_NOW="2026-05-05T05:59:59Z")
    tap.ok(states(desk) == {"boats": "ready", "embargo": "blocked", "offer": "blocked"}, "the offer has ended")
    desk.run("check", "--all", REPRINT_NOW="2026-05-05T06:00:00Z")
    tap.ok(states(desk)["embargo"] == "ready", "the embargo ends at its instant, in its own zone")
    desk.close()


def check_unconfirmed(tap):
    desk = Desk()
    add_partner(desk, "Herald")
    page = (f"<html><head><title>Lamps</title><link rel=canonical href='https://quay.example/lamps'></head><body><article>"
            f"<h1>About the lamps</h1><p>{WORDS}</p><p>{WORDS} And again.</p><p>Published under "
            "<a rel=license href='https://creativecommons.org/licenses/by/4.0/'>CC BY 4.0</a>.</p></article></body></html>")
    status, out, err = desk.run("import", desk.write("lamps.html", page), REPRINT_NOW=NOW)
    assert status == 0, (out, err)
    tap.ok(states(desk) == {"lamps": "ready"}, "Creative Commons as the page says")
    learn(desk, match=["quay.example"], permission="no")
    tap.ok(states(desk) == {"lamps": "blocked"}, "an agreement that matches and forbids makes it disputed: the stricter one holds")
    identity = json.loads(desk.run("list", "--json")[1])["article"]
    found = json.loads(desk.run("check", identity, "--json", REPRINT_NOW=NOW)[1].splitlines()[0])
    rules = {finding["rule"]: finding for finding in found["findings"]}
    tap.ok("R012" in rules and "Quay deal" in rules["R013"]["message"], "the restriction names the licence it comes from")
    queue = desk.json("list", "state:review", REPRINT_NOW=NOW)
    tap.ok([row["article"] for row in queue] == [identity], "it waits for a person's word")
    desk.run("licence", "confirm", identity, REPRINT_NOW=NOW)
    tap.ok(states(desk) == {"lamps": "ready"}, "a person's word settles it")
    tap.ok(desk.json("list", "state:review", REPRINT_NOW=NOW) == [], "and the queue is empty")
    desk.close()


def check_guess(tap):
    desk = Desk()
    add_partner(desk, "Herald")
    text = f"About the boats\n\n{WORDS}\n\n{WORDS} Once more.\n\nThis text is under a Creative Commons Attribution licence.\n"
    desk.run("import", desk.write("boats.txt", text), REPRINT_NOW=NOW)
    identity = json.loads(desk.run("list", "--json")[1])["article"]
    desk.run("set", identity, "site_name=Quay News", REPRINT_NOW=NOW)
    found = [json.loads(line) for line in desk.run("check", identity, "--json", REPRINT_NOW=NOW)[1].splitlines()][0]
    tap.ok([finding["rule"] for finding in found["findings"]].count("R011") == 1, "the licence is a guess", str(found))
    tap.ok(len(desk.json("list", "state:review", REPRINT_NOW=NOW)) == 1, "a guess is in the queue")
    status, out, _ = desk.run("publish", identity, "--to", "Herald", REPRINT_NOW=NOW)
    tap.ok(status == 3 and not desk.json("outbox"), "a guess unlocks no publishing", out)
    desk.run("licence", "confirm", identity, REPRINT_NOW=NOW)
    status, out, _ = desk.run("publish", identity, "--to", "Herald", REPRINT_NOW=NOW)
    tap.ok(status == 75 and len(desk.json("outbox")) == 1, "a person's word does", out)
    desk.close()


def check_moved(tap):
    desk = Desk()
    learn(desk)
    add_partner(desk, "Herald", "commercial=true")
    bring(desk, article("boats"))
    identity = json.loads(desk.run("list", "--json")[1])["article"]
    desk.query(f"UPDATE articles SET state = 'archive' WHERE id = '{identity}'")
    learn(desk, commercial="deny")
    kept = desk.query("SELECT state FROM articles")
    tap.ok(kept == [("archive",)], "what is not on the desk stays where it is")
    desk.close()


def check_idle(tap):
    """What comes back to the desk is as it was judged last, and is judged again."""
    desk = Desk()
    learn(desk)
    add_partner(desk, "Herald", "commercial=true")
    bring(desk, article("boats"))
    identity = json.loads(desk.run("list", "--json")[1])["article"]
    for allowed, state in ((1, "ready"), (0, "blocked")):
        desk.run("publish", identity, "--to", "Herald", "--at", "2026-05-10T10:00:00Z", REPRINT_NOW=NOW)
        desk.query(f"UPDATE facts SET allowed = {allowed}, next_turn = 0")
        tap.ok(states(desk) == {"boats": "scheduled"}, "it is planned")
        desk.run("outbox", "cancel", desk.json("outbox")[0]["delivery"], REPRINT_NOW=NOW)
        tap.ok(states(desk) == {"boats": state}, f"cancelled, it is {state} as before", states(desk))
        ((due,),) = desk.query("SELECT next_turn FROM facts")
        tap.ok(0 < due < 1777881600000000, "and is judged again at once", due)
    desk.close()


def check_shown(tap):
    desk = Desk()
    learn(desk)
    status, out, _ = desk.run("check", "--all", LC_ALL="C.UTF-8")
    tap.ok(status == 0 and "0 articles judged" in out, "an empty desk is judged, too")
    status, _, err = desk.run("check", "--all", "something")
    tap.ok(status == 2 and err, "--all takes no article")
    desk.close()


def main():
    tap = Tap()
    check_changes(tap)
    check_moments(tap)
    check_unconfirmed(tap)
    check_guess(tap)
    check_moved(tap)
    check_idle(tap)
    check_shown(tap)
    tap.done()


main()
