#!/usr/bin/python3
"""What the licence allows, on the article page: a locked text and the permission that unlocks it, the source compared word
by word, the timeline, and the queue of licences that wait for a person's word, worked through by keys."""
import json

import display

display.enter()
from desk import Desk, Site, Tap  # noqa: E402

WORDS = ("<p>Above the rooftops, for the first time since the ring was built, you can count the stars.</p><p>The plan began with "
         "an invoice that nobody wanted to pay, and ended with a torch.</p>")
LOCKED = {"id": "locked", "name": "Quay agreement", "licensor": "Quay Media", "permission": "yes", "derivatives": [],
          "archive_days": 30, "expires": "2030-03-03T12:00:00Z", "contact": "desk@quay.example"}

PASSING = {"id": "passing", "name": "Mill agreement", "licensor": "Mill Gazette", "permission": "yes", "archive_days": 14}


HEADLINE, TEXT = (720, 210), (720, 300)  # where the page has them


def item(name, headline):
    return json.dumps({"uri": f"tag:quay.example,2026:{name}", "version": "1", "type": "text", "pubstatus": "usable",
                       "language": "en", "headline": headline, "byline": "Ada Reeve", "body_html": WORDS,
                       "altids": {"original": f"https://quay.example/{name}"}})


def guess(name):
    return (f"About the {name}\n\nThe harbour office adds {name} on Monday mornings, so that the school class arrives dry and on "
            f"time, as it says.\n\nNobody had asked for the {name}, and nobody would do without them any more.\n\n"
            "This text is under a Creative Commons Attribution licence.\n")


def starts(window, words):
    return next((text for text in window.texts() if text.startswith(words)), None)


def stored(desk, article):
    row = desk.json("show", article)[0]
    return row["headline"], row["body_html"]


def write_at(place, words):
    display.xdo("mousemove", *place, "click", 1, "key", "End", "type", "--delay", 15, words)


def check_lock(tap, window, desk, article):
    window.wait_for("Timeline")
    tap.ok(starts(window, "This licence forbids changes.") is not None, "the page says why it is locked")
    ways = [window.find(name) for name in ("Ask for Permission…", "It Was Given")]
    tap.ok(all(way and way.is_("sensitive") for way in ways), "and what can be done about it", window.texts())
    before = stored(desk, article)
    for place in (HEADLINE, TEXT):
        write_at(place, "Mine ")
    display.xdo("key", "ctrl+b", "key", "ctrl+x", "key", "ctrl+0", "key", "Delete")
    tap.ok(window.find("The licence ends.") is not None and window.find("The copies have to be taken down.") is not None,
           "the timeline has the end and the removal")
    row = display.wait(lambda: starts(window, "Herald may publish it unchanged until 3 March 2030."), "the partner's words")
    tap.ok("The credit line stands at the end" in row, "the partner's row says what the licence gives it", row)
    status, out, err = desk.run("set", article, "headline=Stars over the other quay")
    assert status == 0, (out, err)
    display.wait(lambda: window.find("Restore Headline"), "the finding")
    display.xdo("key", "alt+3")
    share = display.wait(lambda: starts(window, "2 % changed."), "the comparison")
    tap.ok("does not allow" in share, "the comparison says what the licence has against it", share)
    window.press("Next Change")
    tap.ok(window.wait_for("1 of 1") is not None, "it goes from change to change")
    window.press("In One Column")
    display.xdo("key", "alt+1")
    window.press("Restore Headline")
    display.wait(lambda: desk.json("show", article)[0]["headline"] == "Stars over the quay", "the headline as it arrived")
    tap.ok(stored(desk, article) == before, "one click puts the headline back, and nothing of what was typed came in", before)


def check_permission(tap, window, desk, article):
    window.act("It Was Given")
    window.act("The Headline…")
    window.write("Who gave permission", "Rowan Pike")
    window.write("How that is known", "Mail of 4 May")
    window.press("Record")
    display.wait(lambda: starts(window, "This licence lets you change the headline."), "the headline unlocked")
    tap.ok(True, "a permission on record unlocks what it allows")
    headline, text = stored(desk, article)
    write_at(TEXT, "Mine ")
    write_at(HEADLINE, ", at last")
    display.wait(lambda: stored(desk, article) == (headline + ", at last", text), "the other headline over the same text")
    tap.ok(True, "by hand, while the text stays locked")
    found = desk.json("check", article)[0]["findings"]
    tap.ok(not any(finding["rule"] == "C303" for finding in found), "and the rule knows it", found)


def check_removal(tap, window, desk, site):
    """A copy that may stay for some days is published, and its removal is planned without a look of trouble."""
    desk.run("import", "--licence", "passing", desk.write("tide.json", item("tide", "The tide mill turns again")))
    desk.add_ninjs_partner("Society", site)
    window.choose("The tide mill turns again")
    display.wait(lambda: starts(window, "Society may publish it."), "the partner's words")
    article = next(row["article"] for row in desk.json("list") if "tide" in row["headline"])
    desk.json("publish", article, "--to", "society", "--wait")
    window.wait_for("Society, Published")
    plans = [row for row in desk.json("outbox") if row["action"] == "withdraw"]
    tap.ok(len(plans) == 1 and plans[0]["state"] == "queued", "the removal is planned", plans)
    tap.ok(desk.json("list", "state:published") != [], "and the article is published, not scheduled")
    window.choose("Outbox")
    tap.ok(display.wait(lambda: starts(window, "Society: It will be taken down on "), "the plan in the outbox") is not None,
           "the outbox says when it will be taken down")
    window.choose("Inbox")


def check_queue(tap, window, desk):
    for name in ("boats", "lamps"):
        assert desk.run("import", desk.write(name + ".txt", guess(name)))[0] == 0
    window.choose("Licence to confirm")
    display.wait(lambda: window.find("2 articles"), "the queue of two")
    window.choose("About the lamps")
    display.wait(lambda: starts(window, "Guessed from the words") or any("Guessed from the words" in text for text in window.texts()),
                 "the guess in words")
    display.xdo("key", "ctrl+shift+l")
    display.wait(lambda: len(desk.json("list", "state:review")) == 1, "the first confirmed")
    display.wait(lambda: window.find("1 article"), "the queue of one")
    display.wait(lambda: any("Guessed from the words" in text for text in window.texts()), "the next one on the page")
    display.xdo("key", "ctrl+shift+l")
    display.wait(lambda: not desk.json("list", "state:review"), "the second confirmed")
    window.wait_for("No Licence to Confirm")
    tap.ok(True, "two keys work the queue off")


def main():
    tap, desk, site = Tap(), Desk(), Site()
    for terms in (LOCKED, PASSING):
        desk.run("licence", "add", desk.write("terms.json", json.dumps(terms)))
    status, out, err = desk.run("partner", "add", "Herald", "--connector", "ninjs-push", "--set", "url=http://127.0.0.1:9/")
    assert status == 0, (out, err)
    desk.run("import", "--licence", "locked", desk.write("stars.json", item("stars", "Stars over the quay")))
    article = desk.json("list")[0]["article"]
    with display.watched(tap, desk) as window:
        display.xdo("search", "--onlyvisible", "--name", "^Reprint$", "windowsize", 1440, 900)
        window.choose("Stars over the quay")
        check_lock(tap, window, desk, article)
        check_permission(tap, window, desk, article)
        check_removal(tap, window, desk, site)
        check_queue(tap, window, desk)
    desk.close()
    site.close()
    return tap.done()


raise SystemExit(main())
