#!/usr/bin/python3
"""The list and the sidebar: several articles at once with a way back, a search that is completed and
saved, sources that are counted, rows that are dragged onto a partner and a licence, and a window that
is found again as it was left."""
import os
import subprocess
import urllib.request  # noqa: F401  the desk's helpers need it

import display

display.enter()
from desk import Desk, Site, Tap, page  # noqa: E402

N = 9
PAPERS = ["Gull Holm Gazette", "Carrow Courier"]


def fill(desk):
    for number in range(N):
        text = page(f"Ferry timetable number {number}", f"story{number}").replace(PAPERS[0], PAPERS[number % 2])
        if number == 4:
            text = text.replace('<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">', "")
            text = text.replace(", CC BY 4.0", "")
        desk.run("import", desk.write(f"{number}.html", text))


def states(desk):
    return [row["state"] for row in desk.json("list", "state:trash")] + \
        [row["state"] for row in desk.json("list", "--limit", "100")]


def key(*names):
    display.xdo("key", *names)


def middle(window, words):
    box = display.wait(lambda: window.find_place(words), f"“{words}”")
    return box.x + 30, box.y + box.height // 2


def wait_state(desk, wanted, count, what):
    display.wait(lambda: states(desk).count(wanted) == count, what)


def check_bulk(tap, desk, window):
    window.choose(f"Ferry timetable number {N - 1}")
    key("ctrl+a")
    window.wait_for(f"{N} Articles Selected")
    window.wait_for(f"{N - 1} are ready · 1 needs a licence · {N - 1} are unread")
    tap.ok(True, "Ctrl+A selects all, and the window says what they are")
    key("Delete")
    wait_state(desk, "trash", N, "the trash")
    window.press("Undo")
    wait_state(desk, "trash", 0, "the way back")
    tap.ok(states(desk).count("ready") == N - 1 and states(desk).count("needs-licence") == 1,
           "Undo puts all of them back where they stood, as one step", states(desk))
    window.press("Select Several Articles")
    for number in (8, 6, 4):
        window.choose(f"Ferry timetable number {number}")
    window.wait_for("3 Articles Selected")
    window.choose("Ferry timetable number 6")
    window.wait_for("2 Articles Selected")
    tap.ok(True, "in the selection mode a click adds and a second one takes away")
    window.press("Publish")
    window.wait_for("Not everything could be done; 1 of 2 articles were.")
    reasons = [text for text in window.texts() if text.startswith("“Ferry timetable number 4”: Herald: ")]
    tap.ok(reasons, "what cannot be published is named with its reason", "\n".join(window.texts()))
    window.press("Close")
    display.wait(lambda: [row["state"] for row in desk.json("outbox")] == ["delivered"], "the delivery")
    tap.ok(True, "the others are published")


def check_search(tap, desk, window):
    key("ctrl+k")
    display.xdo("type", "sour")
    window.wait_for("Source", "label")
    key("Tab")
    display.xdo("type", "car")
    window.wait_for("Carrow Courier", "label")
    key("Down", "Return")
    courier = len(desk.json("list", "state:inbox", 'source:"Carrow Courier"'))
    window.wait_for(f"{courier} articles")
    tap.ok(0 < courier < N, "filter words and their values are completed by the keyboard", courier)
    window.press("Save This Search")
    window.write("Name", "Boats")
    window.press("Save")
    display.wait(lambda: [row["name"] for row in desk.json("search", "list")] == ["Boats"], "the saved search")
    row = desk.json("search", "list")[0]
    tap.ok(row["articles"] == courier and row["query"] == 'state:inbox source:"Carrow Courier"',
           "a search is saved with its place, and counted", row)
    window.act("More for the Search “Boats”", "toggle button", "push button", "button")
    window.act("Remove", "menu item")
    display.wait(lambda: desk.json("search", "list") == [], "the removal")
    window.press("Undo")
    display.wait(lambda: desk.json("search", "list") == [row], "its return")
    tap.ok(True, "a saved search can be removed, and taken back with its id")
    key("ctrl+k", "ctrl+a", "Delete", "Escape")


def check_drags(tap, desk, window, site):
    window.choose("Inbox")
    window.wait_for("Ferry timetable number 7")
    display.drag(middle(window, "Ferry timetable number 7"), middle(window, "Herald"))
    display.wait(lambda: len(site.items()) == 2, "the second article at the partner")
    tap.ok(True, "a row that is dropped on a partner is published there")
    window.wait_for("Ferry timetable number 4")
    display.drag(middle(window, "Ferry timetable number 4"), find_licence(window))
    display.wait(lambda: all(row["licence"] for row in desk.json("list")), "the licence")
    tap.ok(True, "a row that is dropped on a licence is put under it")


def find_licence(window):
    """The sidebar's row: the chips of the list have the same words, further to the right."""

    def leftmost():
        boxes = []
        for node in window.walk():
            if node.get_name() == "CC BY 4.0" and node.get_role_name() == "label":
                boxes.append(window.atspi.Component.get_extents(node, window.atspi.CoordType.WINDOW))
        boxes = [box for box in boxes if box.width > 1 and box.x < 200]
        return boxes and boxes[0]

    box = display.wait(leftmost, "the licence in the sidebar")
    return box.x + 20, box.y + box.height // 2


def check_state(tap, desk):
    window = display.Window(desk)
    try:
        window.wait_for("Carrow Courier", "label")
        display.wait(lambda: window.find_place("Gull Holm Gazette"), "the sources")
        boxes = sorted((window.atspi.Component.get_extents(node, window.atspi.CoordType.WINDOW).x, node)
                       for node in window.walk()
                       if node.get_name() == "Gull Holm Gazette" and node.get_role_name() == "label")[:1] \
            if False else None
        window.choose("Gull Holm Gazette")
        window.choose("Ferry timetable number 2")
        window.wait_for("Ferry timetable number 2", "frame") if boxes else None
        display.xdo("windowsize", display.xdo("search", "--onlyvisible", "--name", "^Reprint$").splitlines()[-1],
                    1500, 860)
        display.wait(lambda: window.find("Article text") or window.find_place("Ferry timetable number 2"), "the article")
    finally:
        window.close()
    window = display.Window(desk)
    try:
        window.wait_for("Ferry timetable number 2")
        gone = display.wait(lambda: not window.find_place("Ferry timetable number 3") or None, "the chosen source")
        size = display.xdo("getwindowgeometry", display.xdo("search", "--onlyvisible", "--name", "^Reprint$")
                           .splitlines()[-1])
        tap.ok(gone and "1500x860" in size, "the window is as it was: place and size", size)
        display.wait(lambda: window.find("Publish", "push button") or window.find("Publish", "button"), "the article")
        tap.ok(True, "the article that was open is open again")
        tap.ok(not window.said(), "the toolkit had nothing to complain about", "\n".join(window.said()))
    finally:
        window.close()


def main():
    tap, site = Tap(), Site()
    desk = Desk()
    desk.environment.update(GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=os.path.join(desk.folder, "config"),
                            XDG_CACHE_HOME=os.path.join(desk.folder, "cache"))
    desk.add_ninjs_partner("Herald", site)
    fill(desk)
    window = display.Window(desk)
    try:
        window.wait_for(f"Ferry timetable number {N - 1}")
        check_bulk(tap, desk, window)
        check_search(tap, desk, window)
        check_drags(tap, desk, window, site)
        tap.ok(not window.said(), "the toolkit had nothing to complain about", "\n".join(window.said()))
    except (TimeoutError, AssertionError) as error:
        tap.ok(False, str(error), "\n".join(window.texts() + window.said()))
        if os.environ.get("REPRINT_SHOT"):
            subprocess.run(["import", "-window", "root", os.environ["REPRINT_SHOT"]], check=False)
    finally:
        window.close()
    try:
        check_state(tap, desk)
    except (TimeoutError, AssertionError) as error:
        tap.ok(False, str(error))
    site.close()
    desk.close()
    return tap.done()


raise SystemExit(main())
