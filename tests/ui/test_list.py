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
    window.press("Publish the Selected")
    window.wait_for("Not everything could be done; 1 of 2 articles were.")
    reasons = [text for text in window.texts() if text.startswith("“Ferry timetable number 4”: Herald: ")]
    tap.ok(reasons, "what cannot be published is named with its reason", "\n".join(window.texts()))
    key("Escape")
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
    window.act("Remove", "menu item", "button", "push button")
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
    display.drag(middle(window, "Ferry timetable number 4"), find_beside(window, "CC BY 4.0"))
    display.wait(lambda: all(row["licence"] for row in desk.json("list")), "the licence")
    tap.ok(True, "a row that is dropped on a licence is put under it")


def find_beside(window, words):
    """The words in the sidebar: the rows of the list have the same ones, further to the right."""

    def leftmost():
        boxes = [window.atspi.Component.get_extents(node, window.atspi.CoordType.WINDOW) for node in window.walk()
                 if node.get_name() == words and node.get_role_name() == "label"]
        return [box for box in boxes if box.width > 1 and box.x < 200][:1]

    box = display.wait(leftmost, f"“{words}” in the sidebar")[0]
    return box.x + 20, box.y + box.height // 2


def choose_beside(window, words):
    display.xdo("mousemove", *find_beside(window, words), "click", 1)


def find_window():
    return display.xdo("search", "--onlyvisible", "--name", "^Reprint$").splitlines()[-1]


def leave(desk):
    """Chooses a source and an article, makes the window smaller, and goes."""
    window = display.Window(desk)
    try:
        choose_beside(window, PAPERS[0])
        display.wait(lambda: not window.find_place("Ferry timetable number 3"), "the articles of the source")
        window.choose("Ferry timetable number 2")
        display.wait(lambda: window.find("Withdraw Everywhere…") or window.find("More for this Article")
                     or window.find("Preview"), "the article")
        display.xdo("windowsize", find_window(), 1500, 860)
        display.wait(lambda: "1500x860" in display.xdo("getwindowgeometry", find_window()), "the new size")
    finally:
        window.close()


def check_state(tap, desk):
    leave(desk)
    window = display.Window(desk)
    try:
        window.wait_for("Ferry timetable number 2")
        display.wait(lambda: window.find("Preview"), "the article that was open")
        tap.ok(not window.find_place("Ferry timetable number 3"), "the source that was chosen is chosen again")
        size = display.xdo("getwindowgeometry", find_window())
        tap.ok("1500x860" in size, "the window has the size that it had", size)
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
    except (TimeoutError, AssertionError, *window.errors) as error:
        ended = window.process.poll()
        tap.ok(False, f"{error} (ended: {ended})", "\n".join(([] if ended else window.texts()[-60:]) + window.said()))
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
