#!/usr/bin/python3
"""The seconds in which publishing can be undone: nothing has left, Undo leaves no trace of it at any partner nor in the
outbox, and when they are over it leaves by itself, with the window closed, too."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import display  # noqa: E402

display.enter()
from desk import Desk, Site, Tap, page  # noqa: E402

LONG, SHORT = 30, 3


def set_grace(desk, seconds):
    """As the preferences do it; the window hears of it at once."""
    folder = os.path.join(desk.folder, "config", "glib-2.0", "settings")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "keyfile.new"), "w", encoding="utf-8") as handle:
        handle.write(f"[app/reprint/Reprint]\nwait-before-sending=uint32 {seconds}\n")
    os.replace(os.path.join(folder, "keyfile.new"), os.path.join(folder, "keyfile"))


def standing(desk):
    return sorted((row["headline"], row["state"]) for row in desk.json("list"))


def items(sites):
    return [len(site.items()) for site in sites]


def check_undo(tap, window, desk, sites):
    before = standing(desk)
    window.choose("Boats on the hour")
    window.press("Publish")
    window.wait_for("Leaves in a moment for 2 partners.")
    tap.ok(items(sites) == [0, 0] and [row["state"] for row in desk.json("outbox")] == ["queued"] * 2,
           "what was published waits, and the window says so", desk.json("outbox"))
    desk.run("outbox", "run", "--until-empty")
    tap.ok(items(sites) == [0, 0], "nor does another program send it")
    window.press("Undo")
    display.wait(lambda: desk.json("outbox") == [], "an empty outbox")
    window.wait_for("Publish", "push button")
    tap.ok(standing(desk) == before and items(sites) == [0, 0], "Undo: as if it had not been pressed", standing(desk))
    display.wait(lambda: not window.find("Leaves in a moment for 2 partners."), "the end of the bar")
    window.press("Publish")
    window.wait_for("Leaves in a moment for 2 partners.")
    window.press("Stop")
    display.wait(lambda: desk.json("outbox") == [], "an empty outbox")
    tap.ok(True, "and so does Stop")


def check_bulk(tap, window, desk, sites):
    before = standing(desk)
    display.xdo("key", "ctrl+a")
    window.press("Publish the Selected")
    window.wait_for("2 articles leave in a moment")
    waiting = len(desk.json("outbox"))
    window.press("Undo")
    display.wait(lambda: desk.json("outbox") == [], "an empty outbox")
    window.wait_for("Everything is as it was before")
    tap.ok(waiting == 4 and standing(desk) == before and items(sites) == [0, 0],
           "several at once are taken back by one Undo", (waiting, standing(desk)))
    display.xdo("key", "Escape")


def check_leaving(tap, window, desk, sites):
    """It is due to the moment: not a second later, let alone thirty."""
    set_grace(desk, SHORT)
    window.choose("Mill on the tide")
    window.press("Publish")
    window.wait_for("Leaves in a moment for 2 partners.")
    display.wait(lambda: {row["state"] for row in desk.json("outbox")} == {"delivered"}, "both deliveries", 2 * SHORT + 10)
    late = [latest - created for created, latest in
            ((row[0] / 1e6, row[1] / 1e6) for row in desk.query("SELECT created, settled FROM deliveries"))]
    tap.ok(all(SHORT <= seconds for seconds in late) and max(late) < SHORT + 5, "when the time is over it leaves by itself", late)
    window.wait_for("one, Published")
    display.wait(lambda: not window.find("Leaves in a moment for 2 partners."), "the end of the bar")


def main():
    tap, desk, sites = Tap(), Desk(), [Site(), Site()]
    desk.environment.update(GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=os.path.join(desk.folder, "config"),
                            XDG_CACHE_HOME=os.path.join(desk.folder, "cache"))
    for name, site in zip(("one", "two"), sites):
        desk.add_ninjs_partner(name, site)
    for headline in ("Mill on the tide", "Boats on the hour"):
        desk.run("import", desk.write("page.html", page(headline, headline.split()[0])))
    set_grace(desk, LONG)
    with display.watched(tap, desk) as window:
        check_undo(tap, window, desk, sites)
        check_bulk(tap, window, desk, sites)
        check_leaving(tap, window, desk, sites)
        window.choose("Boats on the hour")
        window.press("Publish")
        window.wait_for("Leaves in a moment for 2 partners.")
    tap.ok(items(sites) == [2, 2], "a window that is closed meanwhile sends it before the program ends", desk.json("outbox"))
    for site in sites:
        site.close()
    desk.close()
    return tap.done()


raise SystemExit(main())
