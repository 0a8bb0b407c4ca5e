#!/usr/bin/python3
"""The source corrects an article that two partners show: the window says so, and one click updates it there. Its licence ends:
it is taken down at both, after a question."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import display  # noqa: E402

display.enter()
from desk import Desk, Site, Tap, fetch, page  # noqa: E402


ENDED = {"id": "ended", "name": "Quay agreement", "licensor": "Quay Media", "permission": "yes", "expires": "2026-01-01T00:00:00Z"}


def removals(desk):
    return {row["partner"]: row["state"] for row in desk.json("outbox") if row["action"] == "withdraw"}


def starts(window, words):
    return display.wait(lambda: next((node for node in window.walk() if words in node.name), None), f"“{words}”")


def check_taken_down(tap, window, desk, article, sites):
    """Asked first; gone where it can be reached; and kept from leaving where it cannot."""
    desk.run("licence", "add", desk.write("terms.json", json.dumps(ENDED)))
    desk.run("licence", "set", article, "ended")
    button = window.wait_for("Take It Down at 2 Partners", "push button").name
    window.press(button)
    asked = starts(window, "Shown by: ").name
    tap.ok("one" in asked and "two" in asked and window.find("Take the article down at 2 partners?"),
           "taking it down everywhere is asked first, with the names", asked)
    window.press("Cancel")
    display.wait(lambda: not window.find("Take the article down at 2 partners?"), "the question gone")
    tap.ok(removals(desk) == {}, "and nothing is done by a no", removals(desk))
    shown = [row["public_url"] for row in desk.json("outbox") if row.get("public_url")]
    sites[1].process.kill()  # a partner that cannot be reached
    window.press(button)
    window.press("Withdraw")
    window.wait_for("one, Withdrawn")
    tap.ok(any(fetch(url)[0] in (404, 410) for url in shown if url.startswith(sites[0].ready["url"])),
           "it is gone where it was, and the partner's row says so", shown)
    window.press("Stop")
    display.wait(lambda: sorted(removals(desk).values()) == ["cancelled", "delivered"], "the stop")
    window.wait_for("two, Published")
    tap.ok(True, "what has not left can still be stopped, and is shown as published there")


def main():
    tap, desk, sites = Tap(), Desk(), [Site(), Site()]
    for name, site in zip(("one", "two"), sites):
        desk.add_ninjs_partner(name, site)
    text = page("Boats on the hour", "boats")
    desk.run("import", desk.write("page.html", text))
    article = desk.json("list")[0]["article"]
    status, out, err = desk.run("publish", article, "--to", "one", "--to", "two", "--wait")
    assert status == 0, out + err
    desk.run("import", desk.write("page.html", text.replace("until eight", "until nine")))
    with display.watched(tap, desk) as window:
        display.xdo("search", "--onlyvisible", "--name", "^Reprint$", "windowsize", 1440, 900)
        window.choose("Needs attention")
        window.choose("Boats on the hour")
        window.wait_for("The source has a newer version than the one that is published.")
        tap.ok(True, "the window says what the source did")
        window.press("Update It at 2 Partners")
        display.wait(lambda: [row["action"] for row in desk.json("outbox")].count("update") == 2 and
                     {row["state"] for row in desk.json("outbox")} == {"delivered"}, "two updates")
        tap.ok(True, "one click updates it everywhere")
        display.wait(lambda: desk.json("show", article)[0]["state"] == "published", "a calm desk")
        tap.ok(desk.json("follow") == [], "and nothing is left to do")
        check_taken_down(tap, window, desk, article, sites)
    for site in sites:
        site.close()
    desk.close()
    return tap.done()


raise SystemExit(main())
