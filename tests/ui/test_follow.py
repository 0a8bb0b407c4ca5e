#!/usr/bin/python3
"""The source corrects an article that two partners show: the window says so, and one click updates it there."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import display  # noqa: E402

display.enter()
from desk import Desk, Site, Tap, page  # noqa: E402


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
    for site in sites:
        site.close()
    desk.close()
    return tap.done()


raise SystemExit(main())
