#!/usr/bin/python3
"""The list and the sidebar: several articles at once with a way back, a search that is completed and
saved, sources that are counted, rows that are dragged onto a partner and a licence, and a window that
is found again as it was left."""
import json
import os
import subprocess
import urllib.parse

import display

display.enter()
from desk import BUILD, Desk, Site, Tap, page  # noqa: E402

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


class Part:
    """A part of the window, where the same words stand in others, too."""

    def __init__(self, window, name):
        self.window, self.name = window, name
        window.wait_for(name)

    def find(self, words, role="label"):
        return self.window.find(words, role, self.name)

    def wait_for(self, words, role="label"):
        return self.window.wait_for(words, role, self.name)

    def place(self, words):
        x, y, _, height = self.window.place(words, self.name)
        return x + 30, y + height // 2

    def choose(self, words):
        display.xdo("mousemove", *self.place(words), "click", 1)

    def press(self, name):
        self.window.press(name, self.name)


def parts(window):
    return Part(window, "RpSidebar"), Part(window, "RpListPane")


def wait_state(desk, wanted, count, what):
    display.wait(lambda: states(desk).count(wanted) == count, what)


def check_bulk(tap, desk, window, listed):
    listed.choose(f"Ferry timetable number {N - 1}")
    key("ctrl+a")
    listed.wait_for(f"{N} Selected")
    page_beside = Part(window, "RpBulkPage")
    page_beside.wait_for(f"{N} Articles Selected")
    page_beside.wait_for(f"{N - 1} are ready · 1 needs a licence · {N - 1} are unread")
    tap.ok(True, "Ctrl+A selects all, and the window says what they are")
    key("Delete")
    wait_state(desk, "trash", N, "the trash")
    window.press("Undo")
    wait_state(desk, "trash", 0, "the way back")
    tap.ok(states(desk).count("ready") == N - 1 and states(desk).count("needs-licence") == 1,
           "Undo puts all of them back where they stood, as one step", states(desk))
    listed.press("Select Several Articles")
    listed.wait_for("0 Selected")
    for number in (8, 6, 4):
        listed.choose(f"Ferry timetable number {number}")
    listed.wait_for("3 Selected")
    listed.choose("Ferry timetable number 6")
    listed.wait_for("2 Selected")
    tap.ok(True, "in the selection mode a click adds and a second one takes away")
    page_beside.press("Publish the Selected")
    display.wait(lambda: [row["state"] for row in desk.json("outbox")] == ["delivered"], "the delivery")
    texts = display.wait(lambda: reasons(window), "the reasons")
    tap.ok("Not everything could be done; 1 of 2 articles were." in texts,
           "what can be published is, and the rest is named with its reason", "\n".join(texts))
    key("Escape")


def reasons(window):
    texts = window.texts()
    return texts if any(text.startswith("“Ferry timetable number 4”: Herald: ") for text in texts) else None


def check_search(tap, desk, window, side, listed):
    key("ctrl+k")
    display.xdo("type", "sour")
    listed.wait_for("Source")
    key("Tab")
    display.xdo("type", "car")
    listed.wait_for("Carrow Courier")
    key("Down", "Return")
    courier = len(desk.json("list", "state:inbox", 'source:"Carrow Courier"'))
    listed.wait_for(f"{courier} articles")
    tap.ok(0 < courier < N, "filter words and their values are completed by the keyboard", courier)
    listed.press("Save This Search")
    window.write("Name", "Boats")
    key("Return")
    display.wait(lambda: [row["name"] for row in desk.json("search", "list")] == ["Boats"], "the saved search")
    row = desk.json("search", "list")[0]
    tap.ok(row["articles"] == courier and row["query"] == 'state:inbox source:"Carrow Courier"',
           "a search is saved with its place, and counted", row)
    side.press("More for the Search “Boats”")
    side.wait_for("Remove", "menu item").act()
    display.wait(lambda: desk.json("search", "list") == [], "the removal")
    window.wait_for("The search “Boats” was removed")
    window.press("Undo")
    display.wait(lambda: desk.json("search", "list") == [row], "its return")
    tap.ok(True, "a saved search can be removed, and taken back with its id")
    key("ctrl+k", "ctrl+a", "Delete", "Escape")


def drag_out_of_sight(side, start, words):
    """Held at the lower edge, until what was below it has come up."""
    edge = side.place("Outbox")[1] - 30
    target = side.place(words)
    assert target[1] > edge, "The row was in sight already."
    display.xdo("mousemove", *start, "mousedown", 1)
    for step in range(1, 31):
        display.xdo("mousemove", start[0] + (target[0] - start[0]) * step // 30, start[1] + (edge - start[1]) * step // 30, "sleep", 0.02)
    display.wait(lambda: side.place(words)[1] < edge - 10, "the row coming up")
    display.xdo("mousemove", *side.place(words), "sleep", 0.1)
    display.xdo("mousemove", *side.place(words), "mousemove_relative", "--", 1, 1, "sleep", 0.1, "mouseup", 1)


def check_drags(tap, desk, site, side, listed):
    side.choose("Inbox")
    display.drag(listed.place("Ferry timetable number 7"), side.place("Herald"))
    display.wait(lambda: len(site.items()) == 2, "the second article at the partner")
    tap.ok(True, "a row that is dropped on a partner is published there")
    drag_out_of_sight(side, listed.place("Ferry timetable number 4"), "CC BY 4.0")
    display.wait(lambda: all(row.get("licence") for row in desk.json("list")), "the licence")
    tap.ok(True, "a row that is dropped on a licence is put under it")


def drop_file(desk, words, target, licence=True):
    """A page is dragged from a file manager; its row in the library, once it is there and the window has done the rest."""
    text = page(words, words.split()[-1])
    if not licence:
        text = text.replace('<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">', "").replace(", CC BY 4.0", "")
    return display.drop(target, "file", desk.write(words + ".html", text))


def check_file_drops(tap, desk, site, side):
    before = len(site.items())
    source = drop_file(desk, "Dropped on a partner", side.place("Herald"))
    display.wait(lambda: len(site.items()) == before + 1, "the dropped file at the partner")
    source.terminate()
    shown = [row["headline"] for row in desk.json("list") if row["state"] == "published"]
    tap.ok("Dropped on a partner" in shown, "a file that is dropped on a partner is imported and published there", shown)
    source = drop_file(desk, "Dropped on a licence", side.place("CC BY 4.0"), licence=False)
    row = display.wait(lambda: next((row for row in desk.json("list", "--limit", "100") if row["headline"] == "Dropped on a licence"
                                     and row.get("licence")), None), "the dropped file under the licence")
    source.terminate()
    tap.ok(row["licence"] == "CC BY 4.0", "a file that is dropped on a licence is imported and put under it", row)


def check_drags_out(tap, desk, listed):
    """A row, dragged onto what another program makes of it."""
    path = os.path.join(desk.folder, "dropped")
    with open(path, "w", encoding="utf-8") as out:
        target = subprocess.Popen([os.path.join(BUILD, "tests", "ui", "drop-target")], stdout=out)
    display.place("Drop Target", 1490, 100)
    with open(path, encoding="utf-8") as lines:
        got = {}
        for at, kind in enumerate(("files", "link", "html", "moz")):
            display.drag(listed.place("Ferry timetable number 5"), (1570, 200 + 100 * at))
            got[kind] = json.loads(display.wait(lines.readline, f"the {kind} that were dropped", 10))[kind]
    target.terminate()
    files = {os.path.splitext(name)[1]: urllib.parse.unquote(urllib.parse.urlsplit(name).path) for name in got["files"].split()}
    with open(files[".html"], encoding="utf-8") as shown, open(files[".json"], encoding="utf-8") as item:
        tap.ok("Ferry timetable number 5</h1>" in shown.read() and json.load(item)["headline"] == "Ferry timetable number 5",
               "a row that is dragged to a file manager arrives as a page and as ninjs", files)
    address = "https://gazette.example/story5"
    tap.ok(got["link"].strip() == address and got["html"] == f'<a href="{address}">Ferry timetable number 5</a>'
           and got["moz"] == f"{address}\nFerry timetable number 5", "and as a link where links are taken", got)


def find_window():
    found = display.wait(lambda: display.xdo("search", "--onlyvisible", "--name", "^Reprint$"), "the window")
    return found.splitlines()[-1]


def width(window):
    """As the window itself knows it: the screen knows it before."""
    return next(window.walk()).box()[2]


def leave(tap, desk):
    """Chooses a source and an article, makes the window smaller, goes down in the list and in the article, and goes. Where
    the article's row is then, and how far down its page."""
    with display.watched(tap, desk) as window:
        side, listed = parts(window)
        side.choose(PAPERS[0])
        display.wait(lambda: not listed.find("Ferry timetable number 3"), "the articles of the source")
        listed.choose("Ferry timetable number 2")
        window.wait_for("Preview")
        before = width(window)
        display.xdo("windowsize", find_window(), 1500, 420)
        display.wait(lambda: width(window) > before, "the new size")
        display.xdo("mousemove", *listed.place("Ferry timetable number 2"), "click", 5, "click", 5, "click", 5, "click", 4)
        display.wait(lambda: any(" words" in text for text in window.texts()), "the page of the article")
        display.xdo("mousemove", 750, 300, "click", "--repeat", 9, 5)
        row = listed.place("Ferry timetable number 2")
    tap.ok(kept(desk, "list-scroll") > 0, "the list is kept where it is")
    return row, kept(desk, "article-scroll")


def kept(desk, key):
    """How far down the list or the article was when the window was closed."""
    with open(os.path.join(desk.folder, "config", "glib-2.0", "settings", "keyfile"), encoding="utf-8") as lines:
        return next(float(line.split("=")[1]) for line in lines if line.startswith(f"{key}="))


def selected(window):
    """The places of the sidebar that look chosen."""
    rows = [node for node in window.walk("RpSidebar") if node.role == "list item" and node.is_("selected")]
    return [label.name for row in rows for label in row.walk() if label.role == "label" and not label.name.isdigit()]


def check_one_place(tap, window):
    side = Part(window, "RpSidebar")
    for name in ("Trash", "Outbox", PAPERS[0], "Trash", "Inbox", PAPERS[0]):
        side.choose(name)
        display.wait(lambda: selected(window) == [name], f"{name}, and nothing else, as the chosen place")
    tap.ok(True, "one place is chosen at a time, and one that was left can be chosen again")


def check_state(tap, desk):
    row, down = leave(tap, desk)
    with display.watched(tap, desk) as window:
        listed = parts(window)[1]
        listed.wait_for("Ferry timetable number 2")
        window.wait_for("Preview")
        display.wait(lambda: listed.place("Ferry timetable number 2") == row, f"the row at {row}")
        tap.ok(True, "the list shows the article where it was")
        display.wait(lambda: any(" words" in text for text in window.texts()), "the page of the article")
        display.xdo("mousemove", 750, 300, "click", "--repeat", 3, 4)
        tap.ok(not listed.find("Ferry timetable number 3"), "the source and the article are chosen again")
        size = display.xdo("getwindowgeometry", find_window())
        tap.ok("1500x420" in size, "the window has the size that it had", size)
        display.xdo("windowsize", find_window(), 1500, 860)
        check_one_place(tap, window)
        display.xdo("windowsize", find_window(), 1000, 860)
        narrow = display.wait(lambda: "1000x860" in display.xdo("getwindowgeometry", find_window()), "the narrower window")
        there = display.wait(lambda: listed.find("Back to the Desk", "push button"), "the way back to the desk")
        tap.ok(narrow and there and listed.find("Ferry timetable number 2"), "made narrow, it keeps the list, and the desk goes behind it")
    up = kept(desk, "article-scroll")
    tap.ok(down / 2 < up < down, "the article is where it was, too, and goes up from there", (down, up))


def main():
    tap, site = Tap(), Site()
    desk = Desk()
    desk.environment.update(GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=os.path.join(desk.folder, "config"),
                            XDG_CACHE_HOME=os.path.join(desk.folder, "cache"))
    desk.add_ninjs_partner("Herald", site)
    fill(desk)
    with display.watched(tap, desk) as window:
        side, listed = parts(window)
        listed.wait_for(f"Ferry timetable number {N - 1}")
        check_bulk(tap, desk, window, listed)
        check_search(tap, desk, window, side, listed)
        check_drags(tap, desk, site, side, listed)
        check_file_drops(tap, desk, site, side)
        check_drags_out(tap, desk, listed)
    check_state(tap, desk)
    site.close()
    desk.close()
    return tap.done()


raise SystemExit(main())
